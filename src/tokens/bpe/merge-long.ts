import type { PairRanks } from './pair-ranks.ts'
import { placeIn, RankQueue, rankIn } from './rank-queue.ts'
import { NO_RANK } from './vocabulary.ts'

/**
 * Merges a piece of any length with a queue of its pairs: n · log n steps for n bytes.
 *
 * @param ids - the rank of each byte of the piece; takes the ranks of its tokens
 * @param size - bytes of the piece
 * @returns the number of tokens
 */
export const mergeLong = (pairs: PairRanks, ids: Int32Array, size: number): number => {
  // Tokens are linked by where they begin, from the start of the piece on.
  const next = new Int32Array(size + 1)
  const previous = new Int32Array(size + 1)
  const ranks = new Int32Array(size)
  const queue = new RankQueue(size)

  const enqueue = (place: number): void => {
    const other = next[place] ?? size
    const rank = other < size ? pairs.find(ids[place] ?? 0, ids[other] ?? 0) : NO_RANK
    ranks[place] = rank
    if (rank !== NO_RANK) queue.push(rank, place)
  }

  for (let place = 0; place <= size; place++) {
    next[place] = place + 1
    previous[place] = place - 1
  }
  for (let place = 0; place < size; place++) enqueue(place)
  for (let key = queue.pop(); key >= 0; key = queue.pop()) {
    const place = placeIn(key)
    const rank = rankIn(key)
    // A pair that changed since is in the queue under its new rank.
    if (ranks[place] !== rank) continue
    const gone = next[place] ?? size
    const after = next[gone] ?? size
    ids[place] = rank
    ranks[gone] = NO_RANK
    next[place] = after
    if (after < size) previous[after] = place
    enqueue(place)
    const before = previous[place] ?? -1
    if (before >= 0) enqueue(before)
  }

  let count = 0
  for (let place = 0; place < size; place = next[place] ?? size) ids[count++] = ids[place] ?? 0
  return count
}
