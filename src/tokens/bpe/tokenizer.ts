import type { Tokenizer } from '../tokenizer.ts'
import { engineOf } from './engine.ts'
import type { Splitting } from './vocabularies.ts'
import { indexTokens, type Tokens } from './vocabulary.ts'

/** A tokenizer of these tokens: text is normalized, lone surrogates become U+FFFD, and special tokens are plain text. */
export const byteLevelTokenizer = (tokens: Tokens, { scanner, normalize }: Splitting): Tokenizer => {
  const engine = engineOf(indexTokens(tokens), scanner)
  const encoder = new TextEncoder()
  const bytesOf = (text: string): Uint8Array =>
    encoder.encode(normalize && !isAscii(text) ? text.normalize(normalize) : text)
  return {
    count: text => engine.count(bytesOf(text)),
    encode: text => engine.encode(bytesOf(text)),
  }
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text)
