import { offerAt } from '../../cost/rates/price-at.ts'
import { collect } from '../../errors/index.ts'
import type { LoadedBook } from '../book/loaded-book.ts'

export type Offers = ReturnType<typeof offerAt> | null

/** The offer of a model at a moment, ms since 1970; `null` where the book has none. */
export const ruleFinder =
  ({ book }: LoadedBook) =>
  (name: string | null, at: number): Offers =>
    name === null ? null : (collect([], () => offerAt(book, name, new Date(at).toISOString())) ?? null)
