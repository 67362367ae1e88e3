import { findModel } from '../cost/price-at.ts'
import { InputError, type Problem } from '../errors.ts'
import type { Files } from '../io.ts'
import type { Book, Layer } from '../model/book.ts'
import { bookSchema } from '../model/book-schema.ts'
import { bundledVersions, readBook } from './book.ts'
import { checkSchema } from './check-schema.ts'
import { BOOK_KEYS } from './layers.ts'
import { readText } from './read-text.ts'
import { parseSource } from './source.ts'

const LIMIT = 16 * 2 ** 20

/**
 * Reads one book or layer and holds it against its schema and a lint.
 * A layer is linted as the book that it makes, its own faults first.
 *
 * @throws {InputError} every finding, located in the file
 */
export const lintFile = async (
  name: string,
  files: Files,
  lint: (book: Book) => Problem[],
): Promise<{ book: Book; text: string }> => {
  const bundled = bundledVersions(files).includes(name)
  const text = bundled ? new TextDecoder().decode(files.shipped(`pricing/${name}.json`)) : readText(name, files, LIMIT)
  const source = parseSource(bundled ? `${name}.json` : name, text, BOOK_KEYS)
  const { data } = source
  const whole =
    typeof data === 'object' && data !== null && (!('extends' in data) || data.extends === 'none') && 'currency' in data
  if (whole) {
    const { extends: _, ...rest } = data as Record<string, unknown>
    const book: Book = checkSchema(bookSchema, { ...source, data: rest })
    const found = lint(book)
    if (found.length > 0) throw new InputError(found.map(source.locate))
    return { book, text }
  }
  const { book } = await readBook([name], files)
  const found = lint(book)
  if (found.length > 0) throw new InputError(found.map(problem => source.locate(inLayer(problem, book, data))))
  return { book, text }
}

/** A finding in the book that a layer makes, with the path of the layer's own row, where it is in one. */
const inLayer = (problem: Problem, book: Book, layer: unknown): Problem => {
  const [, i, , j, ...rest] = problem.path ?? []
  const model = book.models[Number(i)]
  const row = model?.prices[Number(j)]
  const own = (layer as Layer).models ?? []
  const at = own.findIndex(({ id }) => model !== undefined && findModel(book, id) === model)
  const rowAt = own[at]?.prices.findIndex(({ from, source }) => from === row?.from && source === row?.source) ?? -1
  return { ...problem, path: at < 0 ? [] : rowAt < 0 ? ['models', at] : ['models', at, 'prices', rowAt, ...rest] }
}
