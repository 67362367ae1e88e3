import { isComplete, layOver } from '../../book/lay-over.ts'
import { lintBook } from '../../book/lint/lint-book.ts'
import { collect, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Book, Layer } from '../../model/book/book.ts'
import { layerSchema, ownBookSchema } from '../../model/book/book-schema.ts'
import { checkSchema } from '../source/check-schema.ts'
import { inFileOrder } from '../source/places.ts'
import { parseSource } from '../source/source.ts'
import { sha256 } from './book-hash.ts'
import type { LoadedBook } from './loaded-book.ts'

/** A user's price file: rows layered over a book, or a complete book (`extends: none`). */
export interface OwnFile {
  readonly name: string
  readonly text: string
  readonly layer: Layer
  /** The heading of a complete book, without rows; `null`: the file is a layer over another book. */
  readonly heading: Book | null
  locate(problem: Problem): Problem
}

/**
 * Reads the user's price files.
 *
 * @throws {InputError} every problem in every file, located
 */
export const readLayers = (paths: readonly string[], read: (path: string) => string): OwnFile[] => {
  const faults: Problem[] = []
  const layers = paths.flatMap(path => collect(faults, () => readOwn(path, read(path))) ?? [])
  const books = layers.filter(({ heading }) => heading !== null)
  if (books.length > 1) faults.push(problems.twoBooks(books.map(({ name }) => name)))
  if (faults.length > 0) throw new InputError(faults)
  return layers
}

/** Top-level keys of a price file, whether a layer or a complete book. */
export const BOOK_KEYS: readonly string[] = Object.keys({ ...ownBookSchema.shape, ...layerSchema.shape })

const readOwn = (name: string, text: string): OwnFile => {
  const source = parseSource(name, text, BOOK_KEYS)
  const { data, locate } = source
  if (typeof data === 'object' && data !== null && 'extends' in data && data.extends === 'none') {
    const { extends: _, sources, providers, models, discounts, ...heading } = checkSchema(ownBookSchema, source)
    const layer: Layer = { schema: heading.schema, sources, providers, models, discounts }
    return { name, text, layer, heading: { ...heading, sources: {}, providers: {}, models: [] }, locate }
  }
  return { name, text, layer: checkSchema(layerSchema, source), heading: null, locate }
}

/** What files need below them: models of which they say only a part, and providers that they do not describe. */
export const neededBelow = (files: readonly OwnFile[]): { readonly names: string[]; readonly providers: string[] } => {
  const described = new Set(files.flatMap(({ layer: { providers = {} } }) => Object.keys(providers)))
  const models = files.flatMap(({ layer }) => layer.models ?? [])
  const discounts = files.flatMap(({ layer }) => layer.discounts ?? [])
  return {
    names: [
      ...models.filter(model => !isComplete(model)).map(({ id }) => id),
      ...discounts.flatMap(({ model }) => model ?? []),
    ],
    providers: [...models, ...discounts].flatMap(({ provider = '' }) =>
      described.has(provider) || provider === '' ? [] : [provider],
    ),
  }
}

/**
 * Merges the files: a complete book first, then the layers in order.
 *
 * @param bundled - loads the bundled book to start from, if no file is a complete book
 * @throws {InputError} everything that lint finds in any of them, located
 */
export const layAll = (bundled: () => LoadedBook, files: readonly OwnFile[]): LoadedBook => {
  const whole = files.find(({ heading }) => heading !== null)
  const faults: Problem[] = []
  const lay = (below: Book, { layer, heading, locate }: OwnFile): Book => {
    const laid = layOver(below, layer)
    const found = lintBook(laid.book, { file: layer, below: heading === null ? below : null })
    faults.push(...inFileOrder([...laid.faults, ...found].map(locate)))
    return laid.book
  }
  const base = whole?.heading
    ? { book: lay(whole.heading, whole), name: whole.name, hash: sha256(whole.text), layers: [] }
    : bundled()
  const over = files.filter(file => file !== whole)
  const book = over.reduce(lay, base.book)
  if (faults.length > 0) throw new InputError(faults)
  if (over.length === 0) return base
  const layers = over.map(({ name, text }) => ({ name, hash: sha256(text) }))
  return { ...base, book, hash: sha256([base.hash, ...layers.map(({ hash }) => hash)].join('\n')), layers }
}
