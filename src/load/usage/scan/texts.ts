import { buffer, byteAt, view } from './page.ts'

const [QUOTE, BACKSLASH, SPACE] = [34, 92, 32]

interface KnownText {
  readonly text: string
  /** Bytes that it is written with. */
  readonly length: number
  /** They, four a word; the last word has the last four, however many it shares. */
  readonly words: Int32Array
}

/** How many texts are known at once: a power of 2. */
const [KNOWN_BITS, MOST_KNOWN] = [12, 4096]

/** Short texts that have been read, each by a number made of some of its bytes: most come again. */
const known: (KnownText | undefined)[] = Array.from({ length: MOST_KNOWN }, () => undefined)

/** Shortest and longest texts, in bytes, that are kept. */
const [SHORTEST, LONGEST] = [4, 48]

/** The text of JSON between two places, which are those of its quotes. */
export const textIn = (from: number, to: number): string => {
  const length = to - from
  if (length < SHORTEST || length > LONGEST) return anyText(from, to)
  const [last, middle] = [to - 4, from + (length >>> 1) - 2]
  const hash = mixed(mixed(view.getInt32(last, true), view.getInt32(middle, true)), view.getInt32(from, true) ^ length)
  const place = hash >>> (32 - KNOWN_BITS)
  const likely = known[place]
  if (likely !== undefined && likely.length === length && hasWords(from, likely)) return likely.text
  const words = Int32Array.from({ length: Math.ceil(length / 4) }, (_, i) =>
    view.getInt32(Math.min(from + i * 4, last), true),
  )
  const text = anyText(from, to)
  known[place] = { text, length, words }
  return text
}

const mixed = (hash: number, word: number): number => Math.imul(Math.imul(hash, 0x85ebca6b) ^ word, 0x9e3779b1)

const hasWords = (from: number, { length, words }: KnownText): boolean => {
  const last = words.length - 1
  for (let i = 0; i < last; i++) if (view.getInt32(from + i * 4, true) !== words[i]) return false
  return view.getInt32(from + length - 4, true) === words[last]
}

const anyText = (from: number, to: number): string => {
  const found = textBetween(from, to)
  return found.includes('\\') ? JSON.parse(`"${found}"`) : found
}

/** The bytes between two places, a character each. */
export const bytesBetween = (from: number, to: number): string => buffer.toString('latin1', from, to)

/** The text of UTF-8 between two places. */
export const textBetween = (from: number, to: number): string => buffer.toString('utf8', from, to)

/** Every byte of a word, and its highest bits. */
const [ONES, TOPS] = [0x01010101, 0x80808080 | 0]
const [TWOS, BACKSLASHES, UP_TO_SPACE] = [2 * ONES, BACKSLASH * ONES, (SPACE + 1) * ONES]

/**
 * The top bits of the bytes of a word that end a text, or may: a quote, a backslash, a control character. A byte less
 * another has a top bit that it did not have only if it is smaller. With its second bit turned over, a quote is a space,
 * and what is smaller stays so. A borrow reaches only bytes above one that is found: so the lowest bit is right.
 */
const endsIn = (word: number): number => (((word ^ TWOS) - UP_TO_SPACE) | ((word ^ BACKSLASHES) - ONES)) & ~word & TOPS

/** The number of the byte that has the lowest bit of a word, which is not 0. */
const lowestByte = (word: number): number => (31 - Math.clz32(word & -word)) >>> 3

/**
 * The place of the quote that ends a text of JSON; -1: it is not well formed.
 *
 * @param at - just behind the quote that begins it, in a line that ends in a newline
 */
export const endOfText = (at: number): number => {
  for (let i = at; ; ) {
    let ends = endsIn(view.getInt32(i, true))
    for (; ends === 0; ends = endsIn(view.getInt32(i, true))) i += 4
    i += lowestByte(ends)
    const byte = byteAt(i)
    if (byte === QUOTE) return i
    if (byte !== BACKSLASH) return -1
    i = endOfEscape(i + 1)
    if (i < 0) return -1
  }
}

/** What may follow a backslash, but `u`. */
const ESCAPES = new Uint8Array(256)
for (const letter of '"\\/bfnrt') ESCAPES[letter.charCodeAt(0)] = 1

const endOfEscape = (at: number): number => {
  const letter = byteAt(at)
  if (ESCAPES[letter] === 1) return at + 1
  if (letter !== 117) return -1
  for (let i = at + 1; i <= at + 4; i++) if (!isHex(byteAt(i))) return -1
  return at + 5
}

const isHex = (byte: number): boolean => (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102)
