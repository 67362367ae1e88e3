import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openDisk } from './disk/open-disk.ts'

export { liesInGit } from './disk/open-disk.ts'
export { descriptorOf, refusal, systemCode } from './disk/read-file.ts'

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
  /**
   * Bytes of an ordinary file, or of standard input for `-`; throws what the system says, EFBIG over the limit (with its
   * `size` where that is known), EGIT for what lies in a `.git`, or what it is instead of a file.
   */
  read(path: string, limit: number): Uint8Array
  /** Whether a path is a file that was read in this run, by whatever name. */
  wasRead(path: string): boolean
  /** Replaces a file whole or not at all, and writes into anything that is none; throws what the system says. */
  replace(path: string, text: string): Promise<void>
  /** The same for a file that is not there yet; throws EEXIST where it is there. */
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
  /** Names of the files in a folder that ships with dsprice; none where there is no such folder. */
  shippedNames(folder: string): string[]
}

/** The parts of Io that the library needs: files only. */
export type Files = Pick<Io, 'cwd' | 'kind' | 'real' | 'read' | 'list' | 'glob' | 'shipped' | 'shippedNames'> & {
  /** Whether a file may name any other as its input: whoever called has said so. */
  readonly allowOutside?: boolean
}

/** Files of this machine. `root`: where package.json stands; `cwd`: where relative paths begin. */
export const nodeFiles = ({
  root,
  cwd = process.cwd(),
}: {
  root: string
  cwd?: string
}): Omit<Files, 'glob'> & Pick<Io, 'wasRead'> => ({
  cwd,
  ...openDisk(cwd),
  kind: path => {
    try {
      const stat = statSync(resolve(cwd, path), { throwIfNoEntry: false })
      return stat === undefined ? null : stat.isDirectory() ? 'folder' : 'file'
    } catch {
      // A name too long, a folder one may not enter: reading it says what is wrong.
      return 'file'
    }
  },
  list: folder => ({
    device: lstatSync(folder).dev,
    entries: readdirSync(folder, { withFileTypes: true }).map(entry => ({ name: entry.name, kind: kindOf(entry) })),
  }),
  shipped: path => readFileSync(join(root, path)),
  shippedNames: folder => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []),
})

const kindOf = (entry: Dirent): Listing['entries'][number]['kind'] => {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
