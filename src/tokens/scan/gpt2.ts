import { contraction, digits, punctuation, whitespace } from './alternatives.ts'
import { classAt, isIn, LETTERS, NUMBERS, SPACES, skip } from './classes.ts'
import type { Scanner } from './scanner.ts'

const REST = { set: ~(SPACES | LETTERS | NUMBERS), tail: 'none' } as const
const ONE = { set: NUMBERS, most: 1 }
const SPACE_BYTE = 0x20

/**
 * GPT-2's expression: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
 *
 * @param singly - whether each digit is split off first, as Command R does: a space before one stays alone
 */
export const scanGpt2 =
  ({ singly }: { readonly singly: boolean }): Scanner =>
  (bytes, at, end) => {
    const first = classAt(bytes, at)
    if (singly && isIn(NUMBERS, first)) return digits(bytes, at, end, ONE)
    const short = contraction(bytes, at, end, false)
    if (short > at) return short
    const from = bytes[at] === SPACE_BYTE ? at + 1 : at
    const word = skip(bytes, from, end, LETTERS)
    if (word > from) return word
    const number = skip(bytes, from, end, NUMBERS)
    if (number > from && !singly) return number
    const marks = punctuation(bytes, at, end, REST)
    if (marks > at) return marks
    // Digits that were split off end the text for the spaces before them.
    const run = singly ? skip(bytes, at, end, SPACES) : at
    return run > at && run < end && isIn(NUMBERS, classAt(bytes, run)) ? run : whitespace(bytes, at, end, false)
  }
