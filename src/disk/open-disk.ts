import { type BigIntStats, fstatSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type Identity, readFile, readStream, refusal } from './read-file.ts'

/** What is read of a disk in one run, in which files do not change. */
export interface Disk {
  /** The same path without links in it, as far as it is there. */
  real(path: string): string
  /** Bytes of an ordinary file, or of standard input for `-`. */
  read(path: string, limit: number): Uint8Array
  /** Whether a path is a file that was read, by whatever name. */
  wasRead(path: string): boolean
}

/**
 * What git keeps for itself, by every name that leads to it: systems that heed no case, Windows' short name, what it
 * leaves out at the end of a name, and what Apple's file systems leave out inside one.
 */
const GIT = /(?:^|[\\/])(?:\.git|git~\d)[. ]*(?::[^\\/]*)?(?:$|[\\/])/i
const LEFT_OUT = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/

/** Whether a path lies in a `.git`, or is one. `path`: of this system or with slashes. */
export const liesInGit = (path: string): boolean => GIT.test(LEFT_OUT.test(path) ? withoutLeftOut(path) : path)

const withoutLeftOut = (path: string): string => path.split(LEFT_OUT).join('')

/** Reads the disk. `cwd`: where relative paths begin. */
export const openDisk = (cwd: string): Disk => {
  const real = openRealPaths()
  const seen = new Set<string>()
  const saw = (file: Identity): void => void seen.add(nameOf(file))
  return {
    real: path => real(resolve(cwd, path)),
    read: (path, limit) => {
      if (path === '-') {
        const stat = fstatSync(0, { bigint: true })
        if (stat.isFile()) saw(stat)
        return readStream(0, limit)
      }
      const whole = resolve(cwd, path)
      if (liesInGit(whole) || liesInGit(real(whole))) throw refusal('EGIT')
      return readFile(whole, limit, saw)
    },
    wasRead: path => {
      const stat = statOrNull(resolve(cwd, path))
      return stat?.isFile() === true && seen.has(nameOf(stat))
    },
  }
}

const nameOf = ({ dev, ino }: Identity): string => `${dev}:${ino}`

const statOrNull = (path: string): BigIntStats | null => {
  try {
    return statSync(path, { bigint: true })
  } catch {
    return null
  }
}

/** Finds real paths, each once, and that of a folder once for all files in it. */
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
