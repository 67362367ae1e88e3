import type { Scanner } from '../scan/scanner.ts'
import { Merger } from './merge.ts'
import { Seams } from './seams.ts'
import { hashOf, rankOf, type Vocabulary } from './vocabulary.ts'
import { WordCache } from './word-cache.ts'

/** Counts and encodes well-formed UTF-8. */
export interface Engine {
  /** Tokens of a text. */
  count(bytes: Uint8Array): number
  /** Ranks of a text's tokens. */
  encode(bytes: Uint8Array): number[]
}

/** Bytes from which a piece is cut at its seams: text of scripts without spaces. */
const LONG = 12
/** Bytes of long pieces after which finding the seams of a vocabulary, which takes some milliseconds, is worth it. */
const MANY = 50_000

/**
 * Byte-pair encoding with one vocabulary: pieces as the scanner finds them, each merged by rank. A piece that came
 * before is counted from a cache.
 *
 * @param scannerOf - a scanner for one text
 */
export const engineOf = (vocabulary: Vocabulary, scannerOf: () => Scanner): Engine => {
  const merger = new Merger(vocabulary)
  const words = new WordCache()
  // Apart from whole pieces, which may be tokens that no merge makes.
  const runs = new WordCache()
  let seams: Seams | null = null
  let long = 0

  const countRun = (bytes: Uint8Array, from: number, to: number): number => {
    const hash = hashOf(bytes, from, to)
    const known = runs.find(bytes, from, to, hash)
    if (known > 0) return known
    const count = merger.merge(bytes, from, to)
    runs.keep(bytes, from, to, { hash, count })
    return count
  }

  const countLong = (bytes: Uint8Array, from: number, to: number): number => {
    long += to - from
    if (long < MANY) return merger.merge(bytes, from, to)
    seams ??= new Seams(vocabulary)
    let count = 0
    for (let at = from; at < to; ) {
      const end = seams.next(bytes, at, to)
      count += countRun(bytes, at, end)
      at = end
    }
    return count
  }

  const countPiece = (bytes: Uint8Array, from: number, to: number): number => {
    if (to - from < 2) return 1
    const hash = hashOf(bytes, from, to)
    const known = words.find(bytes, from, to, hash)
    if (known > 0) return known
    const count =
      vocabulary.whole && rankOf(vocabulary, bytes, { from, to }, hash) >= 0
        ? 1
        : to - from >= LONG && (bytes[from + 1] ?? 0) >= 0x80
          ? countLong(bytes, from, to)
          : merger.merge(bytes, from, to)
    words.keep(bytes, from, to, { hash, count })
    return count
  }

  return {
    count: bytes => {
      const scan = scannerOf()
      let tokens = 0
      for (let at = 0; at < bytes.length; ) {
        const to = scan(bytes, at, bytes.length)
        tokens += countPiece(bytes, at, to)
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
        if (whole >= 0) ranks.push(whole)
        else {
          const count = merger.merge(bytes, at, to)
          for (let token = 0; token < count; token++) ranks.push(merger.ids[token] ?? 0)
        }
        at = to
      }
      return ranks
    },
  }
}
