import type { CatalogueUsed } from '../../cost/result/notes/name-notes.ts'
import type { Book } from '../../model/book/book.ts'
import type { OwnTokenizers } from './own-tokenizer.ts'

/** What texts are counted by: models name their tokenizers. */
export interface CountedBy {
  readonly book: Book
  /** Tokenizer files that models of the user's files have; left out: there are none. */
  readonly tokenizers?: OwnTokenizers
}

/** A loaded price book, with the name and hashes that results report. */
export interface LoadedBook extends CountedBy {
  /** The name as given to `--pricing`: a version or a file. */
  readonly name: string
  /** sha256 of the book's bytes or, with layers, of the hashes of all files in order. */
  readonly hash: string
  readonly layers: readonly { readonly name: string; readonly hash: string }[]
  /** The catalogue whose models the book has as well; left out: it has none of them. */
  readonly catalogue?: CatalogueUsed
  /** The whole catalogue, if it was searched. */
  readonly beyond?: Book
}
