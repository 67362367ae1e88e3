import { basename, posix, resolve } from 'node:path'
import { type Files, type Io, refusal, systemCode } from '../../io.ts'
import { withGlob } from '../files/with-glob.ts'
import { answersIn, openBlobs } from './blobs.ts'
import { type Attributes, attributesOf, type CheckoutSettings, checkOut, checkoutSettings, withLf } from './checkout.ts'
import { type CommitTree, type Entry, openTree, type Place, placeIn, refusalOf } from './commit-tree.ts'
import { findCommit, openRepository, type Repository, text } from './repository.ts'

/** The files of a commit, read with git; the working tree is not touched. */
export interface Revision {
  /** The full commit id. */
  readonly commit: string
  readonly files: Files
  /** Whether a path lies in the repository; git has no history for paths outside it. */
  isInside(path: string): boolean
  /** Whether a path lies in a submodule, whose history this repository does not have. */
  isInModule(path: string): boolean
}

/**
 * Opens a commit of the repository that contains `cwd`, with files as git would check them out. Files outside the
 * repository are read from the disk, as git has no history for them.
 *
 * @param ref - a branch, tag or commit, as git names it
 * @throws {InputError} NO_GIT, NO_REVISION
 */
export const openRevision = (ref: string, io: Io): Revision => {
  const repository = openRepository(io)
  const { top } = repository
  const commit = findCommit(ref, repository)
  const settings = checkoutSettings(repository)
  const tree = openTree(commit, repository, {
    foldsCase: settings.foldsCase,
    targetsOf: links => new Map([...stored(links, repository)].map(([id, bytes]) => [id, text(bytes)])),
  })
  const place = pathsInside(top, io)
  const at = (path: string): Place => {
    const own = place(path)
    return own === null ? { kind: 'outside', path: resolve(io.cwd, path) } : tree.find(own)
  }
  return {
    commit,
    files: withGlob(filesOf(at, { top, io, read: reader(tree, { repository, settings, io }) })),
    isInside: path => at(path).kind !== 'outside',
    isInModule: path => at(path).kind === 'module',
  }
}

interface Sources {
  readonly top: string
  readonly io: Io
  /** Reads a file of the commit. */
  readonly read: (found: FilePlace, limit: number) => Uint8Array
}

/** The files of a commit; outside the repository, the files on disk. */
const filesOf = (at: (path: string) => Place, { top, io, read }: Sources): Omit<Files, 'glob'> => {
  const { device } = io.list(top)
  return {
    cwd: io.cwd,
    shipped: io.shipped,
    shippedNames: io.shippedNames,
    real: path => {
      const found = at(path)
      return found.kind === 'outside' ? io.real(found.path) : resolve(top, found.place)
    },
    kind: path => {
      // `.git` marks the top of a repository but is never part of a commit.
      if (basename(path) === '.git') return io.kind(path)
      const found = at(path)
      if (found.kind === 'outside') return io.kind(found.path)
      return found.kind === 'folder' ? 'folder' : found.kind === 'nothing' ? null : 'file'
    },
    list: path => {
      const found = at(path)
      if (found.kind === 'outside') return io.list(found.path)
      if (found.kind === 'folder') return { device, entries: found.list() }
      throw found.kind === 'file' ? refusal('ENOTDIR') : refusalOf(found)
    },
    read: (path, limit) => {
      if (path === '-') return io.read(path, limit)
      const found = at(path)
      if (found.kind === 'outside') return io.read(found.path, limit)
      if (found.kind !== 'file') throw refusalOf(found)
      if (found.entry.size > limit) throw refusal('EFBIG', { size: found.entry.size })
      return read(found, limit)
    },
  }
}

/** Turns a path into one relative to the top of the repository, with slashes; `null` if it is outside. */
const pathsInside = (top: string, { cwd, real }: Pick<Io, 'cwd' | 'real'>): ((path: string) => string | null) => {
  const here = real(cwd)
  return path => {
    const plain = placeIn(top, resolve(here, path))
    if (plain !== null) return plain
    // An absolute path may lead into the repository through a symlink, such as /tmp on some systems.
    for (let above = resolve(cwd, path), rest = '.'; ; ) {
      if (real(above) === top) return posix.normalize(rest)
      const over = resolve(above, '..')
      if (over === above) return null
      rest = posix.join(above.slice(over.length).replaceAll('\\', '/'), rest).replace(/^\//, '')
      above = over
    }
  }
}

interface Stored {
  readonly bytes: Uint8Array
  readonly attributes: Attributes
}

interface Reading {
  readonly repository: Repository
  readonly settings: CheckoutSettings
  readonly io: Io
}

type FilePlace = Extract<Place, { readonly kind: 'file' }>

/** Reads files of a commit as git would check them out. */
const reader = ({ files }: CommitTree, { repository, settings, io }: Reading): Sources['read'] => {
  const index = [...files]
    .filter(([path]) => posix.basename(path) === '.gitattributes')
    .map(([path, { mode, id }]) => `${mode} ${id}\t${path}\n`)
    .join('')
  const bytesOf = openBlobs<Stored>(files, paths => {
    const entries = paths.flatMap(path => files.get(path) ?? [])
    const blobs = new Map(stored(entries, repository))
    const attributes = attributesOf(paths, index, repository)
    return paths.flatMap(path => {
      const bytes = blobs.get(files.get(path)?.id ?? '')
      return bytes ? [[path, { bytes, attributes: attributes.get(path) ?? {} }] as const] : []
    })
  })
  return ({ place, entry: { id } }: FilePlace, limit: number): Uint8Array => {
    const { bytes, attributes } = bytesOf(place)
    if (bytes.length > limit) throw refusal('EFBIG', { size: bytes.length })
    const out = checkOut(bytes, attributes, { id, settings })
    return out.length === bytes.length ? out : unlessSame(out, bytes, onDisk(resolve(repository.top, place), limit, io))
  }
}

/**
 * Where git would check out CR LF, an editor may have saved the file with LF. Git treats it as unchanged, so the line
 * endings on disk are used. A file with more CRs than a checkout has does count as changed.
 */
const unlessSame = (out: Uint8Array, bytes: Uint8Array, disk: Uint8Array | null): Uint8Array =>
  disk !== null && disk.length <= out.length && Buffer.compare(withLf(disk), withLf(bytes)) === 0 ? disk : out

const onDisk = (path: string, limit: number, io: Io): Uint8Array | null => {
  try {
    return io.read(path, limit)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return null
  }
}

/** Reads the blobs with these ids. */
const stored = (entries: readonly Entry[], { ask }: Repository): Iterable<readonly [id: string, bytes: Uint8Array]> => {
  const ids = [...new Set(entries.map(({ id }) => id))]
  return ids.length === 0 ? [] : answersIn(ask(['cat-file', '--batch'], { input: ids.map(id => `${id}\n`).join('') }))
}
