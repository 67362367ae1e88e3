/** A place in a text, from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** Where a text begins. */
export const START: TextPlace = { line: 1, column: 1 }

/** The place behind a further piece of a text. */
export const placeAfter = ({ line, column }: TextPlace, piece: string): TextPlace => {
  let lines = 0
  for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', end + 1)) lines += 1
  return lines === 0
    ? { line, column: column + piece.length }
    : { line: line + lines, column: piece.length - piece.lastIndexOf('\n') }
}
