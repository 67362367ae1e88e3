import type { Cell } from '../../../usage/reading/cell.ts'
import { all, byteAt } from './page.ts'
import { behind, hasPiece, lengthAt, type Pieces, piecesOf, startOf } from './pieces.ts'
import { passCell, readCell } from './read-cell.ts'
import { skipValue } from './skip.ts'

/** How lines are written that differ in some of their values alone. */
export interface Form {
  /** What stands before each value, and behind the last. */
  readonly pieces: Pieces
  /** Where each value goes; `null`: it is not wanted. */
  readonly places: readonly (Cell | null)[]
}

/** @param bytes - one more than there are places */
export const formOf = (bytes: readonly Uint8Array[], places: readonly (Cell | null)[]): Form => ({
  pieces: piecesOf(bytes),
  places,
})

/**
 * Reads a line of a form into its cells. What is outside its values is the same, byte for byte, as in a line that has
 * been read, and each value is checked: so the line is well formed.
 *
 * @param from - where a line begins on the page that ends in a newline
 * @returns the place of the newline; -1: it is of another form, or malformed
 */
export const matchForm = ({ pieces, places }: Form, from: number): number => {
  let piece = startOf(pieces)
  let i = from
  for (let s = 0; s < places.length; s++) {
    const length = lengthAt(piece)
    if (!hasPiece(piece, length, i)) return -1
    i += length
    piece = behind(piece, length)
    const cell = places[s] as Cell | null
    if (cell === null) i = skipValue(i, 0)
    // An object with keys of its own makes another form.
    else if (byteAt(i) === 123) return -1
    else i = cell.isIdle ? passCell(i, cell) : readCell(i, cell)
    if (i < 0) return -1
  }
  const length = lengthAt(piece)
  if (!hasPiece(piece, length, i)) return -1
  return byteAt(i + length) === NEWLINE ? i + length : -1
}

const NEWLINE = 10

/** The bytes of the values of a line that has been read as this form. */
export const valuesIn = ({ pieces, places }: Form, from: number): Uint8Array[] => {
  let i = from
  return places.map((_, s) => {
    const start = i + (pieces.bytes[s]?.length ?? 0)
    i = skipValue(start, 0)
    return all.slice(start, i)
  })
}
