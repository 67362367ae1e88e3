import type { Tokenizer } from './tokenizer.ts'

// js-tiktoken merges a piece in time that grows with the square of its bytes: 10,000 without a break take 10 s.
const LONGEST_PIECE = 3000
const LONG_PIECE = 500
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
      let longest = ''
      for (const [piece] of text.matchAll(pieces)) {
        if (piece.length > longest.length) longest = piece
        // No character has more than three bytes for each of its UTF-16 units.
        if (piece.length * 3 > LONG_PIECE) work += bytes(piece) ** 2
      }
      return bytes(longest) > LONGEST_PIECE || work > WORK_LIMIT ? longest.length : null
    },
  }
}

const bytes = (text: string): number => new TextEncoder().encode(text).length
