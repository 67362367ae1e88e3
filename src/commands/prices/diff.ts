import { diffBooks } from '../../book/diff-books.ts'
import { disagreements } from '../../book/lint/disagree.ts'
import type { Io } from '../../io.ts'
import { bundledVersions, readBook, readOwnFile } from '../../load/book/book.ts'
import type { LoadedBook } from '../../load/book/loaded-book.ts'
import type { Sheet } from '../../report/blocks/sheet.ts'
import { diffSheet } from '../../report/sheets/diff.ts'

type Typed = readonly [typed: string, loaded: LoadedBook]

/** `dsprice prices diff`: what changed between two books; a file over no book in particular is laid over the first. */
export const diff = async (io: Io, [a = '', b = '']: readonly string[]): Promise<Sheet> => {
  const isBundled = (name: string): boolean => bundledVersions(io).includes(name)
  const first = await readBook([a], io)
  const own = isBundled(b) || !/[./\\]/.test(b) ? null : await readOwnFile(b, io)
  const isFree = own?.heading === null && own.layer.extends === undefined && isBundled(a)
  const second = await readBook(isFree ? [a, b] : [b], io)
  const differing = own === null ? [] : disagreements(first.book, own.layer)
  return diffSheet(headsOf([a, first], [b, second]), diffBooks(first.book, second.book), differing)
}

/** Headings for two books: the version, or the typed name of a layered one; both as typed if they would be equal. */
const headsOf = (a: Typed, b: Typed): readonly [string, string] => {
  const bookName = ([typed, { book, layers }]: Typed): string => (layers.length > 0 ? typed : book.version)
  return bookName(a) === bookName(b) && a[0] !== b[0] ? [a[0], b[0]] : [bookName(a), bookName(b)]
}
