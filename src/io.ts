import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openDisk } from './disk/open-disk.ts'

export { liesInGit } from './disk/open-disk.ts'
export { descriptorOf, refusal } from './disk/read-file.ts'

/** One of the two streams that a command writes to. */
export interface Out {
  write(text: string): void
  readonly isTTY: boolean
  /** Width of the terminal, where there is one. */
  readonly columns: number | undefined
}

/** How a search goes through folders that nobody has chosen: it follows no links, enters no dot folders, heeds no case. */
export interface Search {
  /** Folders never entered, by name. */
  readonly skip: readonly string[]
  /** Levels of folders entered. */
  readonly depth: number
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
  /** Runs git in `cwd`, for reading only; throws what the system says where there is no git. */
  git(argv: readonly string[], input?: string): GitAnswer
  /** Milliseconds since some moment, for telling how long something takes; no answer may rest on it. */
  elapsed(): number
  /** Files that match a glob in a folder, sorted; both relative to `cwd`. */
  glob(pattern: string, folder: string, search?: Search): Promise<string[]>
  /** Bytes of a file that ships with dsprice, such as `pricing/2026-05-15.json`. */
  shipped(path: string): Uint8Array
  /** Names of the files in a folder that ships with dsprice. */
  shippedNames(folder: string): string[]
}

/** The parts of Io that the library needs: files only. */
export type Files = Pick<Io, 'cwd' | 'kind' | 'real' | 'read' | 'glob' | 'shipped' | 'shippedNames'> & {
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
}): Files & Pick<Io, 'wasRead'> => ({
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
  glob: async (pattern, folder, search) => {
    const { glob } = await import('tinyglobby')
    const found = await glob(pattern, {
      cwd: resolve(cwd, folder),
      onlyFiles: true,
      expandDirectories: false,
      ...(search
        ? {
            deep: search.depth,
            ignore: search.skip.map(name => `**/${name}/**`),
            followSymbolicLinks: false,
            caseSensitiveMatch: false,
          }
        : { dot: true }),
    })
    return found.sort().map(name => join(folder, name))
  },
  shipped: path => readFileSync(join(root, path)),
  shippedNames: folder => readdirSync(join(root, folder)),
})

/** Runs git in a folder, in plain English and without locks or network. @throws what the system says: ENOENT … */
export const runGit = (cwd: string, argv: readonly string[], input?: string): GitAnswer => {
  // Loaded here, as starting other programs is rare and loading this takes 4 ms.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const ran = spawnSync('git', argv, {
    cwd,
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
    maxBuffer: 2 ** 31 - 1,
    ...(input === undefined ? {} : { input }),
  })
  if (ran.error) throw ran.error
  return { status: ran.status ?? -1, out: ran.stdout, err: ran.stderr.toString().trim() }
}
