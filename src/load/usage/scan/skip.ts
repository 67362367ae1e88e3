import { byteAt } from './page.ts'
import { endOfText } from './texts.ts'

/** Deepest nesting that is scanned; what lies deeper is left to JSON.parse. */
export const MOST_DEPTH = 100

/** The next byte that is no white space; a newline ends the line and is none. */
export const next = (at: number): number => {
  let i = at
  for (let byte = byteAt(i); byte === 32 || byte === 9 || byte === 13; byte = byteAt(++i));
  return i
}

/** Skips a value, checking all of it. @returns the place behind it; -1: JSON.parse must decide */
export const skipValue = (at: number, depth: number): number => {
  switch (byteAt(at)) {
    case 34: {
      const end = endOfText(at + 1)
      return end < 0 ? -1 : end + 1
    }
    case 123:
      return depth < MOST_DEPTH ? skipObject(at, depth + 1) : -1
    case 91:
      return depth < MOST_DEPTH ? skipArray(at, depth + 1) : -1
    case 116:
    case 102:
    case 110:
      return skipWord(at)
    default:
      return skipNumber(at)
  }
}

const WORDS: Readonly<Record<number, Uint8Array>> = Object.fromEntries(
  ['true', 'false', 'null'].map(word => [word.charCodeAt(0), Uint8Array.from(Buffer.from(word))]),
)

/** Skips `true`, `false` or `null`. */
export const skipWord = (at: number): number => {
  const word = WORDS[byteAt(at)]
  if (!word) return -1
  for (let i = 1; i < word.length; i++) if (byteAt(at + i) !== word[i]) return -1
  return at + word.length
}

const skipObject = (at: number, depth: number): number => {
  let i = next(at + 1)
  if (byteAt(i) === 125) return i + 1
  for (;;) {
    if (byteAt(i) !== 34) return -1
    i = endOfText(i + 1)
    if (i < 0) return -1
    i = next(i + 1)
    if (byteAt(i) !== 58) return -1
    i = skipValue(next(i + 1), depth)
    if (i < 0) return -1
    i = next(i)
    if (byteAt(i) === 125) return i + 1
    if (byteAt(i) !== 44) return -1
    i = next(i + 1)
  }
}

const skipArray = (at: number, depth: number): number => {
  let i = next(at + 1)
  if (byteAt(i) === 93) return i + 1
  for (;;) {
    i = skipValue(i, depth)
    if (i < 0) return -1
    i = next(i)
    if (byteAt(i) === 93) return i + 1
    if (byteAt(i) !== 44) return -1
    i = next(i + 1)
  }
}

const skipDigits = (at: number): number => {
  let i = at
  for (let byte = byteAt(i); byte >= 48 && byte <= 57; byte = byteAt(++i));
  return i === at ? -1 : i
}

export const skipNumber = (at: number): number => {
  const start = byteAt(at) === 45 ? at + 1 : at
  let i = skipDigits(start)
  if (i < 0 || (byteAt(start) === 48 && i > start + 1)) return -1
  if (byteAt(i) === 46) i = skipDigits(i + 1)
  if (i < 0 || (byteAt(i) | 32) !== 101) return i
  const sign = byteAt(i + 1)
  return skipDigits(sign === 43 || sign === 45 ? i + 2 : i + 1)
}
