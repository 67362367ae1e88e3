import { refuseLongRuns } from './refuse-long-runs.ts'
import type { Tokenizer } from './tokenizer.ts'

// In js-tiktoken the time to merge a piece grows with the square of its bytes: 10,000 unbroken bytes take 10 s, and
// megabytes of Chinese without punctuation take minutes.
const LIMITS = { piece: 3000, work: 300_000_000, cost: (bytes: number) => bytes ** 2 }

/** The encoding of an OpenAI model according to js-tiktoken, whether or not a price book has the model. */
export const encodingOf = async (model: string): Promise<string | null> => {
  const { getEncodingNameForModel } = await import('js-tiktoken/lite')
  try {
    return getEncodingNameForModel(model as Parameters<typeof getEncodingNameForModel>[0])
  } catch {
    return null
  }
}

/** OpenAI's encodings, run by js-tiktoken; only one vocabulary is loaded, and only when text is counted. */
export const loadOpenAi = async (name: 'o200k_base' | 'cl100k_base'): Promise<Tokenizer> => {
  const [{ Tiktoken }, { default: ranks }] = await Promise.all([
    import('js-tiktoken/lite'),
    name === 'o200k_base' ? import('js-tiktoken/ranks/o200k_base') : import('js-tiktoken/ranks/cl100k_base'),
  ])
  const encoder = new Tiktoken(ranks)
  const pieces = new RegExp(ranks.pat_str, 'gu')
  return {
    count: text => {
      refuseLongRuns(text, pieces, LIMITS)
      return encoder.encode(text.toWellFormed(), [], []).length
    },
  }
}
