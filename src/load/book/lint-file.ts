import { lintBook } from '../../book/lint-book.ts'
import { InputError } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Book } from '../../model/book/book.ts'
import { bookSchema } from '../../model/book/book-schema.ts'
import { checkSchema } from '../source/check-schema.ts'
import { inFileOrder } from '../source/places.ts'
import { parseSource } from '../source/source.ts'
import { bundledPaths, readBook } from './book.ts'

/**
 * Lints a bundled book, which other commands do not check, or a user's file, which every command checks.
 *
 * @throws {InputError} every finding, located in the file
 */
export const lintFile = async (name: string, files: Files): Promise<Book> => {
  // Unlike elsewhere, a name without a dot or a slash may also be an existing file.
  const path = /[./\\]/.test(name) || files.kind(name) === null ? name : `./${name}`
  const bundled = bundledPaths(files).get(name)
  if (bundled === undefined) return (await readBook([path], files)).book
  const source = parseSource(`${name}.json`, new TextDecoder().decode(files.shipped(bundled)), 'always')
  const book = checkSchema(bookSchema, source)
  const found = lintBook(book)
  if (found.length > 0) throw new InputError(inFileOrder(found.map(source.locate)))
  return book
}
