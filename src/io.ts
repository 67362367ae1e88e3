import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openDisk } from './disk/open-disk.ts'
import type { Piece } from './disk/read-file.ts'

export { liesInGit } from './disk/open-disk.ts'
export { descriptorOf, type Piece, refusal, systemCode } from './disk/read-file.ts'

/** One of the two streams that a command writes to. */
export interface Out {
  write(text: string): void
  readonly isTTY: boolean
  /** Width of the terminal, if there is one. */
  readonly columns: number | undefined
}

/** Limits of a file search; by default it goes everywhere except `.git`. */
export interface Search {
  /** Names of files and folders to skip; in lower case if `ignoreCase` is set. */
  readonly skip?: readonly string[]
  /** Maximum folder depth. */
  readonly depth?: number
  /** Maximum number of names in a path that begin with a dot. */
  readonly hidden?: number
  readonly ignoreCase?: boolean
}

/** The entries of a folder, and the file system that it is on. */
export interface Listing {
  readonly device: number
  readonly entries: readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'link' | 'other' }[]
}

/** A file: its path as the user would write it, and its real path without symlinks. */
export interface FoundFile {
  readonly path: string
  readonly real: string
}

/** A path skipped by a search: a symlink that is broken or leaves the repository, a folder unreadable or mounted. */
export interface Left {
  readonly path: string
  readonly why: 'outside' | 'nowhere' | 'mount' | 'unreadable'
}

/** The result of a search, sorted by path; `entries`: how many folder entries it examined. */
export interface Found {
  readonly files: readonly FoundFile[]
  readonly left: readonly Left[]
  readonly entries: number
}

/** Input of a git call besides its arguments. */
export interface GitInput {
  readonly input?: string
  /** Content of a temporary index, as `update-index --index-info` reads it; the repository's own index is untouched. */
  readonly index?: string
}

/** What git printed, and its exit status. */
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
  /** Whether a path is a folder or anything else, which counts as a file; `null` if it does not exist. */
  kind(path: string): 'file' | 'folder' | null
  /** Bytes of an ordinary file, for progress display only; `null`: it is none, or `-`. */
  size(path: string): number | null
  /** The path with symlinks resolved, as far as it exists. */
  real(path: string): string
  /**
   * Bytes of an ordinary file, or of standard input for `-`. Throws the system's error; EFBIG above the limit (with the
   * `size` if known); EGIT inside a `.git`; or an error that names what the path is instead of a file.
   */
  read(path: string, limit: number): Uint8Array
  /** A file that `read` would take, of any size, in pieces of `size` bytes; throws what `read` throws but EFBIG. */
  pieces(path: string, size: number): Iterable<Piece>
  /** Whether this run has read the file, under this path or another. */
  wasRead(path: string): boolean
  /** Replaces a file atomically, or writes into a device or pipe; throws the system's error. */
  replace(path: string, text: string): Promise<void>
  /** Creates a file atomically; throws EEXIST if it exists. */
  create(path: string, text: string): Promise<void>
  /** Appends to a file, creating it if needed; throws the system's error. */
  append(path: string, text: string): void
  /** Runs git in a repository's top folder, read-only; throws the system's error if git is not installed. */
  git(top: string, argv: readonly string[], given?: GitInput): GitAnswer
  /** Milliseconds since an arbitrary moment, for progress display only: no result may depend on it. */
  elapsed(): number
  /** Tells one state of a file or folder from another; `null`: there is none at the path. */
  stamp(path: string): string | null
  /** The same outside with nothing remembered of its files, for a run that outlasts them. */
  afresh(): Io
  /** Waits until the user ends the program by Ctrl-C, or the system does. */
  untilStopped(): Promise<void>
  /** Lists a folder, given its absolute path; throws the system's error. */
  list(folder: string): Listing
  /** Finds files in a folder by a glob; both relative to `cwd`. @throws {InputError} BAD_GLOB, TOO_MANY_FILES */
  glob(pattern: string, folder: string, search?: Search): Promise<Found>
  /** Bytes of a file that ships with dsprice, such as `pricing/2026-05-15.json`. */
  shipped(path: string): Uint8Array
  /** Names of the files in a folder that ships with dsprice; empty if there is no such folder. */
  shippedNames(folder: string): string[]
}

/** The parts of Io that the library needs: files only. */
export type Files = Pick<Io, 'cwd' | 'kind' | 'real' | 'read' | 'list' | 'glob' | 'shipped' | 'shippedNames'> & {
  /** Whether the caller allows input files to name any other file. */
  readonly allowOutside?: boolean
}

/** The local file system. `root`: the folder of package.json; `cwd`: the folder that relative paths start from. */
export const nodeFiles = ({
  root,
  cwd = process.cwd(),
}: {
  root: string
  cwd?: string
}): Omit<Files, 'glob'> & Pick<Io, 'pieces' | 'wasRead' | 'stamp' | 'size'> => ({
  cwd,
  ...openDisk(cwd),
  kind: path => {
    try {
      const stat = statSync(resolve(cwd, path), { throwIfNoEntry: false })
      return stat === undefined ? null : stat.isDirectory() ? 'folder' : 'file'
    } catch {
      // The name is too long, or a folder may not be entered: reading the file reports the problem.
      return 'file'
    }
  },
  stamp: path => {
    try {
      const { mtimeNs, size, ino } = statSync(resolve(cwd, path), { bigint: true })
      return `${mtimeNs} ${size} ${ino}`
    } catch {
      return null
    }
  },
  size: path => {
    if (path === '-') return null
    try {
      const stat = statSync(resolve(cwd, path), { throwIfNoEntry: false })
      return stat?.isFile() ? stat.size : null
    } catch {
      return null
    }
  },
  list: folder => ({
    device: lstatSync(folder).dev,
    entries: readdirSync(folder, { withFileTypes: true }).map(entry => ({ name: entry.name, kind: entryKind(entry) })),
  }),
  shipped: path => readFileSync(join(root, path)),
  shippedNames: folder => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []),
})

const entryKind = (entry: Dirent): Listing['entries'][number]['kind'] => {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
