import { layUnder, type Wanted } from '../../book/lay-under.ts'
import type { Files } from '../../io.ts'
import type { Book } from '../../model/book/book.ts'
import { shippedHash } from './book-hash.ts'
import type { LoadedBook } from './loaded-book.ts'

/** The catalogue that ships: breadth under the market book, read only for names that the book does not have. */
interface Catalogue {
  readonly book: Book
  readonly hash: string
}

/** What `prices age` says of the catalogue. */
export interface CatalogueHead {
  /** The day it was made on. */
  readonly version: string
  readonly title: string
  readonly models: number
}

type Shipped = Pick<Files, 'shipped' | 'shippedNames'>

/** Cache of the catalogue, keyed by the reader of shipped files. */
const read = new WeakMap<Files['shipped'], Catalogue | null>()

/** Books by what they were extended by, so that two sides that name the same models have one book. */
const extended = new WeakMap<Book, Map<string, LoadedBook>>()

const FOLDER = 'pricing'

/** The newest catalogue that ships; `null`: none does. Tests validate it against the schema, as other bundled books. */
export const readCatalogue = (files: Shipped): Catalogue | null => {
  const known = read.get(files.shipped)
  if (known !== undefined) return known
  const name = files
    .shippedNames(FOLDER)
    .filter(one => /^catalogue-\d{4}-\d{2}-\d{2}\.json$/.test(one))
    .sort()
    .at(-1)
  const found = name === undefined ? null : parse(`${FOLDER}/${name}`, files)
  read.set(files.shipped, found)
  return found
}

const parse = (path: string, files: Shipped): Catalogue => {
  const bytes = files.shipped(path)
  return { book: JSON.parse(new TextDecoder().decode(bytes)) as Book, hash: shippedHash(path, bytes, files) }
}

/** Adds models of the catalogue, and their providers, to a book that does not have them. */
export const withCatalogue = (loaded: LoadedBook, wanted: Wanted, files: Shipped): LoadedBook => {
  const catalogue = readCatalogue(files)
  if (!catalogue) return loaded
  const key = JSON.stringify(wanted)
  const known = extended.get(loaded.book) ?? new Map<string, LoadedBook>()
  extended.set(loaded.book, known)
  const laid = known.get(key) ?? lay(loaded, wanted, catalogue)
  known.set(key, laid)
  return laid
}

const lay = (loaded: LoadedBook, wanted: Wanted, { book, hash }: Catalogue): LoadedBook => {
  const { book: laid, added } = layUnder(loaded.book, book, wanted)
  const models = [...(loaded.catalogue?.models ?? []), ...added]
  const catalogue = { version: book.version, hash, title: titleOf(book), models }
  return { ...loaded, book: laid, beyond: book, ...(models.length > 0 ? { catalogue } : {}) }
}

/** What `prices age` says of the catalogue; `null`: none ships. */
export const catalogueHead = (files: Shipped): CatalogueHead | null => {
  const catalogue = readCatalogue(files)
  if (!catalogue) return null
  const { version, models } = catalogue.book
  return { version, title: titleOf(catalogue.book), models: models.length }
}

/** What the catalogue was made from. @example pi-ai 1.6.0 */
const titleOf = ({ sources, title }: Book): string => {
  const [first] = Object.values(sources)
  return first?.title.split(',', 1)[0] ?? title
}
