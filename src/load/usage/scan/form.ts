import type { Cell } from '../../../usage/reading/cell.ts'
import { hasPiece, type Pieces, packPieces } from './pieces.ts'
import { passCell, readCell } from './read-cell.ts'
import { skipValue } from './skip.ts'
import type { Page } from './texts.ts'

/** How lines are written that differ in some of their values alone. */
export interface Form {
  /** What stands before each value, and behind the last. */
  readonly bytes: readonly Uint8Array[]
  readonly pieces: Pieces
  /** Where each value goes; `null`: it is not wanted. */
  readonly places: readonly (Cell | null)[]
}

/** @param bytes - one more than there are places */
export const formOf = (bytes: readonly Uint8Array[], places: readonly (Cell | null)[]): Form => ({
  bytes,
  pieces: packPieces(bytes),
  places,
})

/**
 * Reads a line of a form into its cells. What is outside its values is the same, byte for byte, as in a line that has
 * been read, and each value is checked: so the line is well formed.
 *
 * @param from - where a line begins that ends in a newline
 * @returns the place of the newline; -1: it is of another form, or malformed
 */
export const matchForm = ({ pieces, places }: Form, page: Page, from: number): number => {
  const { words, all } = page
  let i = from
  for (let s = 0; s < places.length; s++) {
    if (!hasPiece(pieces, s, words, i)) return -1
    i += pieces.lengths[s] as number
    const cell = places[s] as Cell | null
    if (cell === null) i = skipValue(page, i, 0)
    // An object with keys of its own makes another form.
    else if (all[i] === 123) return -1
    else i = cell.isIdle ? passCell(page, i, cell) : readCell(page, i, cell)
    if (i < 0) return -1
  }
  if (!hasPiece(pieces, places.length, words, i)) return -1
  i += pieces.lengths[places.length] as number
  return all[i] === NEWLINE ? i : -1
}

const NEWLINE = 10

/** The bytes of the values of a line that has been read as this form. */
export const valuesIn = ({ bytes, places }: Form, page: Page, from: number): Uint8Array[] => {
  let i = from
  return places.map((_, s) => {
    const start = i + (bytes[s]?.length ?? 0)
    i = skipValue(page, start, 0)
    return page.all.slice(start, i)
  })
}
