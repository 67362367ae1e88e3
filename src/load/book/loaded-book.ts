import type { Book } from '../../model/book/book.ts'

/** A loaded book, and what results report about it. */
export interface LoadedBook {
  readonly book: Book
  /** The name that `--pricing` has for it: a version or a file. */
  readonly name: string
  /** sha256 of the book's bytes; with layers, of the hashes of all files in order. */
  readonly hash: string
  readonly layers: readonly { readonly name: string; readonly hash: string }[]
}
