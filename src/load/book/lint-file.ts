import { lintBook } from '../../book/lint/lint-book.ts'
import { type Note, noteFile, noteOwnBook } from '../../book/lint/lint-notes.ts'
import { collectLater, InputError, type Problem } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Book, Layer } from '../../model/book/book.ts'
import { bookSchema } from '../../model/book/book-schema.ts'
import { checkSchema } from '../source/check-schema.ts'
import { inFileOrder } from '../source/places.ts'
import { parseSource } from '../source/source.ts'
import { bundledPaths, bundledVersions, readBook, readOwnFile } from './book.ts'
import { readCatalogue } from './catalogue.ts'

/** A price file without errors: the book that results, and what looks odd in the file. */
export interface Linted {
  readonly book: Book
  readonly notes: readonly Note[]
}

/**
 * Lints a bundled book, which other commands do not check, or a user's file, which every command checks.
 *
 * @param today - YYYY-MM-DD, for notes on age
 * @throws {InputError} every finding, located in the file
 */
export const lintFile = async (name: string, files: Files, today: string): Promise<Linted> => {
  const path = pathOf(name, files)
  const bundled = bundledPaths(files).get(name)
  if (bundled === undefined) {
    const { book, tokenizers } = await readBook([path], files)
    const faults: Problem[] = []
    for (const one of tokenizers?.values() ?? []) await collectLater(faults, () => one.load())
    if (faults.length > 0) throw new InputError(faults)
    const { file, below } = await readWritten(path, files)
    return { book, notes: noteFile({ file, book, below, today }) }
  }
  const source = parseSource(`${name}.json`, new TextDecoder().decode(files.shipped(bundled)), 'always')
  const book = checkSchema(bookSchema, source)
  const found = lintBook(book)
  if (found.length > 0) throw new InputError(inFileOrder(found.map(source.locate)))
  // An older book never changes again, so nothing in it is worth a look.
  if (name !== bundledVersions(files).at(-1)) return { book, notes: [] }
  const catalogue = readCatalogue(files)?.book ?? null
  return {
    book,
    notes: [...noteFile({ file: book, book, below: null, today }), ...noteOwnBook(book, { catalogue, today })],
  }
}

/** Unlike elsewhere, a name without a dot or a slash may also be an existing file. */
const pathOf = (name: string, files: Files): string =>
  /[./\\]/.test(name) || files.kind(name) === null ? name : `./${name}`

/** What a user's file says, and the book below it; `null`: it is a book of its own. */
export const readWritten = async (
  path: string,
  files: Files,
): Promise<{ readonly file: Layer; readonly below: Book | null }> => {
  const { layer, heading } = await readOwnFile(path, files)
  if (heading !== null) return { file: layer, below: null }
  const { book } = await readBook(layer.extends === undefined ? [] : [layer.extends], files)
  return { file: layer, below: book }
}
