import type { Tokenizer } from './tokenizer.ts'

// js-tiktoken merges a piece in time that grows with its length squared: 10,000 letters without a break take 10 s.
const WORK_LIMIT = 100_000_000

/** OpenAI's encodings, by js-tiktoken; one vocabulary is read, and only when text is counted. */
export const loadOpenAi = async (name: 'o200k_base' | 'cl100k_base'): Promise<Tokenizer> => {
  const [{ Tiktoken }, { default: ranks }] = await Promise.all([
    import('js-tiktoken/lite'),
    name === 'o200k_base' ? import('js-tiktoken/ranks/o200k_base') : import('js-tiktoken/ranks/cl100k_base'),
  ])
  const encoder = new Tiktoken(ranks)
  const pieces = new RegExp(ranks.pat_str, 'gu')
  return {
    name,
    exact: true,
    count: text => encoder.encode(text.toWellFormed(), [], []).length,
    tooHard: text => {
      let work = 0
      let longest = 0
      for (const [piece] of text.matchAll(pieces)) {
        if (piece.length > 100) work += piece.length ** 2
        longest = Math.max(longest, piece.length)
      }
      return work > WORK_LIMIT ? longest : null
    },
  }
}
