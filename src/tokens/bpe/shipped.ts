import type { Tokenizer } from '../tokenizer.ts'
import { unpackTokens } from './compact.ts'
import { byteLevelTokenizer } from './tokenizer.ts'
import { VOCABULARIES } from './vocabularies.ts'

/**
 * The tokenizer of a vocabulary that ships; `null`: there is none of that name.
 *
 * @param shipped - reads a file that ships with dsprice
 */
export const shippedTokenizer = (name: string, shipped: (path: string) => Uint8Array): Tokenizer | null => {
  const row = Object.hasOwn(VOCABULARIES, name) ? VOCABULARIES[name] : undefined
  return row ? byteLevelTokenizer(unpackTokens(shipped(`dist/vocabularies/${name}.vocab`)), row) : null
}
