import { exact, toDecimals } from '../model/number/money.ts'
import type { Estimation } from '../model/scenario/counted.ts'
import { countByKind } from './count-by-kind.ts'
import type { Count, Counter, Tokenizer } from './tokenizer.ts'
import { isTokenizer, TOKENIZERS } from './tokenizers.ts'

/** Reads a file that ships with dsprice. */
export type Shipped = (path: string) => Uint8Array

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
  const { shippedTokenizer } = await import('./bpe/shipped.ts')
  const known = loaded.get(vocabulary)
  if (known) return known
  const tokenizer = shippedTokenizer(vocabulary, shipped)
  if (!tokenizer) return null
  const kept = { ...tokenizer, count: remembering(tokenizer.count) }
  loaded.set(vocabulary, kept)
  return kept
}

const countBy = (text: string, tokenizer: Tokenizer, estimation: Estimation | null): Count =>
  estimation?.kinds ? countByKind(text, tokenizer, estimation.kinds) : estimated(tokenizer.count(text), estimation)

/** The counter of that tokenizer, whose vocabulary is loaded once; `null` if this version has none. */
export const loadCounter = async (name: string, shipped: Shipped): Promise<Counter | null> => {
  const row = isTokenizer(name) ? TOKENIZERS[name] : undefined
  const tokenizer = row && (await loadTokenizer(row.vocabulary, shipped))
  if (!row || !tokenizer) return null
  return { ...row, name, encode: tokenizer.encode, count: text => countBy(text, tokenizer, row.estimation) }
}
