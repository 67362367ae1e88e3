import { join, posix, relative, resolve, sep } from 'node:path'
import { InputError, problems } from '../errors.ts'
import type { Files, Io } from '../io.ts'
import { type Entry, openBlobs } from './blobs.ts'

/** The files of a commit, read with git itself; the working tree is neither read nor touched. */
export interface Revision {
  /** The commit's whole name. */
  readonly commit: string
  readonly files: Files
}

const DEEPEST_LINK = 8
const LINK = '120000'

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
  const folders = foldersOf(tree.keys())
  const bytesOf = openBlobs(tree, ids => ask(['cat-file', '--batch'], io, ids))
  const read = (path: string, limit: number, links = 0): Uint8Array => {
    const entry = tree.get(path)
    if (!entry) throw refusal(folders.has(path) ? 'EISDIR' : 'ENOENT')
    if (entry.mode !== LINK && entry.size > limit) throw refusal('EFBIG', { size: entry.size })
    const bytes = bytesOf(path, entry)
    if (entry.mode === LINK) {
      if (links === DEEPEST_LINK) throw refusal('ELOOP')
      return read(posix.normalize(posix.join(posix.dirname(path), text(bytes))), limit, links + 1)
    }
    if (text(bytes.subarray(0, 40)).startsWith('version https://git-lfs')) throw refusal('it is a Git LFS pointer')
    return bytes
  }
  // From the top of the repository, with slashes; what begins with .. is outside.
  const placed = (path: string): string =>
    posix.normalize(posix.join(prefix, relative(io.cwd, resolve(io.cwd, path)).split(sep).join('/')))
  const isOutside = (place: string): boolean => place.startsWith('../') || posix.isAbsolute(place)
  return {
    commit,
    files: {
      cwd: io.cwd,
      shipped: io.shipped,
      shippedNames: io.shippedNames,
      kind: path => {
        const place = placed(path)
        if (isOutside(place)) return io.kind(path)
        return tree.has(place) ? 'file' : folders.has(place) ? 'folder' : null
      },
      read: (path, limit) =>
        path === '-' || isOutside(placed(path)) ? io.read(path, limit) : read(placed(path), limit),
      glob: async (pattern, folder, search) => {
        const home = placed(folder)
        if (isOutside(home)) return io.glob(pattern, folder, search)
        const { default: picomatch } = await import('picomatch')
        const escaped = home === '.' ? '' : home.replaceAll(/[$^*+?()[\]{}\\!|@]/g, '\\$&')
        const whole = posix.normalize(posix.join(escaped, pattern))
        const matches = picomatch(whole, { dot: true })
        // What the glob begins with is compared first: that is done sooner than matching every file of the commit.
        const base = /^([\w/-]*\/)[^|]*$/.exec(whole)?.[1] ?? ''
        const found = [...tree.keys()].filter(path => path.startsWith(base) && matches(path))
        return found
          .map(path => posix.relative(home, path))
          .sort()
          .map(name => join(folder, name))
      },
    },
  }
}

const refusal = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more })

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
const treeOf = (commit: string, io: Io): ReadonlyMap<string, Entry> => {
  const listed = text(ask(['ls-tree', '-r', '-l', '-z', '--full-tree', commit], io))
  const tree = new Map<string, Entry>()
  for (const line of listed.split('\0')) {
    const [, mode = '', type, id = '', size = '0', path = ''] =
      /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? []
    if (type === 'blob') tree.set(path, { mode, id, size: Number(size) })
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
