import { randomUUID } from 'node:crypto'
import {
  closeSync,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { link, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/** One of the two streams that a command writes to. */
export interface Out {
  write(text: string): void
  readonly isTTY: boolean
  /** Width of the terminal, where there is one. */
  readonly columns: number | undefined
}

/** How a search goes through folders; nothing said: everywhere but into `.git`. */
export interface Search {
  /** Names never entered nor taken, in small letters where case is not heeded. */
  readonly skip?: readonly string[]
  /** Levels of folders entered. */
  readonly depth?: number
  /** How many names on the way to a file may begin with a dot. */
  readonly hidden?: number
  readonly ignoreCase?: boolean
}

/** What stands in a folder, and the file system that it is on. */
export interface Listing {
  readonly device: number
  readonly entries: readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'link' | 'other' }[]
}

/** A file by its path as a user would write it, and by the one without links in it. */
export interface FoundFile {
  readonly path: string
  readonly real: string
}

/** What a search did not go into: a link out of the repository or to nothing, a folder elsewhere or that may not be read. */
export interface Left {
  readonly path: string
  readonly why: 'outside' | 'nowhere' | 'mount' | 'unreadable'
}

/** What a search found, in the order of the paths; `entries`: how many names it went through. */
export interface Found {
  readonly files: readonly FoundFile[]
  readonly left: readonly Left[]
  readonly entries: number
}

/** What git is given beside its arguments. */
export interface GitInput {
  readonly input?: string
  /** Files that its index is to have, as `update-index --index-info` reads them; it never sees the repository's own. */
  readonly index?: string
}

/** What git printed, and how it ended. */
export interface GitAnswer {
  readonly status: number
  readonly out: Uint8Array
  readonly err: string
}

/** Everything a command needs from outside. Paths are relative to `cwd`. */
export interface Io {
  readonly stdout: Out
  readonly stderr: Out
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Today in UTC, YYYY-MM-DD. */
  today(): string
  /** What stands at a path: a folder, or anything else that can be named; `null` where there is nothing. */
  kind(path: string): 'file' | 'folder' | null
  /** The same path without links in it, as far as it is there. */
  real(path: string): string
  /** Bytes of a file, or of standard input for `-`; throws what the system says, EFBIG with its `size` over the limit. */
  read(path: string, limit: number): Uint8Array
  /** Replaces a file whole or not at all; throws what the system says. */
  replace(path: string, text: string): Promise<void>
  /** Writes a file that is not there yet, whole or not at all; throws what the system says, EEXIST where it is there. */
  create(path: string, text: string): Promise<void>
  /** Adds to the end of a file, which need not be there yet; throws what the system says. */
  append(path: string, text: string): void
  /** Runs git in a repository's top folder, for reading only; throws what the system says where there is no git. */
  git(top: string, argv: readonly string[], given?: GitInput): GitAnswer
  /** Milliseconds since some moment, for telling how long something takes; no answer may rest on it. */
  elapsed(): number
  /** What stands in a folder, by its whole path; throws what the system says. */
  list(folder: string): Listing
  /** Files that match a glob in a folder; both relative to `cwd`. @throws {InputError} BAD_GLOB, TOO_MANY_FILES */
  glob(pattern: string, folder: string, search?: Search): Promise<Found>
  /** Bytes of a file that ships with dsprice, such as `pricing/2026-05-15.json`. */
  shipped(path: string): Uint8Array
  /** Names of the files in a folder that ships with dsprice. */
  shippedNames(folder: string): string[]
}

/** The parts of Io that the library needs: files only. */
export type Files = Pick<Io, 'cwd' | 'kind' | 'real' | 'read' | 'list' | 'glob' | 'shipped' | 'shippedNames'>

/** Files of this machine. `root`: where package.json stands; `cwd`: where relative paths begin. */
export const nodeFiles = ({ root, cwd = process.cwd() }: { root: string; cwd?: string }): Omit<Files, 'glob'> => ({
  cwd,
  kind: path => {
    try {
      const stat = statSync(resolve(cwd, path), { throwIfNoEntry: false })
      return stat === undefined ? null : stat.isDirectory() ? 'folder' : 'file'
    } catch {
      // A name too long, a folder one may not enter: reading it says what is wrong.
      return 'file'
    }
  },
  real: path => realPath(resolve(cwd, path)),
  read: (path, limit) => (path === '-' ? readPipe(0) : readOrdinary(resolve(cwd, path), limit)),
  list: folder => ({
    device: lstatSync(folder).dev,
    entries: readdirSync(folder, { withFileTypes: true }).map(entry => ({ name: entry.name, kind: kindOf(entry) })),
  }),
  shipped: path => readFileSync(join(root, path)),
  shippedNames: folder => readdirSync(join(root, folder)),
})

const kindOf = (entry: Dirent): Listing['entries'][number]['kind'] => {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

/** The system's word for what went wrong, such as ENOENT; `undefined` for errors of our own. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

const realPath = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPath(above), basename(path))
  }
}

/** The error of a file that is not read: `code` is the system's, or says what it is. */
export const refusal = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more })

/** A file or a pipe, never a device that has no end. */
const readOrdinary = (path: string, limit: number): Uint8Array => {
  const file = openSync(path, 'r')
  try {
    const stat = fstatSync(file)
    if (stat.isDirectory()) throw refusal('EISDIR')
    if (stat.isFIFO()) return readPipe(file)
    if (!stat.isFile()) throw refusal('it is a device')
    if (stat.size > limit) throw refusal('EFBIG', { size: stat.size })
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** All of a pipe; one that has nothing ready yet is asked again. */
const readPipe = (file: number): Uint8Array => {
  const chunks: Uint8Array[] = []
  const chunk = new Uint8Array(65_536)
  for (;;) {
    try {
      const length = readSync(file, chunk)
      if (length === 0) return Buffer.concat(chunks)
      chunks.push(chunk.slice(0, length))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      if (error.code === 'EOF') return Buffer.concat(chunks)
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/**
 * Writes a file that is not there yet. It is written beside its place and then linked to its name, which fails where the
 * name is taken: of two that try, one wins, and nobody ever sees half a file.
 *
 * @throws what the system says: EEXIST, ENOENT, EACCES …
 */
export const createFile = async (path: string, text: string): Promise<void> => {
  const draft = join(dirname(path), `.dsprice-${randomUUID()}`)
  try {
    await writeFile(draft, text, { flag: 'wx' })
    await link(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}
