import { CLASSES, classAt, isIn, NEWLINE, SPACES, skip, widthOf } from './classes.ts'

/** Alternatives that several split expressions share. Each returns the end of its match; `at`: it matches nothing. */

const SPACE_BYTE = 0x20
const LF = 0x0a
const CR = 0x0d
const SLASH = 0x2f
const APOSTROPHE = 0x27

/** Letters after an apostrophe, as lower-case ASCII: 's, 't, 'm, 'd. */
const isSingle = (letter: number): boolean => letter === 115 || letter === 116 || letter === 109 || letter === 100
/** 're, 've, 'll. */
const isDouble = (first: number, second: number): boolean =>
  (second === 101 && (first === 114 || first === 118)) || (first === 108 && second === 108)

/**
 * `(?i:'s|'t|'re|'ve|'m|'ll|'d)`. Without regard to case, ſ (U+017F) is an s too, as in the Rust references.
 *
 * @param anyCase - `false`: lower-case letters alone
 */
export const contraction = (bytes: Uint8Array, at: number, end: number, anyCase = true): number => {
  if (bytes[at] !== APOSTROPHE || at + 1 >= end) return at
  const fold = anyCase ? 0x20 : 0
  const first = (bytes[at + 1] ?? 0) | fold
  if (isSingle(first)) return at + 2
  if (at + 2 >= end) return at
  if (anyCase && bytes[at + 1] === 0xc5 && bytes[at + 2] === 0xbf) return at + 3
  return isDouble(first, (bytes[at + 2] ?? 0) | fold) ? at + 3 : at
}

/**
 * ` ?[…]+[\r\n]*`, the tail `[\r\n/]*` or none.
 *
 * @param set - the classes in the brackets
 */
export const punctuation = (
  bytes: Uint8Array,
  at: number,
  end: number,
  { set, tail }: { readonly set: number; readonly tail: 'lines' | 'slashes' | 'none' },
): number => {
  const from = bytes[at] === SPACE_BYTE ? at + 1 : at
  let to = skip(bytes, from, end, set)
  if (to === from) return at
  if (tail === 'none') return to
  while (to < end && (bytes[to] === LF || bytes[to] === CR || (bytes[to] === SLASH && tail === 'slashes'))) to++
  return to
}

/** `\p{N}{1,most}` */
export const digits = (
  bytes: Uint8Array,
  at: number,
  end: number,
  { set, most }: { readonly set: number; readonly most: number },
): number => {
  let to = at
  for (let count = 0; count < most && to < end && isIn(set, classAt(bytes, to)); count++) to += widthOf(bytes[to] ?? 0)
  return to
}

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the last line break of the run; else all of it but the last space before a word.
 *
 * @param lines - whether the expression has the first of these alternatives
 */
export const whitespace = (bytes: Uint8Array, at: number, end: number, lines = true): number => {
  let to = at
  let last = at
  let afterLine = at
  while (to < end) {
    const first = bytes[to] ?? 0
    const one = first < 0x80 ? (CLASSES[first] ?? 0) : classAt(bytes, to)
    if (!isIn(SPACES, one)) break
    last = to
    to += widthOf(first)
    if (one === NEWLINE) afterLine = to
  }
  if (lines && afterLine > at) return afterLine
  return to < end && last > at ? last : to
}
