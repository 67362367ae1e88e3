import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Book } from '../../../src/model/book/book.ts'
import { bookSchema } from '../../../src/model/book/book-schema.ts'
import { repository } from '../../fake-io.ts'

/** A released book, which never changes. */
export const readBundledBook = (version: string): Book =>
  bookSchema.parse(JSON.parse(readFileSync(join(repository, 'pricing', `${version}.json`), 'utf8')))
