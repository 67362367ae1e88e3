import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

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
  /** Bytes of a file, or of standard input for `-`; throws what the system says, EFBIG with its `size` over the limit. */
  read(path: string, limit: number): Uint8Array
  /** Replaces a file whole or not at all; throws what the system says. */
  replace(path: string, text: string): Promise<void>
  /** Writes a file that is not there yet, whole or not at all; throws what the system says, EEXIST where it is there. */
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
export type Files = Pick<Io, 'cwd' | 'kind' | 'real' | 'read' | 'glob' | 'shipped' | 'shippedNames'>

/** Files of this machine. `root`: where package.json stands; `cwd`: where relative paths begin. */
export const nodeFiles = ({ root, cwd = process.cwd() }: { root: string; cwd?: string }): Files => ({
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
  // Loaded here, as making a file is rare and loading these takes 5 ms.
  const [{ randomUUID }, { link, rm, writeFile }] = await Promise.all([
    import('node:crypto'),
    import('node:fs/promises'),
  ])
  const draft = join(dirname(path), `.dsprice-${randomUUID()}`)
  try {
    await writeFile(draft, text, { flag: 'wx' })
    await link(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}
