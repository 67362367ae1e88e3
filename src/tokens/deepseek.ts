import { refuseLongRuns } from './refuse-long-runs.ts'
import type { Tokenizer } from './tokenizer.ts'

// Linear, but an unbroken megabyte takes 10 s; pieces of a few hundred bytes are merged at 0.4 MB/s.
const LIMITS = { piece: 300_000, work: 1_000_000, cost: (bytes: number) => (bytes > 1000 ? bytes : 0) }

/** Runs that the pre-tokenizer may not split: letters and marks, punctuation and symbols, or spaces. */
const RUNS = /[\p{L}\p{M}]+|[\p{P}\p{S}]+[\r\n]*|\s+/gu

/** A file written by `npm run build`: normalizer, pre-tokenizer, vocabulary and merges of DeepSeek's tokenizer.json. */
const VOCABULARY = 'dist/vocabularies/deepseek-v3.json'

/**
 * DeepSeek's own vocabulary, run by Hugging Face's tokenizers. Added tokens are left out: user input is plain text.
 *
 * @param shipped - reads a file that ships with dsprice
 */
export const loadDeepSeek = async (shipped: (path: string) => Uint8Array): Promise<Tokenizer> => {
  const { Tokenizer: HuggingFace } = await import('@huggingface/tokenizers')
  const engine = new HuggingFace(JSON.parse(new TextDecoder().decode(shipped(VOCABULARY))) as object, {})
  return {
    count: text => {
      refuseLongRuns(text, RUNS, LIMITS)
      return engine.encode(text.toWellFormed(), { add_special_tokens: false }).ids.length
    },
  }
}
