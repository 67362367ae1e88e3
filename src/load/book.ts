import { createHash } from 'node:crypto'
import { findModel, unknownModel } from '../cost/price-at.ts'
import { at, InputError, type Problem, problems } from '../errors.ts'
import type { Files } from '../io.ts'
import type { Book } from '../model/book.ts'
import { layOver } from './lay-over.ts'
import { readText } from './read-text.ts'

const BOOK_LIMIT = 16 * 2 ** 20

/** A loaded book, and what a result says of it. */
export interface LoadedBook {
  readonly book: Book
  /** sha256 of the book's bytes; with layers, of all hashes in order. */
  readonly hash: string
  readonly layers: readonly { readonly name: string; readonly hash: string }[]
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Versions of the books that ship, oldest first. */
export const bundledVersions = (files: Pick<Files, 'shippedNames'>): string[] =>
  files
    .shippedNames('pricing')
    .filter(name => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
    .map(name => name.replace('.json', ''))
    .sort()

// A bundled book is held to its schema by the tests, so a run does not pay for it.
const readBundled = (version: string, files: Pick<Files, 'shipped'>): LoadedBook => {
  const bytes = files.shipped(`pricing/${version}.json`)
  return { book: JSON.parse(new TextDecoder().decode(bytes)) as Book, hash: sha256(bytes), layers: [] }
}

/**
 * Loads a price book: a bundled version, with any files of the user's laid over it, later rows winning.
 *
 * @param names - versions of bundled books and paths, in order; empty: the newest bundled book
 * @throws {InputError} TWO_BOOKS, UNKNOWN_BOOK, and the faults of the files, located
 */
export const readBook = async (names: readonly string[], files: Files): Promise<LoadedBook> => {
  const versions = bundledVersions(files)
  const bundled = [...new Set(names.filter(name => versions.includes(name)))]
  if (bundled.length > 1) throw new InputError([problems.twoBooks(bundled)])
  const paths = names.filter(name => !versions.includes(name))
  const strange = paths.filter(path => !/[./\\]/.test(path) || /^\d{4}-\d{2}-\d{2}$/.test(path))
  if (strange.length > 0) throw new InputError(strange.map(name => problems.unknownBook(name, versions)))
  if (paths.length === 0) return readBundled(bundled[0] ?? newest(versions), files)
  const { readLayers } = await import('./layers.ts')
  const layers = readLayers(paths, text => readText(text, files, BOOK_LIMIT))
  const named = layers.flatMap(({ layer }) => (layer?.extends === undefined ? [] : [layer.extends]))
  const wanted = [...new Set([...bundled, ...named])]
  const unknown = wanted.filter(version => !versions.includes(version))
  if (unknown.length > 0) throw new InputError(unknown.map(name => problems.unknownBook(name, versions)))
  if (wanted.length > 1) throw new InputError([problems.twoBooks(wanted)])
  const own = layers.find(({ book }) => book !== null)
  const base = own?.book
    ? { book: own.book, hash: sha256(own.text), layers: [] }
    : readBundled(wanted[0] ?? newest(versions), files)
  const over = layers.filter(layer => layer !== own)
  const faults: Problem[] = []
  let { book } = base
  for (const { layer, locate } of over) {
    if (layer === null) continue
    const laid = layOver(book, layer)
    faults.push(...laid.faults.map(locate))
    book = laid.book
  }
  if (faults.length > 0) throw new InputError(faults)
  const hashes = over.map(({ name, text }) => ({ name, hash: sha256(text) }))
  return {
    book,
    hash: hashes.length === 0 ? base.hash : sha256([base.hash, ...hashes.map(({ hash }) => hash)].join('\n')),
    layers: hashes,
  }
}

const newest = (versions: readonly string[]): string => {
  const version = versions.at(-1)
  if (version === undefined) throw new Error('no price book ships with this package')
  return version
}

/** The fault of a name that the book does not have, with the bundled books that do; `null` where it has it. */
export const missingModel = (
  { book }: LoadedBook,
  name: string,
  files: Files,
  path?: readonly (string | number)[],
): Problem | null => {
  if (findModel(book, name)) return null
  const elsewhere = bundledVersions(files).filter(
    version => version !== book.version && findModel(readBundled(version, files).book, name),
  )
  const problem = unknownModel(book, name, elsewhere)
  return path ? at(path, problem) : problem
}
