import { all, byteAt, KEPT, LINES, view } from './page.ts'

/** Runs of bytes that follow each other in lines, with values between them. */
export interface Pieces {
  readonly bytes: readonly Uint8Array[]
  /** Bytes of all, with their lengths. */
  readonly size: number
  /** Where they lie on the page, if nothing else has been put there since. */
  start: number
  round: number
}

/** Bytes that the length of a piece takes, in front of it. */
const LENGTH = 4

/** The next free place on the page, and how often it has been filled. */
let free = LINES
let round = 1

export const piecesOf = (bytes: readonly Uint8Array[]): Pieces => ({
  bytes,
  size: bytes.reduce((sum, { length }) => sum + length + LENGTH, 0),
  start: LINES,
  round: 0,
})

export const havePlace = ({ size }: Pieces): boolean => size <= KEPT

/** Where pieces lie on the page. They are put there if they do not: when it is full, all others make room. */
export const startOf = (pieces: Pieces): number => (pieces.round === round ? pieces.start : put(pieces))

const put = (pieces: Pieces): number => {
  if (free + pieces.size > LINES + KEPT) {
    free = LINES
    round++
  }
  pieces.start = free
  pieces.round = round
  for (const piece of pieces.bytes) {
    view.setInt32(free, piece.length, true)
    all.set(piece, free + LENGTH)
    free += LENGTH + piece.length
  }
  return pieces.start
}

/** Bytes that the piece at a place has. */
export const lengthAt = (piece: number): number => view.getInt32(piece, true)

/** Where the piece behind one of a length is. */
export const behind = (piece: number, length: number): number => piece + LENGTH + length

/** Whether the piece at a place, of a length, stands at another as well. */
export const hasPiece = (piece: number, length: number, at: number): boolean => {
  const from = piece + LENGTH
  if (length >= 8) {
    const [last, ahead] = [from + length - 8, at - from]
    for (let i = from; i < last; i += 8) if (!isSame(i, i + ahead)) return false
    return isSame(last, last + ahead)
  }
  if (length >= 4) {
    const last = length - 4
    return (
      view.getInt32(from, true) === view.getInt32(at, true) &&
      view.getInt32(from + last, true) === view.getInt32(at + last, true)
    )
  }
  for (let i = 0; i < length; i++) if (byteAt(from + i) !== byteAt(at + i)) return false
  return true
}

/** Whether eight bytes are the same. As numbers, two may be equal whose bytes differ, if they are 0; NaN is not itself. */
const isSame = (one: number, other: number): boolean => {
  const number = view.getFloat64(one, true)
  return number === view.getFloat64(other, true)
    ? number !== 0 || hasBytes(one, other)
    : Number.isNaN(number) && hasBytes(one, other)
}

const hasBytes = (one: number, other: number): boolean =>
  view.getInt32(one, true) === view.getInt32(other, true) &&
  view.getInt32(one + 4, true) === view.getInt32(other + 4, true)
