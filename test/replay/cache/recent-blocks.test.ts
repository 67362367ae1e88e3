import { describe, expect, it } from 'vitest'
import { addBlock, emptyBlocks } from '../../../src/replay/cache/blocks.ts'
import { RecentBlocks } from '../../../src/replay/cache/recent-blocks.ts'

/** Uses one id and keeps so many. @returns whether it was there */
const use = (recent: RecentBlocks, id: number, most: number): boolean => {
  const blocks = emptyBlocks(1)
  addBlock(blocks, 0, id)
  const hits = recent.find(blocks, 1)
  recent.use(blocks, 1)
  recent.cutTo(most)
  return hits === 1
}

describe.each([1, 2, 3, 5])('%i blocks in turn', count => {
  it('stay, however often their queue of uses is written anew, and the oldest is dropped first', () => {
    const recent = new RecentBlocks()
    // In turn every id keeps its place among the others: the place that a new queue gives an id is one of its old uses.
    let misses = 0
    for (let i = 0; i < 2000 * count; i++) if (!use(recent, i % count, count)) misses++
    expect(misses).toBe(count)
    expect(use(recent, count, count)).toBe(false)
    // The new one took the place of the first, and each other in turn that of the next.
    for (let i = 0; i < count; i++) expect(use(recent, i, count)).toBe(false)
  })
})
