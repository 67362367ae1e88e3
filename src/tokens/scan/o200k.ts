import { contraction, digits, punctuation, whitespace } from './alternatives.ts'
import {
  classAt,
  HAN,
  isIn,
  LETTERS,
  LL,
  LM,
  LO,
  LT,
  LU,
  MARK,
  NEWLINE,
  NUMBERS,
  SPACES,
  setOf,
  skip,
  widthOf,
} from './classes.ts'
import type { Scanner } from './scanner.ts'

const UPPER = setOf(LU, LT, LM, LO, MARK)
const LOWER = setOf(LL, LM, LO, MARK)
/** Classes without their Han characters. */
const NOT_HAN = (1 << HAN) - 1

interface Options {
  /** Digits of a piece: 3, or 1 for Mistral. */
  readonly most: 1 | 3
  /** Whether `'s`, `'t` and others belong to the word before. */
  readonly contractions: boolean
  /** Kimi takes runs of Han characters first, and ends words at them. */
  readonly han?: boolean
  readonly tail: 'lines' | 'slashes'
}

/**
 * The expression of o200k_base, and of those that changed little in it: a word is upper case and then lower case, and
 * what has no case counts as both.
 *
 * `[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|` the same
 * with `+…*` for `*…+` `|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 *
 * @see https://github.com/openai/tiktoken, tiktoken_ext/openai_public.py
 */
export const scanO200k = ({ most, contractions, han = false, tail }: Options): Scanner => {
  const kept = han ? NOT_HAN : -1
  const wordAt = wordScanner(UPPER & kept, LOWER & kept)
  const numbers = { set: NUMBERS, most }
  const rest = { set: ~(SPACES | LETTERS | NUMBERS), tail }
  const withContraction: Scanner = (bytes, at, end) => (contractions ? contraction(bytes, at, end) : at)
  return (bytes, at, end) => {
    const first = classAt(bytes, at)
    if (han && first >= HAN) return skip(bytes, at, end, ~NOT_HAN)
    if (isIn(LETTERS, first)) return withContraction(bytes, wordAt(bytes, at, end), end)
    if (isIn(NUMBERS, first)) return digits(bytes, at, end, numbers)
    const word = first === NEWLINE ? at : afterPrefix(bytes, at, end, { wordAt, isMark: (first & ~HAN) === MARK })
    if (word > at) return withContraction(bytes, word, end)
    const marks = punctuation(bytes, at, end, rest)
    return marks > at ? marks : whitespace(bytes, at, end)
  }
}

interface Words {
  readonly wordAt: Word
  readonly isMark: boolean
}

/** A word behind one character of another kind. A mark may be that character, or the word's first. */
const afterPrefix = (bytes: Uint8Array, at: number, end: number, { wordAt, isMark }: Words): number => {
  const next = at + widthOf(bytes[at] ?? 0)
  const whole = next < end ? wordAt(bytes, next, end, isMark) : next
  if (whole > next) return whole
  return isMark ? wordAt(bytes, at, end) : at
}

type Word = (bytes: Uint8Array, at: number, end: number, lowerOnly?: boolean) => number

/**
 * The end of `U*L+`, else of `U+L*`, where classes may be in both sets.
 *
 * @param lowerOnly - tries `U*L+` alone: a mark before capitals is a word of its own by the first alternative
 */
const wordScanner =
  (upper: number, lower: number): Word =>
  (bytes, at, end, lowerOnly = false) => {
    let to = at
    let both = at
    while (to < end) {
      const one = classAt(bytes, to)
      if (!isIn(upper, one)) break
      to += widthOf(bytes[to] ?? 0)
      if (isIn(lower, one)) both = to
    }
    // The greedy run gives back capitals at its end until its last character may be lower case.
    const cased = skip(bytes, to, end, lower)
    if (cased > to) return cased
    if (both > at) return both
    return lowerOnly ? at : to
  }
