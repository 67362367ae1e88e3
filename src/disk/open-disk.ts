import { type BigIntStats, fstatSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type Identity, readFile, readStream, refusal } from './read-file.ts'
import { streamChunks, streamFile } from './stream-file.ts'

/** Reads from the disk during one run, in which files are assumed not to change. */
export interface Disk {
  /** The path with symlinks resolved, as far as it exists. */
  real(path: string): string
  /** Bytes of an ordinary file, or of standard input for `-`. */
  read(path: string, limit: number): Uint8Array
  /** The same in chunks, as long as the file was when it was opened; errors are thrown by the first chunk. */
  stream(path: string): Iterable<Uint8Array>
  /** Whether the file has been read, under this path or another. */
  wasRead(path: string): boolean
}

/**
 * Matches every spelling that can open a `.git`: in any case, Windows' short name, with trailing characters that
 * Windows drops, and with characters inside the name that Apple's file systems ignore.
 */
const GIT = /(?:^|[\\/])(?:\.git|git~\d)[. ]*(?::[^\\/]*)?(?:$|[\\/])/i
const LEFT_OUT = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/

/** Whether a path is a `.git` or lies in one. `path`: with this system's separators or slashes. */
export const liesInGit = (path: string): boolean => GIT.test(LEFT_OUT.test(path) ? withoutLeftOut(path) : path)

const withoutLeftOut = (path: string): string => path.split(LEFT_OUT).join('')

/** Opens the disk for reading. `cwd`: the folder that relative paths start from. */
export const openDisk = (cwd: string): Disk => {
  const real = openRealPaths()
  const seen = new Set<string>()
  const saw = (file: Identity): void => void seen.add(identityKey(file))
  const sawStdin = (): void => {
    const stat = fstatSync(0, { bigint: true })
    if (stat.isFile()) saw(stat)
  }
  /** @throws EGIT */
  const wholePath = (path: string): string => {
    const whole = resolve(cwd, path)
    if (liesInGit(whole) || liesInGit(real(whole))) throw refusal('EGIT')
    return whole
  }
  return {
    real: path => real(resolve(cwd, path)),
    read: (path, limit) => {
      if (path !== '-') return readFile(wholePath(path), limit, saw)
      sawStdin()
      return readStream(0, limit)
    },
    stream: path => {
      if (path !== '-') return streamFile(wholePath(path), saw)
      sawStdin()
      return streamChunks(0, Number.POSITIVE_INFINITY)
    },
    wasRead: path => {
      const stat = statOrNull(resolve(cwd, path))
      return stat?.isFile() === true && seen.has(identityKey(stat))
    },
  }
}

const identityKey = ({ dev, ino }: Identity): string => `${dev}:${ino}`

const statOrNull = (path: string): BigIntStats | null => {
  try {
    return statSync(path, { bigint: true })
  } catch {
    return null
  }
}

/** Resolves real paths, with a cache for paths and their folders. */
const openRealPaths = (): ((path: string) => string) => {
  const known = new Map<string, string>()
  const remember = (path: string, find: (path: string) => string): string => {
    const real = known.get(path) ?? find(path)
    known.set(path, real)
    return real
  }
  const find = (path: string): string => {
    const above = dirname(path)
    return isLink(path) || above === path ? realPath(path) : join(remember(above, realPath), basename(path))
  }
  return path => remember(path, find)
}

const isLink = (path: string): boolean => {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

const realPath = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPath(above), basename(path))
  }
}
