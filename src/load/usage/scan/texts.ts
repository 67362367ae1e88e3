import { hashed, type Names } from './names.ts'

const [QUOTE, BACKSLASH, SPACE] = [34, 92, 32]

/** A chunk of lines that are being read. Places are counted from the beginning of the buffer that it lies in. */
export interface Page {
  chunk: Buffer
  /** Bytes of the buffer, one by one and four at a time. */
  all: Uint8Array
  words: Int32Array
  /** What was read last. */
  value: unknown
  readonly names: Names
  /** Short texts that have been read, each by its hash: most come again. */
  readonly known: (string | undefined)[]
}

/** How many texts are known at once: a power of 2. */
const MOST_KNOWN = 4096

export const newPage = (names: Names): Page => ({
  names,
  ...{ chunk: Buffer.alloc(0), all: new Uint8Array(), words: new Int32Array(), value: null },
  known: Array.from({ length: MOST_KNOWN }, () => undefined),
})

export const turnTo = (page: Page, chunk: Buffer): void => {
  if (page.chunk === chunk) return
  page.chunk = chunk
  page.all = new Uint8Array(chunk.buffer)
  page.words = new Int32Array(chunk.buffer, 0, chunk.buffer.byteLength >>> 2)
}

/** Whether a text of ASCII stands at a place, with its quote behind it. Most that differ do so at their end. */
export const isText = (text: string, all: Uint8Array, from: number): boolean => {
  if (all[from + text.length] !== QUOTE) return false
  for (let i = text.length - 1; i >= 0; i--) {
    const unit = text.charCodeAt(i)
    if (unit !== all[from + i] || unit === BACKSLASH || unit < SPACE || unit > 126) return false
  }
  return true
}

/** Longest text, in bytes, that is read byte by byte, and kept. */
const LONGEST_SHORT = 48

/** The text of short plain ASCII behind a quote; `null`: it is something else. */
export const shortText = ({ all, chunk, known }: Page, from: number): string | null => {
  let [i, hash] = [from, 0]
  for (let byte = all[i] as number; byte !== QUOTE; byte = all[++i] as number) {
    if (byte < SPACE || byte === BACKSLASH || byte > 126 || i - from >= LONGEST_SHORT) return null
    hash = hashed(hash, byte)
  }
  const place = (hash ^ (hash >>> 12)) & (MOST_KNOWN - 1)
  const likely = known[place]
  if (likely !== undefined && likely.length === i - from && isText(likely, all, from)) return likely
  const text = chunk.toString('latin1', from - chunk.byteOffset, i - chunk.byteOffset)
  known[place] = text
  return text
}

/** The bytes between two places, a character each. */
export const bytesBetween = ({ chunk }: Page, from: number, to: number): string =>
  chunk.toString('latin1', from - chunk.byteOffset, to - chunk.byteOffset)

/** The text of UTF-8 between two places. */
export const textBetween = ({ chunk }: Page, from: number, to: number): string =>
  chunk.toString('utf8', from - chunk.byteOffset, to - chunk.byteOffset)

/** Every byte of a word, and its highest bits. */
const [ONES, TOPS] = [0x01010101, 0x80808080 | 0]
const [QUOTES, BACKSLASHES, SPACES] = [QUOTE * ONES, BACKSLASH * ONES, SPACE * ONES]

/**
 * Whether a word may have a quote, a backslash or a control character, by the usual trick: a byte less 1 has a top bit
 * that the byte has not only if it is 0, or a borrow reached it.
 */
const mayEnd = (word: number): boolean => {
  const [quotes, backslashes] = [word ^ QUOTES, word ^ BACKSLASHES]
  const found = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word)
  return (found & TOPS) !== 0
}

/**
 * The place of the quote that ends a text of JSON; -1: it is not well formed.
 *
 * @param at - just behind the quote that begins it, in a line that ends in a newline
 */
export const endOfText = ({ all, words }: Page, at: number): number => {
  for (let i = at; ; ) {
    if ((i & 3) === 0) {
      let word = i >>> 2
      while (word < words.length && !mayEnd(words[word] as number)) word++
      i = word << 2
    }
    const byte = all[i] as number
    if (byte === QUOTE) return i
    if (byte === BACKSLASH) {
      i = endOfEscape(all, i + 1)
      if (i < 0) return -1
    } else if (byte < SPACE) return -1
    else i++
  }
}

/** What may follow a backslash, but `u`. */
const ESCAPES = new Uint8Array(256)
for (const letter of '"\\/bfnrt') ESCAPES[letter.charCodeAt(0)] = 1

const endOfEscape = (all: Uint8Array, at: number): number => {
  const letter = all[at] as number
  if (ESCAPES[letter] === 1) return at + 1
  if (letter !== 117) return -1
  for (let i = at + 1; i <= at + 4; i++) if (!isHex(all[i] as number)) return -1
  return at + 5
}

const isHex = (byte: number): boolean => (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102)
