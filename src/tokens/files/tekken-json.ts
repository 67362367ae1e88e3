import { findSplit } from './expressions.ts'
import { fromBase64, isObject, MOST_RANKS, type ReadFile, tokensFrom } from './read-file.ts'

/**
 * Reads Mistral's tekken.json: its first ranks, as many as the vocabulary has without special tokens.
 *
 * @see https://github.com/mistralai/mistral-common, tokens/tokenizers/tekken.py
 */
export const readTekkenJson = ({ config, vocab }: Readonly<Record<string, unknown>>): ReadFile => {
  if (!isObject(config) || !Array.isArray(vocab)) return { refused: 'it has no "config" or no "vocab"' }
  const { pattern, default_vocab_size, default_num_special_tokens } = config
  const isCounted = typeof default_vocab_size === 'number' && typeof default_num_special_tokens === 'number'
  const size = isCounted ? default_vocab_size - default_num_special_tokens : Number.NaN
  if (!Number.isInteger(size) || size < 256 || size > MOST_RANKS || size > vocab.length) {
    return { refused: 'its "default_vocab_size" and "default_num_special_tokens" do not fit its vocabulary' }
  }
  const split = findSplit([typeof pattern === 'string' ? pattern : ''])
  if (!split) return { refused: 'it splits text by an expression that this version does not know' }
  const ranks: Uint8Array[] = []
  for (const [rank, token] of (vocab as readonly unknown[]).slice(0, size).entries()) {
    const bytes = isObject(token) && typeof token['token_bytes'] === 'string' ? fromBase64(token['token_bytes']) : null
    if (!bytes || !isObject(token) || token['rank'] !== rank) return { refused: `its rank ${rank} is not in its place` }
    ranks.push(bytes)
  }
  const tokens = tokensFrom(ranks, { lefts: null, whole: true })
  return 'refused' in tokens ? tokens : { scanner: split.scanner, tokens }
}
