import type { Scanner } from '../scan/scanner.ts'
import { Merger } from './merge.ts'
import { PieceCounter } from './piece-counter.ts'
import { rankOf, type Vocabulary } from './vocabulary.ts'

/** Counts and encodes well-formed UTF-8. */
export interface Engine {
  /** Tokens of a text. */
  count(bytes: Uint8Array): number
  /** Ranks of a text's tokens. */
  encode(bytes: Uint8Array): number[]
}

/**
 * Byte-pair encoding with one vocabulary: pieces as the scanner finds them, each merged by rank.
 *
 * @param scannerOf - a scanner for one text
 */
export const engineOf = (vocabulary: Vocabulary, scannerOf: () => Scanner): Engine => {
  const merger = new Merger(vocabulary)
  const pieces = new PieceCounter(vocabulary, merger)
  return {
    count: bytes => {
      const scan = scannerOf()
      let tokens = 0
      for (let at = 0; at < bytes.length; ) {
        const to = scan(bytes, at, bytes.length)
        tokens += pieces.count(bytes, at, to)
        at = to
      }
      return tokens
    },
    encode: bytes => {
      const scan = scannerOf()
      const ranks: number[] = []
      for (let at = 0; at < bytes.length; ) {
        const to = scan(bytes, at, bytes.length)
        const whole = vocabulary.whole ? rankOf(vocabulary, bytes, { from: at, to }) : -1
        const count = whole >= 0 ? 0 : merger.merge(bytes, at, to)
        if (whole >= 0) ranks.push(whole)
        for (let token = 0; token < count; token++) ranks.push(merger.ids[token] ?? 0)
        at = to
      }
      return ranks
    },
  }
}
