import { isComplete, layOver } from '../../book/lay-over.ts'
import { lintBook } from '../../book/lint/lint-book.ts'
import { at, collect, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Book, Layer, WrittenLayer, WrittenTokenizer } from '../../model/book/book.ts'
import { layerSchema, ownBookSchema } from '../../model/book/book-schema.ts'
import { readText } from '../files/read-text.ts'
import { checkSchema } from '../source/check-schema.ts'
import { namedIn } from '../source/named.ts'
import { inFileOrder, type Source } from '../source/places.ts'
import { parseSource } from '../source/source.ts'
import { sha256 } from './book-hash.ts'
import type { LoadedBook } from './loaded-book.ts'
import { type OwnTokenizer, type OwnTokenizers, ownTokenizer } from './own-tokenizer.ts'

/** Most bytes of a price file. */
export const BOOK_LIMIT = 16 * 2 ** 20

/** A user's price file: rows layered over a book, or a complete book (`extends: none`). */
export interface OwnFile {
  readonly name: string
  readonly text: string
  readonly layer: Layer
  /** The heading of a complete book, without rows; `null`: the file is a layer over another book. */
  readonly heading: Book | null
  /** The tokenizer files that its models have. */
  readonly tokenizers: OwnTokenizers
  locate(problem: Problem): Problem
}

/**
 * Reads the user's price files.
 *
 * @throws {InputError} every problem in every file, located
 */
export const readLayers = (paths: readonly string[], files: Files): OwnFile[] => {
  const faults: Problem[] = []
  const layers = paths.flatMap(path => collect(faults, () => readOwn(path, files)) ?? [])
  const books = layers.filter(({ heading }) => heading !== null)
  if (books.length > 1) faults.push(problems.twoBooks(books.map(({ name }) => name)))
  if (faults.length > 0) throw new InputError(faults)
  return layers
}

/** Top-level keys of a price file, whether a layer or a complete book. */
export const BOOK_KEYS: readonly string[] = Object.keys({ ...ownBookSchema.shape, ...layerSchema.shape })

const readOwn = (name: string, files: Files): OwnFile => {
  const text = readText(name, files, BOOK_LIMIT)
  const source = parseSource(name, text, BOOK_KEYS)
  const { data, locate } = source
  if (typeof data === 'object' && data !== null && 'extends' in data && data.extends === 'none') {
    const { extends: _, sources, providers, models, discounts, ...heading } = checkSchema(ownBookSchema, source)
    const layer = withNames({ schema: heading.schema, sources, providers, models, discounts }, source, files)
    return { name, text, ...layer, heading: { ...heading, sources: {}, providers: {}, models: [] }, locate }
  }
  return { name, text, ...withNames(checkSchema(layerSchema, source), source, files), heading: null, locate }
}

/**
 * A layer whose models have all tokenizers by name, and the files that these names stand for.
 *
 * @throws {InputError} OUTSIDE, NO_FILE, IS_FOLDER for every file, located
 */
const withNames = (layer: WrittenLayer, source: Source, files: Files): Pick<OwnFile, 'layer' | 'tokenizers'> => {
  const { models, ...rest } = layer
  if (models === undefined) return { layer: rest, tokenizers: new Map() }
  const named = namedIn(source, files)
  const tokenizers = new Map<string, OwnTokenizer>()
  const faults: Problem[] = []
  const nameOf = (tokenizer: WrittenTokenizer, key: readonly (string | number)[]): string => {
    if (typeof tokenizer === 'string') return tokenizer
    const locate = (problem: Problem): Problem => source.locate(at(key, problem))
    const open = () => ownTokenizer({ path: named.path(tokenizer.file, key), split: tokenizer.split, locate }, files)
    const own = collect(faults, open, source.locate)
    if (!own) return tokenizer.file
    tokenizers.set(own.name, tokenizers.get(own.name) ?? own)
    return own.name
  }
  const laid = models.map((model, i) => {
    const { tokenizer } = model
    const name = tokenizer == null ? tokenizer : nameOf(tokenizer, ['models', i, 'tokenizer', 'file'])
    return { ...model, tokenizer: name }
  })
  if (faults.length > 0) throw new InputError(inFileOrder(faults))
  return { layer: { ...rest, models: laid }, tokenizers }
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
  const base: LoadedBook = whole?.heading
    ? { book: lay(whole.heading, whole), name: whole.name, hash: sha256(whole.text), layers: [] }
    : bundled()
  const over = files.filter(file => file !== whole)
  const book = over.reduce(lay, base.book)
  if (faults.length > 0) throw new InputError(faults)
  const tokenizers = new Map(files.flatMap(file => [...file.tokenizers]))
  const own = tokenizers.size > 0 ? { tokenizers } : {}
  if (over.length === 0) return { ...base, ...own }
  const layers = over.map(({ name, text }) => ({ name, hash: sha256(text) }))
  return { ...base, ...own, book, hash: sha256([base.hash, ...layers.map(({ hash }) => hash)].join('\n')), layers }
}
