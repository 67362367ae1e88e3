import type { Wanted } from '../../book/lay-under.ts'
import { findModel, unknownModel } from '../../cost/rates/price-at.ts'
import { at, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Book } from '../../model/book/book.ts'
import type { NamedPath } from '../source/named.ts'
import { shippedHash } from './book-hash.ts'
import type { LoadedBook } from './loaded-book.ts'

/** Folders of bundled books: released ones, and the one that the build assembles from newer prices. */
const FOLDERS = ['pricing', 'dist/pricing'] as const

/** Versions of the bundled books, oldest first. */
export const bundledVersions = (files: Pick<Files, 'shippedNames'>): string[] => [...bundledPaths(files).keys()].sort()

/** Paths of the bundled books by version. */
export const bundledPaths = ({ shippedNames }: Pick<Files, 'shippedNames'>): ReadonlyMap<string, string> =>
  new Map(
    FOLDERS.flatMap(folder =>
      shippedNames(folder)
        .filter(name => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
        .map(name => [name.replace('.json', ''), `${folder}/${name}`] as const),
    ),
  )

/** Cache of bundled books, keyed by the reader of shipped files, so that both sides of a comparison share them. */
const bundled = new WeakMap<Files['shipped'], Map<string, LoadedBook>>()

// Tests validate bundled books against their schema, so a run does not spend time on it.
const readBundled = (version: string, files: Pick<Files, 'shipped' | 'shippedNames'>): LoadedBook => {
  const { shipped } = files
  const read = bundled.get(shipped) ?? new Map<string, LoadedBook>()
  bundled.set(shipped, read)
  const known = read.get(version)
  if (known) return known
  const path = bundledPaths(files).get(version)
  if (path === undefined) throw new Error(`no price book ${version} ships with this package`)
  const bytes = shipped(path)
  const book = JSON.parse(new TextDecoder().decode(bytes)) as Book
  const loaded = { book, name: version, hash: shippedHash(path, bytes, files), layers: [] }
  read.set(version, loaded)
  return loaded
}

/** Whether a name is a path: a version has neither a dot nor a slash. */
const isPath = (name: string): boolean => /[./\\]/.test(name)

/**
 * Loads a price book: a bundled version with the user's files layered over it; later rows win.
 *
 * @param asked - versions of bundled books and paths, in the order given on the command line
 * @param own - the books that the scenarios name; a version in `asked` takes precedence
 * @param names - models that are looked for in the catalogue if the book does not have them; `null`: all of it
 * @returns the newest bundled book if nothing is named
 * @throws {InputError} TWO_BOOKS, UNKNOWN_BOOK, and problems in the files, located
 */
export const readBook = async (
  asked: readonly string[],
  files: Files,
  { own = [], names = [] }: { readonly own?: readonly NamedPath[]; readonly names?: readonly string[] | null } = {},
): Promise<LoadedBook> => {
  const versions = bundledVersions(files)
  const isBundled = (name: string): boolean => versions.includes(name)
  const strange = [...own, ...asked].filter(name => !isBundled(name) && !isPath(name))
  if (strange.length > 0) throw new InputError(strange.map(name => problems.unknownBook(name, versions)))
  const paths = [...own, ...asked].filter(name => !isBundled(name))
  // The code that reads the user's files is loaded only if there are any.
  const reader = paths.length > 0 ? await import('./layers.ts') : null
  const layers = reader?.readLayers(distinct(paths), files) ?? []
  const whole = layers.find(({ heading }) => heading !== null)
  const extended = layers.flatMap(({ layer }) => layer.extends ?? [])
  const named = distinct([...asked.filter(isBundled), ...extended, ...(whole ? [whole.name] : [])])
  const wanted = named.length > 0 ? named : distinct(own.filter(isBundled))
  const unknown = wanted.filter(name => !isBundled(name) && name !== whole?.name)
  if (unknown.length > 0) throw new InputError(unknown.map(name => problems.unknownBook(name, versions)))
  if (wanted.length > 1) throw new InputError([problems.twoBooks(wanted)])
  const below = (): LoadedBook => readBundled(wanted[0] ?? newest(versions), files)
  if (!reader) return reach(below(), { names }, files)
  if (whole) return reader.layAll(below, layers)
  const base = await reach(below(), reader.neededBelow(layers), files)
  const laid = reader.layAll(() => base, layers)
  const lost = names?.filter(name => !findModel(laid.book, name)) ?? null
  const wider = await reach(base, { names: lost }, files)
  // What the layers say of a provider holds for its models in the catalogue too.
  return wider === base ? laid : reader.layAll(() => wider, layers)
}

/** The article's own table is complete in itself: no catalogue lies under it. */
const ARTICLE = '2026-05-15'

/** Whether the catalogue lies under a book: under every market book, not under a user's whole book. */
export const hasCatalogue = ({ name }: Pick<LoadedBook, 'name'>, files: Pick<Files, 'shippedNames'>): boolean =>
  name !== ARTICLE && bundledVersions(files).includes(name)

/** Looks for what a book does not have in the catalogue; only then is the catalogue read. */
export const reach = async (
  loaded: LoadedBook,
  { names, providers = [] }: Wanted,
  files: Files,
): Promise<LoadedBook> => {
  const lost = {
    names: names?.filter(name => !findModel(loaded.book, name)) ?? null,
    providers: providers.filter(id => !Object.hasOwn(loaded.book.providers, id)),
  }
  if ((lost.names?.length === 0 && lost.providers.length === 0) || !hasCatalogue(loaded, files)) return loaded
  const { withCatalogue } = await import('./catalogue.ts')
  return withCatalogue(loaded, lost, files)
}

/** Finds a book with other models by name, at once. */
export type Widen = (names: readonly string[]) => LoadedBook

/** How a book grows while names come in, without waiting: the catalogue is read at the first name that it lacks. */
export const widening = async (loaded: LoadedBook, files: Files): Promise<Widen> => {
  if (!hasCatalogue(loaded, files)) return () => loaded
  const { withCatalogue } = await import('./catalogue.ts')
  return names => withCatalogue(loaded, { names }, files)
}

/** A user's price file by itself. @throws {InputError} every problem in it, located */
export const readOwnFile = async (path: string, files: Files) => {
  const { readLayers } = await import('./layers.ts')
  const [file] = readLayers([path], files)
  if (!file) throw new Error('a path is a file')
  return file
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)]

const newest = (versions: readonly string[]): string => {
  const version = versions.at(-1)
  if (version === undefined) throw new Error('no price book ships with this package')
  return version
}

/** Problem for an unknown model name, listing the bundled books that have it; `null`: this book has it. */
export const missingModel = (
  { book, name: argument, beyond }: LoadedBook,
  name: string,
  files: Files,
  path?: readonly (string | number)[],
): Problem | null => {
  if (findModel(book, name)) return null
  const elsewhere = bundledVersions(files).filter(
    version => version !== book.version && findModel(readBundled(version, files).book, name),
  )
  const problem = unknownModel(book, name, { elsewhere, argument, beyond })
  return path ? at(path, problem) : problem
}
