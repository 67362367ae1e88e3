import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeIn, RankQueue, rankIn } from '../../../src/tokens/bpe/rank-queue.ts'

it('gives pairs in order of rank, then of place, however they came', () => {
  const pair = fc.record({ rank: fc.nat(300_000), place: fc.nat(2 ** 24) })
  fc.assert(
    fc.property(fc.array(pair), pairs => {
      const queue = new RankQueue(1)
      for (const { rank, place } of pairs) queue.push(rank, place)
      const popped = pairs.map(() => queue.pop()).map(key => ({ rank: rankIn(key), place: placeIn(key) }))
      expect(popped).toEqual([...pairs].sort((a, b) => a.rank - b.rank || a.place - b.place))
      expect(queue.pop()).toBe(-1)
    }),
  )
})
