import type { Estimation } from '../model/scenario/counted.ts'
import type { TokenizerRow } from './tokenizer.ts'
import { type Named, tokenizerOf } from './tokenizer-of.ts'

/**
 * Every tokenizer, one row each, by its name in price books.
 *
 * @see docs/tokens.md for the source of each factor and band
 */
export const TOKENIZERS: Readonly<Record<string, TokenizerRow>> = {
  o200k_base: {
    vocabulary: 'o200k_base',
    estimation: null,
    factor: { percent: 100, low: 100, high: 100 },
    source: 'ranks of OpenAI tiktoken',
  },
  cl100k_base: {
    vocabulary: 'cl100k_base',
    estimation: null,
    factor: { percent: 106, low: 100, high: 148 },
    source: 'ranks of OpenAI tiktoken',
  },
  'deepseek-v3': {
    vocabulary: 'deepseek-v3',
    estimation: null,
    factor: { percent: 99, low: 78, high: 112 },
    source: "DeepSeek's tokenizer.json; V3 to V4.1 share its 128,000 tokens and merges",
  },
  qwen: {
    vocabulary: 'qwen',
    estimation: null,
    factor: { percent: 104, low: 85, high: 132 },
    source: "Qwen's tokenizer.json; Qwen 2.5 and 3 share its 151,643 tokens and merges",
  },
  'gpt-oss': {
    vocabulary: 'o200k_base',
    estimation: null,
    factor: { percent: 100, low: 100, high: 100 },
    source: 'o200k_harmony: the ranks of o200k_base',
  },
  tekken: {
    vocabulary: 'tekken',
    estimation: null,
    factor: { percent: 109, low: 100, high: 132 },
    source: "Mistral's tekken of July 2024, its first 130,072 ranks",
  },
  claude: {
    vocabulary: 'o200k_base',
    estimation: { percent: 118, low: 95, high: 140 },
    source: "506 of Anthropic's count for 429 of o200k, sammcj/ingest#65",
  },
  // Each kind is 1.18 × the mean of its measured steps over the older tokenizer; the band has all of them.
  'claude-4.7': {
    vocabulary: 'o200k_base',
    estimation: {
      percent: 153,
      low: 95,
      high: 175,
      kinds: {
        prose: { percent: 163, low: 118, high: 175 },
        code: { percent: 146, low: 118, high: 175 },
        other_scripts: { percent: 118, low: 95, high: 140 },
        one_letter: { percent: 353, low: 118, high: 355 },
      },
    },
    factor: { percent: 153, low: 118, high: 175 },
    source:
      "656 of Anthropic's count for 429 of o200k, sammcj/ingest#65; by kind, sol.ava.dev of 2026-04-17 and others, docs/tokens.md",
  },
  gemini: {
    vocabulary: 'o200k_base',
    estimation: { percent: 110, low: 95, high: 125 },
    source: "Gemma 3's vocabulary, 0.96 to 1.22 times o200k over 13 texts",
  },
  openai: {
    vocabulary: 'o200k_base',
    estimation: { percent: 100, low: 85, high: 125 },
    source: 'no vocabulary is published from GPT-6 on; o200k served GPT-4o to 5.6, and the band is our own',
  },
}

/** Tokenizers to count with for a model that no book has: its own if known, else all of them. */
export const tokenizersFor = (model: string): readonly string[] => {
  const own = tokenizerOf({ id: model, provider: '', tokenizer: null })
  return own === null ? Object.keys(TOKENIZERS) : [own]
}

/** Whether this is the name of a tokenizer. */
export const isTokenizer = (name: string): boolean => Object.hasOwn(TOKENIZERS, name)

/** Tokens of a tokenizer per 100 of `o200k_base`, whatever the text, with their band; `null`: the tokenizer is not known. */
export const factorOf = (name: string): Estimation | null => {
  const row = isTokenizer(name) ? TOKENIZERS[name] : undefined
  return row?.factor ?? row?.estimation ?? null
}

/** A model's tokenizer and its factor, `null` where nobody measured it; `null`: the tokenizer is not known. */
export const factorFor = (model: Named): { readonly tokenizer: string; readonly factor: Estimation | null } | null => {
  const tokenizer = tokenizerOf(model)
  return tokenizer === null ? null : { tokenizer, factor: factorOf(tokenizer) }
}
