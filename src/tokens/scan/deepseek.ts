import { digits, punctuation, whitespace } from './alternatives.ts'
import {
  classAt,
  codePointAt,
  isIn,
  LETTERS,
  MARK,
  NEWLINE,
  NUMBERS,
  PUNCTUATION,
  SPACES,
  SYMBOL,
  setOf,
  skip,
  widthOf,
} from './classes.ts'
import type { Scanner } from './scanner.ts'

const WORD = LETTERS | setOf(MARK)
const MARKS = { set: setOf(PUNCTUATION, SYMBOL), tail: 'lines' } as const
const NOT_PREFIX = LETTERS | setOf(NEWLINE) | MARKS.set
const THREE = { set: NUMBERS, most: 3 }

/**
 * DeepSeek's three splits, one within the other: `\p{N}{1,3}`; `[一-龥぀-ゟ゠-ヿ]+`; and
 * ``[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+``
 *
 * What no alternative matches stays a piece.
 *
 * @returns a scanner for one text, which it must be given from its beginning on
 * @see pre_tokenizer in tokenizer.json of DeepSeek-V3
 */
export const scanDeepSeek = (): Scanner => {
  // What the first two splits left whole: the third does not see what stands around it.
  let text: Uint8Array | null = null
  let from = 0
  let to = 0
  return (bytes, at, end) => {
    if (text !== bytes || at < from || at >= to || to > end) {
      text = bytes
      from = at
      to = segmentEnd(bytes, at, end)
    }
    return isIn(NUMBERS, classAt(bytes, at)) ? to : pieceEnd(bytes, at, to)
  }
}

/** The end of three digits, of a run of kana and Han, or of what is neither. */
const segmentEnd = (bytes: Uint8Array, at: number, end: number): number => {
  const three = digits(bytes, at, end, THREE)
  if (three > at) return three
  const kana = isKanaOrHan(bytes, at)
  let to = at
  while (to < end) {
    const first = bytes[to] ?? 0
    if (first < 0x80 ? kana || isDigit(first) : isKanaOrHan(bytes, to) !== kana || isIn(NUMBERS, classAt(bytes, to)))
      return to
    to += widthOf(first)
  }
  return to
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

const isKanaOrHan = (bytes: Uint8Array, at: number): boolean => {
  const first = bytes[at] ?? 0
  // U+3000 to U+9FFF have a first byte of E3 to E9.
  if (first < 0xe3 || first > 0xe9) return false
  const code = codePointAt(bytes, at, first)
  return (code >= 0x4e00 && code <= 0x9fa5) || (code >= 0x3040 && code <= 0x30ff)
}

const pieceEnd: Scanner = (bytes, at, end) => {
  const first = bytes[at] ?? 0
  if (isAsciiMark(first)) {
    const word = skipAsciiLetters(bytes, at + 1, end)
    if (word > at + 1) return word
  }
  const known = match(bytes, at, end)
  if (known > at) return known
  // Characters that nothing matches are one piece up to the next match.
  let to = at + widthOf(first)
  while (to < end && match(bytes, to, end) === to) to += widthOf(bytes[to] ?? 0)
  return to
}

/** The alternatives from the second on. */
const match: Scanner = (bytes, at, end) => {
  const first = classAt(bytes, at)
  if (isIn(WORD, first)) return skip(bytes, at, end, WORD)
  if (!isIn(NOT_PREFIX, first)) {
    const next = at + widthOf(bytes[at] ?? 0)
    const word = skip(bytes, next, end, WORD)
    if (word > next) return word
  }
  const marks = punctuation(bytes, at, end, MARKS)
  if (marks > at) return marks
  return isIn(SPACES, first) ? whitespace(bytes, at, end) : at
}

const isAsciiLetter = (byte: number): boolean => (byte | 0x20) >= 97 && (byte | 0x20) <= 122

const isAsciiMark = (byte: number): boolean => byte > 0x20 && byte < 0x7f && !isDigit(byte) && !isAsciiLetter(byte)

const skipAsciiLetters: Scanner = (bytes, at, end) => {
  let to = at
  while (to < end && isAsciiLetter(bytes[to] ?? 0)) to++
  return to
}
