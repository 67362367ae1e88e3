import { isAbsolute, join, resolve, sep } from 'node:path'
import { InputError, problems } from '../../errors/index.ts'
import { type Files, type Found, type FoundFile, type Left, type Listing, type Search, systemCode } from '../../io.ts'
import { boundaryOf, liesIn } from './boundary.ts'
import { compileGlob, type Glob, type Reached } from './glob.ts'

/** Maximum folder entries examined by one search: more than any repository needs, and about a second's work. */
export const ENTRY_LIMIT = 100_000

/** What is searched: the disk or a commit. */
type Ground = Pick<Files, 'cwd' | 'kind' | 'real' | 'list'>

/** A pattern split into its literal leading folders and the rest. */
export interface Task {
  /** The folder where the search begins, as the user would write it. */
  readonly start: string
  readonly rest: string
}

/** Splits off the leading folders of a pattern, up to the first name that contains `*`, `?`, `[` or `{`. */
export const taskOf = (pattern: string, folder: string): Task => {
  const names = pattern.split('/')
  const first = names.findIndex(name => /[*?[{]|[!@+]\(/.test(name.replaceAll(/\\./g, '')))
  const count = first < 0 ? names.length - 1 : first
  const head = names.slice(0, count).map(name => name.replaceAll(/\\(.)/g, '$1'))
  const path = head.length === 1 && head[0] === '' ? '/' : head.join('/')
  return { start: isAbsolute(path) ? path : join(folder, path), rest: names.slice(count).join('/') }
}

/**
 * Finds the files below a folder that match a pattern, with the same rules for the disk and for a commit. Files are
 * identified by real path: each is found once, under its own name if that matches. Symlinks that stay inside the
 * repository are followed; other symlinks and folders on another file system are skipped. `.git` is never entered.
 *
 * @throws {InputError} BAD_GLOB; TOO_MANY_FILES beyond `ENTRY_LIMIT` entries
 */
export const findFiles = (pattern: string, folder: string, ground: Ground, search: Search = {}): Found => {
  const { start, rest } = taskOf(pattern, folder)
  const glob = compileGlob(rest, search)
  const own = ground.real(resolve(ground.cwd, start))
  const walk: Walk = {
    ...{ ground, glob, search, boundary: boundaryOf(start, ground) },
    ...{ found: new Map(), left: [], entries: 0, device: null, entered: new Map(), listings: new Map() },
    tooMany: () => new InputError([problems.tooManyFiles(pattern, folder, ENTRY_LIMIT)]),
  }
  if (!isGits(own)) goThrough({ real: own, path: '', reached: glob.start, hidden: 0, depth: 0 }, walk)
  return {
    files: byPath(walk.found.values()).map(({ real, path }) => ({ real, path: join(start, path) })),
    left: byPath(walk.left).map(({ path, why }) => ({ path: join(start, path), why })),
    entries: walk.entries,
  }
}

const byPath = <T extends { readonly path: string }>(all: Iterable<T>): T[] =>
  [...all].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))

/** Whether a path lies in a `.git` folder. */
const isGits = (path: string): boolean => path.toLowerCase().split(sep).includes('.git')

/** A position in the search: its real path, the path from the start, and how far that path has matched. */
interface Stage {
  readonly real: string
  readonly path: string
  readonly reached: Reached
  /** Number of names in the path that begin with a dot. */
  readonly hidden: number
  /** Number of folders in the path. */
  readonly depth: number
}

interface Walk {
  readonly ground: Ground
  readonly glob: Glob
  readonly search: Search
  readonly boundary: string
  readonly tooMany: () => InputError
  readonly found: Map<string, FoundFile>
  readonly left: Left[]
  entries: number
  /** The file system that the search began on. */
  device: number | null
  /** How each folder was entered so far: entering it again with no better state finds nothing new. */
  readonly entered: Map<string, Stage[]>
  readonly listings: Map<string, Listing>
}

/** Searches real folders first, then the targets of their symlinks, and so on. */
const goThrough = (start: Stage, walk: Walk): void => {
  let stages = [start]
  while (stages.length > 0) {
    const links: Stage[] = []
    // The list grows during the loop.
    for (const stage of stages) if (isNew(stage, walk)) look(stage, { stages, links }, walk)
    stages = byPath(links).flatMap(link => follow(link, walk) ?? [])
  }
}

const isNew = (stage: Stage, { entered }: Walk): boolean => {
  const before = entered.get(stage.real) ?? []
  const { reached, hidden, depth } = stage
  if (before.some(one => one.reached === reached && one.hidden <= hidden && one.depth <= depth)) return false
  entered.set(stage.real, [...before, stage])
  return true
}

const look = (folder: Stage, { stages, links }: Readonly<Record<'stages' | 'links', Stage[]>>, walk: Walk): void => {
  for (const { name, kind } of entriesOf(folder, walk)) {
    if (++walk.entries > ENTRY_LIMIT) throw walk.tooMany()
    const stage = step(folder, name, walk)
    if (stage === null) continue
    if (kind === 'link') links.push(stage)
    else if (kind === 'file') take(stage, walk)
    else if (kind === 'folder') stages.push(...(inside(stage, walk) ?? []))
  }
}

const entriesOf = ({ real, path }: Stage, walk: Walk): Listing['entries'] => {
  try {
    const listing = walk.listings.get(real) ?? walk.ground.list(real)
    walk.listings.set(real, listing)
    walk.device ??= listing.device
    if (listing.device === walk.device) return listing.entries
    walk.left.push({ path, why: 'mount' })
  } catch (error) {
    const code = systemCode(error)
    if (code === undefined) throw error
    if (code !== 'ENOENT' && code !== 'ENOTDIR') walk.left.push({ path, why: 'unreadable' })
  }
  return []
}

/** Steps to a name in a folder; `null` if it is skipped, or neither it nor anything below can match. */
const step = (folder: Stage, name: string, { glob, search }: Walk): Stage | null => {
  const { skip = [], hidden: most = Number.POSITIVE_INFINITY, ignoreCase = false } = search
  const hidden = folder.hidden + (/^\.[^.]/.test(name) ? 1 : 0)
  if (hidden > most || name.toLowerCase() === '.git') return null
  if (skip.includes(ignoreCase ? name.toLowerCase() : name)) return null
  const reached = glob.read(folder.reached, name)
  if (!reached.isMatch && !reached.isOpen) return null
  return { real: join(folder.real, name), path: folder.path + name, reached, hidden, depth: folder.depth }
}

const take = ({ real, path, reached }: Stage, { found }: Walk): void => {
  if (reached.isMatch && !found.has(real)) found.set(real, { real, path })
}

/** Steps into a folder; `null` if nothing in it can match. */
const inside = (stage: Stage, { glob, search }: Walk): [Stage] | null => {
  const reached = glob.read(stage.reached, '/')
  const depth = stage.depth + 1
  if (!reached.isOpen || depth > (search.depth ?? Number.POSITIVE_INFINITY)) return null
  return [{ ...stage, path: `${stage.path}/`, reached, depth }]
}

/** Follows a symlink: takes a file, or returns the step into a folder. Records a symlink that it does not follow. */
const follow = (link: Stage, walk: Walk): [Stage] | null => {
  const { ground, boundary } = walk
  const real = ground.real(link.real)
  const kind = real === link.real ? null : ground.kind(real)
  const way = kind === 'file' ? null : inside({ ...link, real }, walk)
  if (way === null && !(link.reached.isMatch && kind !== 'folder')) return null
  if (kind === null) walk.left.push({ path: link.path, why: 'nowhere' })
  else if (!liesIn(real, boundary, ground) || isGits(real)) walk.left.push({ path: link.path, why: 'outside' })
  else if (kind === 'folder') return way
  else take({ ...link, real }, walk)
  return null
}
