import type { Splitting } from '../bpe/vocabularies.ts'
import type { Tokens } from '../bpe/vocabulary.ts'

/** Tokens of a file with how it splits text, or why it cannot be counted with. */
export type ReadFile = (Splitting & { readonly tokens: Tokens }) | Refused

export interface Refused {
  /** Why, to follow the file's name and "cannot be counted with: ". */
  readonly refused: string
  /** Whether the file is refused for its split: none is given for ranks, or one for a file that has its own. */
  readonly split?: 'missing' | 'needless'
}

/** More ranks than any vocabulary has: a file with one id of a billion must not take gigabytes. */
export const MOST_RANKS: number = 2 ** 21

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Tokens from the bytes of each rank; `undefined`: text is never given that rank. */
export const tokensFrom = (
  ranks: readonly (Uint8Array | undefined)[],
  merging: Pick<Tokens, 'lefts' | 'cuts' | 'whole'>,
): Tokens | Refused => {
  const singles = new Set(ranks.flatMap(bytes => (bytes?.length === 1 ? [bytes[0]] : [])))
  if (singles.size < 256) return { refused: 'it lacks some of the 256 bytes, so it is not byte-level' }
  const lengths = Uint16Array.from(ranks, bytes => bytes?.length ?? 0)
  if (ranks.some(bytes => bytes && bytes.length > 65_535)) return { refused: 'it has a token of over 65,535 bytes' }
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const token of ranks) {
    if (!token) continue
    bytes.set(token, at)
    at += token.length
  }
  return { bytes, lengths, ...merging }
}

/** Bytes in base64; `null`: it is none. */
export const fromBase64 = (text: string): Uint8Array | null => {
  try {
    return Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
  } catch {
    return null
  }
}
