import { endOfText, type Page } from './texts.ts'

/** Deepest nesting that is scanned; what lies deeper is left to JSON.parse. */
export const MOST_DEPTH = 100

/** The next byte that is no white space; a newline ends the line and is none. */
export const next = (all: Uint8Array, at: number): number => {
  let i = at
  for (let byte = all[i]; byte === 32 || byte === 9 || byte === 13; byte = all[++i]);
  return i
}

/** Skips a value, checking all of it. @returns the place behind it; -1: JSON.parse must decide */
export const skipValue = (page: Page, at: number, depth: number): number => {
  switch (page.all[at]) {
    case 34: {
      const end = endOfText(page, at + 1)
      return end < 0 ? -1 : end + 1
    }
    case 123:
      return depth < MOST_DEPTH ? skipObject(page, at, depth + 1) : -1
    case 91:
      return depth < MOST_DEPTH ? skipArray(page, at, depth + 1) : -1
    case 116:
    case 102:
    case 110:
      return skipWord(page.all, at)
    default:
      return skipNumber(page.all, at)
  }
}

const WORDS: Readonly<Record<number, Uint8Array>> = Object.fromEntries(
  ['true', 'false', 'null'].map(word => [word.charCodeAt(0), Uint8Array.from(Buffer.from(word))]),
)

/** Skips `true`, `false` or `null`. */
export const skipWord = (all: Uint8Array, at: number): number => {
  const word = WORDS[all[at] as number]
  if (!word) return -1
  for (let i = 1; i < word.length; i++) if (all[at + i] !== word[i]) return -1
  return at + word.length
}

const skipObject = (page: Page, at: number, depth: number): number => {
  const { all } = page
  let i = next(all, at + 1)
  if (all[i] === 125) return i + 1
  for (;;) {
    if (all[i] !== 34) return -1
    i = endOfText(page, i + 1)
    if (i < 0) return -1
    i = next(all, i + 1)
    if (all[i] !== 58) return -1
    i = skipValue(page, next(all, i + 1), depth)
    if (i < 0) return -1
    i = next(all, i)
    if (all[i] === 125) return i + 1
    if (all[i] !== 44) return -1
    i = next(all, i + 1)
  }
}

const skipArray = (page: Page, at: number, depth: number): number => {
  const { all } = page
  let i = next(all, at + 1)
  if (all[i] === 93) return i + 1
  for (;;) {
    i = skipValue(page, i, depth)
    if (i < 0) return -1
    i = next(all, i)
    if (all[i] === 93) return i + 1
    if (all[i] !== 44) return -1
    i = next(all, i + 1)
  }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

const skipDigits = (all: Uint8Array, at: number): number => {
  let i = at
  while (isDigit(all[i])) i++
  return i === at ? -1 : i
}

export const skipNumber = (all: Uint8Array, at: number): number => {
  const start = all[at] === 45 ? at + 1 : at
  let i = skipDigits(all, start)
  if (i < 0 || (all[start] === 48 && i > start + 1)) return -1
  if (all[i] === 46) i = skipDigits(all, i + 1)
  if (i < 0 || ((all[i] as number) | 32) !== 101) return i
  const sign = all[i + 1]
  return skipDigits(all, sign === 43 || sign === 45 ? i + 2 : i + 1)
}
