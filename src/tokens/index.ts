import { exact, toDecimals } from '../model/number/money.ts'
import type { Estimation } from '../model/scenario/counted.ts'
import { loadDeepSeek } from './deepseek.ts'
import { loadOpenAi } from './openai.ts'
import type { Count, Counter, Tokenizer, TokenizerRow } from './tokenizer.ts'

/** Reads a file that ships with dsprice. */
export type Shipped = (path: string) => Uint8Array

/** Every bundled vocabulary, one row each; loaded once, and only when text is counted. */
const VOCABULARIES: Readonly<Record<string, (shipped: Shipped) => Promise<Tokenizer>>> = {
  o200k_base: () => loadOpenAi('o200k_base'),
  cl100k_base: () => loadOpenAi('cl100k_base'),
  'deepseek-v3': loadDeepSeek,
}

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
    source: 'OpenAI tiktoken, by js-tiktoken',
  },
  cl100k_base: {
    vocabulary: 'cl100k_base',
    estimation: null,
    factor: { percent: 106, low: 100, high: 148 },
    source: 'OpenAI tiktoken, by js-tiktoken',
  },
  'deepseek-v3': {
    vocabulary: 'deepseek-v3',
    estimation: null,
    factor: { percent: 99, low: 78, high: 112 },
    source: "DeepSeek's tokenizer.json; V3 to V4.1 share its 128,000 tokens and merges",
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
export const tokenizersFor = async (model: string): Promise<readonly string[]> => {
  const { encodingOf } = await import('./openai.ts')
  const own = await encodingOf(model)
  return own !== null && isTokenizer(own) ? [own] : Object.keys(TOKENIZERS)
}

/** Whether this is the name of a tokenizer. */
export const isTokenizer = (name: string): boolean => Object.hasOwn(TOKENIZERS, name)

/** Tokens of a tokenizer per 100 of `o200k_base`, with their band; `null`: the tokenizer is not known. */
export const factorOf = (name: string): Estimation | null => {
  const row = isTokenizer(name) ? TOKENIZERS[name] : undefined
  return row?.factor ?? row?.estimation ?? null
}

const loaded = new Map<string, Promise<Tokenizer>>()

/** Most characters of texts whose counts are cached: many scenarios share prompts. */
const KEPT = 2 ** 23

/** A tokenizer that caches the counts of recent texts. */
export const remembering = ({ count }: Tokenizer, kept = KEPT): Tokenizer => {
  const counts = new Map<string, number>()
  let characters = 0
  return {
    count: text => {
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
    },
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

/** The counter of that tokenizer, whose vocabulary is loaded once; `null` if this version has none. */
export const loadCounter = async (name: string, shipped: Shipped): Promise<Counter | null> => {
  const row = isTokenizer(name) ? TOKENIZERS[name] : undefined
  const load = row && VOCABULARIES[row.vocabulary]
  if (!row || !load) return null
  const reading = loaded.get(row.vocabulary) ?? load(shipped).then(tokenizer => remembering(tokenizer))
  loaded.set(row.vocabulary, reading)
  const tokenizer = await reading
  return { ...row, name, count: text => estimated(tokenizer.count(text), row.estimation) }
}

export type { Content, Conversation, Message, Role } from './conversation.ts'
export { convertTokens, ratioBetween } from './convert.ts'
export { countTools, type ToolDefinition } from './count-tools.ts'
export { type ImageRule, imageRuleOf, type Picture } from './images.ts'
export { type CountedConversation, countConversation, coversRoles } from './messages.ts'
export { findTemplate } from './templates.ts'
export type { Count, Counter } from './tokenizer.ts'
