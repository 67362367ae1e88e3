import { cutOf, NO_RANK, rankOfPair, type Vocabulary } from './vocabulary.ts'

const SLOTS = 2 ** 16
const FIELDS = 4

/**
 * Ranks at which two neighbouring tokens merge. Recent pairs are kept by the ranks of both, one a slot: texts ask for few
 * pairs again and again, and looking one up by its bytes takes ten times as long.
 */
export class PairRanks {
  private readonly vocabulary: Vocabulary
  /** Left rank + 1, right rank, and the rank at which they merge, for each slot. */
  private readonly slots = new Int32Array(SLOTS * FIELDS)

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
  }

  /** The rank that two neighbouring tokens merge into; `NO_RANK`: they do not. */
  find(left: number, right: number): number {
    const slot = ((Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)) >>> 16) * FIELDS
    const { slots } = this
    if (slots[slot] === left + 1 && slots[slot + 1] === right) return slots[slot + 2] ?? NO_RANK
    const rank = this.look(left, right)
    slots[slot] = left + 1
    slots[slot + 1] = right
    slots[slot + 2] = rank
    return rank
  }

  private look(left: number, right: number): number {
    const rank = rankOfPair(this.vocabulary, left, right)
    if (rank < 0) return NO_RANK
    const { lefts, cuts, starts } = this.vocabulary
    if (lefts === null) return rank
    const cut = (starts[left + 1] ?? 0) - (starts[left] ?? 0)
    return lefts[rank] === cut || cuts?.has(cutOf(rank, cut)) ? rank : NO_RANK
  }
}
