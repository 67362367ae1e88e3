import { resolve } from 'node:path'
import type { Io } from '../../io.ts'
import { withGlob } from '../../load/files/with-glob.ts'

/** Files that notice what is read through them. */
export interface Watched {
  readonly io: Io
  /** Whether a file or folder that was looked at has changed since, appeared or gone. */
  hasChanged(): boolean
}

/** A fresh look at the files, which notices each path that it is asked for. */
export const watchedFiles = (outside: Io): Watched => {
  const io = outside.afresh()
  const stamps = new Map<string, string | null>()
  const notice = (path: string): void => {
    const whole = resolve(io.cwd, path)
    if (!stamps.has(whole)) stamps.set(whole, io.stamp(whole))
  }
  const noticing = {
    ...io,
    kind: (path: string) => {
      notice(path)
      return io.kind(path)
    },
    read: (path: string, limit: number) => {
      notice(path)
      return io.read(path, limit)
    },
    list: (folder: string) => {
      notice(folder)
      return io.list(folder)
    },
  }
  return {
    io: withGlob(noticing),
    hasChanged: () => [...stamps].some(([path, stamp]) => io.stamp(path) !== stamp),
  }
}
