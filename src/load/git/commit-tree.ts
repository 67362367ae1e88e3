import { isAbsolute, posix, relative, resolve, sep } from 'node:path'
import { type Listing, refusal } from '../../io.ts'
import { type Repository, text } from './repository.ts'

/** A file of a commit: its mode, blob id and size in bytes; the size is NaN if git does not know it. */
export interface Entry {
  readonly mode: string
  readonly id: string
  readonly size: number
}

const LINK = '120000'
const MODULE = '160000'

/** Linux's limits: symlinks followed for one path, and bytes of a symlink's target. */
const MOST_LINKS = 40
const LONGEST_LINK = 4096

interface Folder {
  readonly names: Map<string, Folder | Entry>
  /** Actual names by case-folded name; built when first needed. */
  folded: Map<string, string> | null
}

/** What a path in a commit resolves to, following symlinks. Places are relative to the top, with slashes. */
export type Place =
  | { readonly kind: 'file'; readonly place: string; readonly entry: Entry }
  | { readonly kind: 'folder'; readonly place: string; readonly list: () => Listing['entries'] }
  /** `module`: a submodule, of which the commit records only the commit id and no files. */
  | { readonly kind: 'module' | 'loop'; readonly place: string }
  | { readonly kind: 'nothing'; readonly place: string }
  /** A symlink leads out of the repository, to this absolute path. */
  | { readonly kind: 'outside'; readonly path: string }

/** The files of a commit. */
export interface CommitTree {
  /** Every file by its place, without symlinks. */
  readonly files: ReadonlyMap<string, Entry>
  /** Resolves a place as the system would in a checkout: name by name, following symlinks. */
  find(place: string): Place
}

/**
 * Lists the files of a commit.
 *
 * @param foldsCase - whether the file system is case-insensitive (`core.ignorecase`); names then match likewise
 * @param targetsOf - reads the targets of several symlinks at once
 */
export const openTree = (
  commit: string,
  repository: Repository,
  { foldsCase, targetsOf }: { readonly foldsCase: boolean; readonly targetsOf: TargetsOf },
): CommitTree => {
  const root: Folder = { names: new Map(), folded: null }
  const files = new Map<string, Entry>()
  const links = new Map<string, Entry>()
  for (const [path, entry] of listed(commit, repository)) {
    put(path, entry, root)
    if (entry.mode === LINK) links.set(entry.id, entry)
    else if (entry.mode !== MODULE) files.set(path, entry)
  }
  let targets: ReadonlyMap<string, string> | null = null
  const targetOf = ({ id }: Entry): string | undefined => {
    targets ??= targetsOf([...links.values()].filter(({ size }) => !(size > LONGEST_LINK)))
    return targets.get(id)
  }
  return { files, find: place => find(place, { root, top: repository.top, targetOf, foldsCase }) }
}

export type TargetsOf = (links: readonly Entry[]) => ReadonlyMap<string, string>

function* listed(commit: string, { run, ask }: Repository): Iterable<readonly [path: string, entry: Entry]> {
  const list = (...flags: readonly string[]): string[] => ['ls-tree', '-r', '-z', '--full-tree', ...flags, commit]
  // A partial clone lacks some blobs and so their sizes.
  const whole = run(list('-l'))
  for (const line of text(whole.status === 0 ? whole.out : ask(list())).split('\0')) {
    const [, mode = '', type, id = '', size, path = ''] = /^(\d+) (\w+) (\w+)(?: +(\S+))?\t(.*)$/s.exec(line) ?? []
    if (type === 'blob' || type === 'commit') yield [path, { mode, id, size: Number(size) }]
  }
}

const put = (path: string, entry: Entry, root: Folder): void => {
  const names = path.split('/')
  const last = names.pop() ?? ''
  let folder = root
  for (const name of names) {
    const known = folder.names.get(name)
    const next = known && isFolder(known) ? known : { names: new Map(), folded: null }
    if (next !== known) folder.names.set(name, next)
    folder = next
  }
  folder.names.set(last, entry)
}

const isFolder = (node: Folder | Entry): node is Folder => 'names' in node

interface Finding {
  readonly root: Folder
  readonly top: string
  readonly targetOf: (link: Entry) => string | undefined
  readonly foldsCase: boolean
}

const find = (written: string, { root, top, targetOf, foldsCase }: Finding): Place => {
  // The names still to resolve, the next one last.
  const ahead = written.split('/').reverse()
  let way: { readonly name: string; readonly folder: Folder }[] = []
  const here = (...more: readonly string[]): string => [...way.map(({ name }) => name), ...more].join('/') || '.'
  const rest = (): string[] => ahead.filter(Boolean).reverse()
  let links = 0
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (name === '' || name === '.') continue
    if (name === '..') {
      if (way.pop()) continue
      // A path that leaves the repository may lead back into it.
      const path = resolve(top, '..', ...rest())
      const within = placeIn(top, path)
      if (within === null) return { kind: 'outside', path }
      ahead.splice(0, ahead.length, ...within.split('/').reverse())
      continue
    }
    const folder = way.at(-1)?.folder ?? root
    const own = nameIn(folder, name, foldsCase)
    const node = folder.names.get(own)
    if (node && isFolder(node)) {
      way.push({ name: own, folder: node })
      continue
    }
    const place = here(own)
    if (node?.mode === MODULE) return { kind: 'module', place }
    if (node?.mode !== LINK) {
      const left = rest()
      return node && left.length === 0
        ? { kind: 'file', place, entry: node }
        : { kind: 'nothing', place: posix.join(place, ...left) }
    }
    const target = targetOf(node)
    if (++links > MOST_LINKS || target === undefined || target === '') return { kind: 'loop', place }
    if (isAbsolute(target)) {
      const within = placeIn(top, target)
      if (within === null) return { kind: 'outside', path: resolve(target, ...rest()) }
      way = []
      ahead.push(...within.split('/').reverse())
    } else ahead.push(...target.split('/').reverse())
  }
  const { names } = way.at(-1)?.folder ?? root
  return {
    kind: 'folder',
    place: here(),
    list: () => [...names].map(([name, node]) => ({ name, kind: entryKind(node) })),
  }
}

/** An absolute path relative to a folder, with slashes; `null` if it is outside. */
export const placeIn = (top: string, path: string): string | null => {
  const from = relative(top, path)
  return from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from) ? null : from.split(sep).join('/') || '.'
}

const entryKind = (node: Folder | Entry): Listing['entries'][number]['kind'] => {
  if (isFolder(node)) return 'folder'
  return node.mode === LINK ? 'link' : node.mode === MODULE ? 'other' : 'file'
}

const fold = (name: string): string => name.normalize().toLowerCase()

/** The actual name in a folder that a case-insensitive file system would match. */
const nameIn = (folder: Folder, name: string, foldsCase: boolean): string => {
  if (!foldsCase || folder.names.has(name)) return name
  folder.folded ??= new Map([...folder.names.keys()].map(own => [fold(own), own]))
  return folder.folded.get(fold(name)) ?? name
}

/** The error that the system would give for a place that is not a file. */
export const refusalOf = ({ kind }: Exclude<Place, { readonly kind: 'file' | 'outside' }>): Error => {
  switch (kind) {
    case 'folder':
      return refusal('EISDIR')
    case 'module':
      return refusal('it is in a submodule')
    case 'loop':
      return refusal('ELOOP')
    case 'nothing':
      return refusal('ENOENT')
    default:
      return kind satisfies never
  }
}
