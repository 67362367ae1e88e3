import { mergeLong } from './merge-long.ts'
import { PairRanks } from './pair-ranks.ts'
import { NO_RANK, rankOf, type Vocabulary } from './vocabulary.ts'

/** Bytes up to which looking for the lowest rank one by one is faster than a queue. */
const SHORT = 96

/** Merges the bytes of pieces into tokens: the pair of the lowest rank first, the leftmost of equal ones. */
export class Merger {
  private readonly pairs: PairRanks
  /** The rank of each byte. */
  private readonly single: Int32Array
  private readonly ranks = new Int32Array(SHORT + 1)
  /** Ranks of the tokens of the piece that was merged last. */
  ids: Int32Array = new Int32Array(SHORT + 1)

  constructor(vocabulary: Vocabulary) {
    this.pairs = new PairRanks(vocabulary)
    const rankOfByte = (byte: number): number => rankOf(vocabulary, Uint8Array.of(byte), { from: 0, to: 1 })
    this.single = Int32Array.from({ length: 256 }, (_, byte) => rankOfByte(byte))
  }

  /**
   * Merges one piece; of n bytes it takes n · log n steps.
   *
   * @returns the number of its tokens, whose ranks are the first of `ids`
   */
  merge(bytes: Uint8Array, from: number, to: number): number {
    const size = to - from
    if (this.ids.length < size) this.ids = new Int32Array(size)
    const { single, ids } = this
    for (let i = 0; i < size; i++) ids[i] = single[bytes[from + i] ?? 0] ?? 0
    return size <= SHORT ? this.mergeShort(size) : mergeLong(this.pairs, ids, size)
  }

  private mergeShort(size: number): number {
    const { pairs, ids, ranks } = this
    let count = size
    for (let i = 0; i < count - 1; i++) ranks[i] = pairs.find(ids[i] ?? 0, ids[i + 1] ?? 0)
    while (count > 1) {
      let best = 0
      let lowest = ranks[0] ?? NO_RANK
      for (let i = 1; i < count - 1; i++) {
        const rank = ranks[i] ?? NO_RANK
        if (rank < lowest) {
          lowest = rank
          best = i
        }
      }
      if (lowest === NO_RANK) break
      count--
      ids[best] = lowest
      for (let i = best + 1; i < count; i++) {
        ids[i] = ids[i + 1] ?? 0
        ranks[i] = ranks[i + 1] ?? NO_RANK
      }
      if (best < count - 1) ranks[best] = pairs.find(lowest, ids[best + 1] ?? 0)
      if (best > 0) ranks[best - 1] = pairs.find(ids[best - 1] ?? 0, lowest)
    }
    return count
  }
}
