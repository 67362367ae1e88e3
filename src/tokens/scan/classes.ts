import { CLASS_RUNS } from './class-runs.ts'

/** Classes of code points that split expressions name. Han characters have 16 added. */
export const LU = 1
export const LT = 2
export const LM = 3
export const LO = 4
export const LL = 5
export const MARK = 6
export const NUMBER = 7
export const PUNCTUATION = 8
export const SYMBOL = 9
/** White_Space but for CR and LF, as the Rust references have it: U+0085 is one, U+FEFF is none. */
export const SPACE = 10
export const NEWLINE = 11
export const HAN = 16

/** A set of classes as bits. @param classes - each also stands for its Han characters */
export const setOf = (...classes: readonly number[]): number =>
  classes.reduce((set, one) => set | (1 << one) | (1 << (one + HAN)), 0)

export const LETTERS: number = setOf(LU, LT, LM, LO, LL)
export const NUMBERS: number = setOf(NUMBER)
export const SPACES: number = setOf(SPACE, NEWLINE)

const decodeClasses = (): Uint8Array => {
  const classes = new Uint8Array(0x110000)
  let at = 0
  let length = 0
  for (let i = 0; i < CLASS_RUNS.length; i++) {
    const letter = CLASS_RUNS.charCodeAt(i)
    // A capital ends a run; digits, and small letters from 10 on, are its length in base 36.
    if (letter < 0x41 || letter > 0x5a) length = length * 36 + (letter < 0x3a ? letter - 0x30 : letter - 0x57)
    else {
      const end = at + (length === 0 ? 1 : length)
      classes.fill(letter - 0x41, at, end)
      at = end
      length = 0
    }
  }
  return classes
}

/** The class of every code point, frozen: counts do not change with the Node version. */
export const CLASSES: Uint8Array = decodeClasses()

/** Bytes of the UTF-8 character that begins with this byte. */
export const widthOf = (first: number): number => {
  if (first < 0x80) return 1
  if (first < 0xe0) return 2
  return first < 0xf0 ? 3 : 4
}

/** The class of the character that begins there. @param bytes - well-formed UTF-8 */
export const classAt = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at] ?? 0
  if (first < 0x80) return CLASSES[first] ?? 0
  return CLASSES[codePointAt(bytes, at, first)] ?? 0
}

/** The code point of a character of two bytes or more. */
export const codePointAt = (bytes: Uint8Array, at: number, first: number): number => {
  const second = (bytes[at + 1] ?? 0) & 0x3f
  if (first < 0xe0) return ((first & 0x1f) << 6) | second
  const third = (bytes[at + 2] ?? 0) & 0x3f
  if (first < 0xf0) return ((first & 0x0f) << 12) | (second << 6) | third
  return ((first & 0x07) << 18) | (second << 12) | (third << 6) | ((bytes[at + 3] ?? 0) & 0x3f)
}

/** Whether a class belongs to a set. */
export const isIn = (set: number, one: number): boolean => ((set >>> one) & 1) === 1

/** The end of the run of characters of these classes that begins there. */
export const skip = (bytes: Uint8Array, from: number, end: number, set: number): number => {
  let at = from
  while (at < end) {
    const first = bytes[at] ?? 0
    if (first < 0x80) {
      if (!isIn(set, CLASSES[first] ?? 0)) return at
      at++
    } else {
      if (!isIn(set, CLASSES[codePointAt(bytes, at, first)] ?? 0)) return at
      at += widthOf(first)
    }
  }
  return at
}
