import { exact, toDecimals } from '../model/number/money.ts'
import type { Estimation } from '../model/scenario/counted.ts'
import { publishedTokenizer } from './published.ts'
import type { Count, Counter, Tokenizer, TokenizerRow } from './tokenizer.ts'

/** Reads a file that ships with dsprice. */
export type Shipped = (path: string) => Uint8Array

/**
 * Every tokenizer, one row each, by its name in price books.
 *
 * @see docs/tokens.md for the source of each factor and band
 */
const TOKENIZERS: Readonly<Record<string, TokenizerRow>> = {
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
    source: "Mistral's tekken of 2407, its first 130,072 ranks",
  },
  claude: {
    vocabulary: 'o200k_base',
    estimation: { percent: 118, low: 95, high: 140 },
    source: "506 of Anthropic's count for 429 of o200k, sammcj/ingest#65",
  },
  'claude-4.7': {
    vocabulary: 'o200k_base',
    estimation: { percent: 153, low: 118, high: 175 },
    source:
      "656 of Anthropic's count for 429 of o200k, sammcj/ingest#65; Anthropic says 1.0 to 1.35 times older models",
  },
  gemini: {
    vocabulary: 'o200k_base',
    estimation: { percent: 110, low: 95, high: 125 },
    source: "Gemma 3's vocabulary, 0.96 to 1.22 times o200k over 13 texts",
  },
}

/** Tokenizers to count with for a model that no book has: its own if known, else all of them. */
export const tokenizersFor = (model: string): readonly string[] => {
  const own = publishedTokenizer(model)
  return own === null ? Object.keys(TOKENIZERS) : [own]
}

/** Whether this is the name of a tokenizer. */
export const isTokenizer = (name: string): boolean => Object.hasOwn(TOKENIZERS, name)

/** Tokens of a tokenizer per 100 of `o200k_base`, with their band; `null`: the tokenizer is not known. */
export const factorOf = (name: string): Estimation | null => {
  const row = isTokenizer(name) ? TOKENIZERS[name] : undefined
  return row?.factor ?? row?.estimation ?? null
}

const loaded = new Map<string, Tokenizer>()

/** Most characters of texts whose counts are cached: many scenarios share prompts. */
const KEPT = 2 ** 23

/** A count of text that caches the counts of recent texts. */
export const remembering = (count: Tokenizer['count'], kept = KEPT): Tokenizer['count'] => {
  const counts = new Map<string, number>()
  let characters = 0
  return text => {
    const known = counts.get(text)
    if (known !== undefined) return known
    const tokens = count(text)
    if (characters + text.length > kept) {
      counts.clear()
      characters = 0
    }
    if (text.length <= kept) {
      counts.set(text, tokens)
      characters += text.length
    }
    return tokens
  }
}

/** Tokens scaled by a factor, with the ends rounded outwards. @example estimated(200, row) // at 150 percent: 300 */
export const estimated = (tokens: number, estimation: Estimation | null): Count => {
  if (estimation === null) return { tokens, low: tokens, high: tokens }
  const { percent, low, high } = estimation
  return {
    tokens: Number(toDecimals(exact(tokens).times(percent).times('0.01'), 0)),
    low: Math.floor((tokens * low) / 100),
    high: Math.ceil((tokens * high) / 100),
  }
}

/** The tokenizer of a vocabulary that ships, read and indexed once; `null` if this version has none. */
export const loadTokenizer = async (vocabulary: string, shipped: Shipped): Promise<Tokenizer | null> => {
  const [{ VOCABULARIES }, { tokenizerOf }, { unpackTokens }] = await Promise.all([
    import('./vocabularies/index.ts'),
    import('./bpe/tokenizer.ts'),
    import('./vocabularies/compact.ts'),
  ])
  const row = Object.hasOwn(VOCABULARIES, vocabulary) ? VOCABULARIES[vocabulary] : undefined
  if (!row) return null
  const known = loaded.get(vocabulary)
  if (known) return known
  const tokenizer = tokenizerOf(unpackTokens(shipped(`dist/vocabularies/${vocabulary}.gz`)), row)
  const kept = { ...tokenizer, count: remembering(tokenizer.count) }
  loaded.set(vocabulary, kept)
  return kept
}

/** The counter of that tokenizer, whose vocabulary is loaded once; `null` if this version has none. */
export const loadCounter = async (name: string, shipped: Shipped): Promise<Counter | null> => {
  const row = isTokenizer(name) ? TOKENIZERS[name] : undefined
  const tokenizer = row && (await loadTokenizer(row.vocabulary, shipped))
  if (!row || !tokenizer) return null
  return { ...row, name, count: text => estimated(tokenizer.count(text), row.estimation) }
}

export { convertTokens, ratioBetween } from './convert.ts'
export { countTools, type ToolDefinition } from './count-tools.ts'
export { findTemplate } from './templates.ts'
export type { Count, Counter } from './tokenizer.ts'
