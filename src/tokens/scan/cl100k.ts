import { contraction, digits, punctuation, whitespace } from './alternatives.ts'
import { classAt, isIn, LETTERS, NEWLINE, NUMBERS, SPACES, skip, widthOf } from './classes.ts'
import type { Scanner } from './scanner.ts'

/**
 * The expression of cl100k_base, and of those that changed little in it:
 *
 * `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 *
 * @param most - digits of a piece: 3, or 1 for Qwen
 * @param word - classes of a word: letters, with marks from Qwen 3.5 on
 * @see https://github.com/openai/tiktoken, tiktoken_ext/openai_public.py
 */
export const scanCl100k = ({ most, word = LETTERS }: { readonly most: 1 | 3; readonly word?: number }): Scanner => {
  const numbers = { set: NUMBERS, most }
  const rest = { set: ~(SPACES | word | LETTERS | NUMBERS), tail: 'lines' } as const
  return (bytes, at, end) => {
    const short = contraction(bytes, at, end)
    if (short > at) return short
    const first = classAt(bytes, at)
    if (isIn(word, first)) return skip(bytes, at, end, word)
    if (isIn(NUMBERS, first)) return digits(bytes, at, end, numbers)
    if (first !== NEWLINE) {
      const next = at + widthOf(bytes[at] ?? 0)
      const to = skip(bytes, next, end, word)
      if (to > next) return to
    }
    const marks = punctuation(bytes, at, end, rest)
    return marks > at ? marks : whitespace(bytes, at, end)
  }
}
