import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path'
import { InputError, problems } from '../errors.ts'
import { type Files, type Io, refusal } from '../io.ts'
import { type Entry, openBlobs } from './blobs.ts'
import { linkedFolders } from './linked-folders.ts'

/** The files of a commit, read with git itself; the working tree is neither read nor touched. */
export interface Revision {
  /** The commit's whole name. */
  readonly commit: string
  readonly files: Files
  /** Whether a path lies in the repository: of what does not, git knows no earlier state. */
  isInside(path: string): boolean
}

const DEEPEST_LINK = 8
const LINK = '120000'
const MODULE = '160000'

/**
 * Opens a commit of the repository around `cwd`. Files outside the repository are read from the disk: git knows no
 * earlier state of them.
 *
 * @param ref - a branch, tag or commit, as git names it
 * @throws {InputError} NO_GIT, NO_REVISION
 */
export const openRevision = (ref: string, io: Io): Revision => {
  const prefix = text(ask(['rev-parse', '--show-prefix'], io)).replace(/\n$/, '')
  // A name with a hyphen at its head would be read as a flag, and no ref has one.
  if (ref.startsWith('-') || ref === '') throw new InputError([problems.noRevision(ref, 'that is no name of a commit')])
  const found = run(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], io)
  if (found.status !== 0) throw new InputError([problems.noRevision(ref, found.err || 'it is not in this repository')])
  const commit = text(found.out).trim()
  const tree = treeOf(commit, io)
  const bytesOf = openBlobs(tree, ids => ask(['cat-file', '--batch'], io, ids))
  for (const [path, entry] of linkedFolders(tree, (link, entry) => text(bytesOf(link, entry)))) {
    tree.set(path, entry)
  }
  const folders = foldersOf(tree.keys())
  const place = placesOf(prefix, io)
  const reading = { tree, folders, bytesOf }
  return {
    commit,
    isInside: path => !isOutside(place(path)),
    files: {
      cwd: io.cwd,
      shipped: io.shipped,
      shippedNames: io.shippedNames,
      real: io.real,
      kind: path => {
        const at = place(path)
        if (isOutside(at)) return io.kind(path)
        return folders.has(at) ? 'folder' : tree.has(at) || isInModule(at, tree) ? 'file' : null
      },
      read: (path, limit) =>
        path === '-' || isOutside(place(path)) ? io.read(path, limit) : readBlob(place(path), limit, reading),
      glob: async (pattern, folder, search) => {
        const home = place(folder)
        // Where the pattern leads from the folder, all of it escaped but the pattern itself.
        const whole = place(resolve(escaped(resolve(io.cwd, folder)), pattern))
        if (isOutside(whole)) return io.glob(pattern, folder, search)
        const { default: picomatch } = await import('picomatch')
        const matches = picomatch(whole, { dot: true, posix: true })
        // What the glob begins with is compared first: that is done sooner than matching every file of the commit.
        const base = /^([\w/-]*\/)[^|]*$/.exec(whole)?.[1] ?? ''
        const found = [...tree].filter(([path, { mode }]) => mode !== MODULE && path.startsWith(base) && matches(path))
        return found
          .map(([path]) => posix.relative(home, path))
          .sort()
          .map(name => join(folder, name))
      },
    },
  }
}

const escaped = (path: string): string => path.replaceAll(/[$^*+?()[\]{}\\!|@]/g, '\\$&')

/** From the top of the repository, with slashes; what begins with .. is outside. */
const placesOf = (prefix: string, { cwd, real }: Pick<Io, 'cwd' | 'real'>): ((path: string) => string) => {
  const here = real(cwd)
  const top = resolve(here, posix.relative(prefix, '') || '.')
  const placed = (path: string): string => relative(top, path).split(sep).join('/') || '.'
  return path => {
    const plain = placed(resolve(here, path))
    // A whole path may lead here through a link, as /tmp does on some systems.
    return isOutside(plain) ? placed(real(resolve(cwd, path))) : plain
  }
}

const isOutside = (place: string): boolean => place === '..' || place.startsWith('../') || isAbsolute(place)

/** Whether a path lies in a submodule: the commit names that one's commit, but has none of its files. */
const isInModule = (path: string, tree: ReadonlyMap<string, Entry>): boolean => {
  for (let folder = path; folder !== '.'; folder = posix.dirname(folder)) {
    if (tree.get(folder)?.mode === MODULE) return true
  }
  return false
}

interface Reading {
  readonly tree: ReadonlyMap<string, Entry>
  readonly folders: ReadonlySet<string>
  readonly bytesOf: (path: string, entry: Entry) => Uint8Array
}

/** Reads a file of the commit, through links. @throws with what the system would say: ENOENT, EISDIR, EFBIG … */
const readBlob = (path: string, limit: number, reading: Reading, links = 0): Uint8Array => {
  const { tree, folders, bytesOf } = reading
  const entry = tree.get(path)
  if (isInModule(path, tree)) throw refusal('it is in a submodule')
  if (!entry) throw refusal(folders.has(path) ? 'EISDIR' : 'ENOENT')
  if (entry.mode !== LINK && entry.size > limit) throw refusal('EFBIG', { size: entry.size })
  const bytes = bytesOf(path, entry)
  if (entry.mode === LINK) {
    if (links === DEEPEST_LINK) throw refusal('ELOOP')
    const target = posix.normalize(posix.join(posix.dirname(path), text(bytes)))
    return readBlob(target, limit, reading, links + 1)
  }
  if (text(bytes.subarray(0, 40)).startsWith('version https://git-lfs')) throw refusal('it is a Git LFS pointer')
  return bytes
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const run = (argv: readonly string[], io: Io, input?: string): ReturnType<Io['git']> => {
  try {
    return io.git(argv, input)
  } catch (error) {
    throw new InputError([problems.noGit(error instanceof Error && 'code' in error ? String(error.code) : 'it failed')])
  }
}

/** @throws {InputError} NO_GIT with what git said */
const ask = (argv: readonly string[], io: Io, input?: string): Uint8Array => {
  const { status, out, err } = run(argv, io, input)
  if (status !== 0) throw new InputError([problems.noGit(err.split('\n')[0] ?? `it ended with ${status}`)])
  return out
}

/** Every file of a commit by its path from the top. */
const treeOf = (commit: string, io: Io): Map<string, Entry> => {
  const listed = text(ask(['ls-tree', '-r', '-l', '-z', '--full-tree', commit], io))
  const tree = new Map<string, Entry>()
  for (const line of listed.split('\0')) {
    const [, mode = '', type, id = '', size = '0', path = ''] =
      /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? []
    // Of a submodule the commit has only a name.
    if (type === 'blob' || type === 'commit') tree.set(path, { mode, id, size: type === 'blob' ? Number(size) : 0 })
  }
  return tree
}

/** Every folder that these files lie in. */
const foldersOf = (paths: Iterable<string>): ReadonlySet<string> => {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder)
  }
  return folders
}
