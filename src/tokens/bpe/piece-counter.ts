import type { Merger } from './merge.ts'
import { Seams } from './seams.ts'
import { hashOf, rankOf, type Vocabulary } from './vocabulary.ts'
import { WordCache } from './word-cache.ts'

/** Bytes from which a piece is cut at its seams: text of scripts without spaces. */
const LONG = 12
/** Bytes of long pieces after which finding the seams of a vocabulary, which takes some milliseconds, is worth it. */
const MANY = 50_000

/** Counts the tokens of pieces; one that came before is counted from a cache. */
export class PieceCounter {
  private readonly vocabulary: Vocabulary
  private readonly merger: Merger
  private readonly words = new WordCache()
  /** Apart from whole pieces, which may be tokens that no merge makes. */
  private readonly runs = new WordCache()
  private seams: Seams | null = null
  private long = 0

  constructor(vocabulary: Vocabulary, merger: Merger) {
    this.vocabulary = vocabulary
    this.merger = merger
  }

  count(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < 2) return 1
    const hash = hashOf(bytes, from, to)
    const known = this.words.find(bytes, from, to, hash)
    if (known > 0) return known
    const count = this.countNew(bytes, { from, to }, hash)
    this.words.keep(bytes, from, to, { hash, count })
    return count
  }

  private countNew(bytes: Uint8Array, span: { readonly from: number; readonly to: number }, hash: number): number {
    if (this.vocabulary.whole && rankOf(this.vocabulary, bytes, span, hash) >= 0) return 1
    const { from, to } = span
    // Scripts of two bytes have spaces, and so has Latin.
    const isLong = to - from >= LONG && (bytes[from + 1] ?? 0) >= 0x80
    return isLong ? this.countLong(bytes, from, to) : this.merger.merge(bytes, from, to)
  }

  private countLong(bytes: Uint8Array, from: number, to: number): number {
    this.long += to - from
    if (this.long < MANY) return this.merger.merge(bytes, from, to)
    this.seams ??= new Seams(this.vocabulary)
    let count = 0
    for (let at = from; at < to; ) {
      const end = this.seams.next(bytes, at, to)
      count += this.countRun(bytes, at, end)
      at = end
    }
    return count
  }

  private countRun(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    const known = this.runs.find(bytes, from, to, hash)
    if (known > 0) return known
    const count = this.merger.merge(bytes, from, to)
    this.runs.keep(bytes, from, to, { hash, count })
    return count
  }
}
