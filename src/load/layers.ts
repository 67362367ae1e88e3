import { InputError, type Problem, problems } from '../errors.ts'
import type { Book, Layer } from '../model/book.ts'
import { bookSchema, layerSchema } from '../model/book-schema.ts'
import { checkSchema } from './check-schema.ts'
import { parseSource } from './source.ts'

/** A price file of the user's: a layer over a bundled book, or (`extends: none`) a book of its own. */
export interface OwnFile {
  readonly name: string
  readonly text: string
  readonly layer: Layer | null
  readonly book: Book | null
  locate(problem: Problem): Problem
}

/**
 * Reads the user's own price files, all their faults at once.
 *
 * @throws {InputError} the faults, located
 */
export const readLayers = (paths: readonly string[], read: (path: string) => string): OwnFile[] => {
  const faults: Problem[] = []
  const layers: OwnFile[] = []
  for (const path of paths) {
    try {
      layers.push(readOwn(path, read(path)))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems)
    }
  }
  const books = layers.filter(({ book }) => book !== null)
  if (books.length > 1) faults.push(problems.twoBooks(books.map(({ name }) => name)))
  if (faults.length > 0) throw new InputError(faults)
  return layers
}

/** Keys at the top of a price file, a layer or a whole book. */
export const BOOK_KEYS: readonly string[] = Object.keys({ ...bookSchema.shape, ...layerSchema.shape })

const readOwn = (name: string, text: string): OwnFile => {
  const source = parseSource(name, text, BOOK_KEYS)
  const { data, locate } = source
  if (typeof data === 'object' && data !== null && 'extends' in data && data.extends === 'none') {
    const { extends: _, ...rest } = data
    return { name, text, layer: null, book: checkSchema(bookSchema, { ...source, data: rest }), locate }
  }
  return { name, text, layer: checkSchema(layerSchema, source), book: null, locate }
}
