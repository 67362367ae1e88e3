import { expect, it } from 'vitest'
import { blockFit } from '../../src/replay/block-fit.ts'

/** @param block - tokens @param requests - tokens and ids of each */
const misfit = (block: number, requests: readonly (readonly [input: number, ids: number])[]) => {
  const fit = blockFit(block)
  for (const [input, ids] of requests) fit.add(input, ids)
  return fit.misfit()
}

it.each<{ it: string; block: number; requests: [number, number][] }>([
  {
    it: 'all blocks of a prompt',
    block: 512,
    requests: [
      [1000, 2],
      [1024, 2],
      [1025, 3],
    ],
  },
  {
    it: 'its full ones',
    block: 64,
    requests: [
      [1000, 15],
      [63, 0],
      [0, 0],
    ],
  },
  {
    it: 'as many that fit as not',
    block: 512,
    requests: [
      [1000, 2],
      [5000, 1],
    ],
  },
  { it: 'no request', block: 512, requests: [] },
])('fits: $it', ({ block, requests }) => {
  expect(misfit(block, requests)).toBeNull()
})

it.each<{ it: string; block: number; requests: [number, number][]; off: number; better: number | null }>([
  // 1000 ÷ 16 is 62.5, 330 ÷ 16 is 20.6: all blocks, the last one too.
  {
    it: 'blocks of 16 read as 512',
    block: 512,
    requests: [
      [1000, 63],
      [330, 21],
    ],
    off: 2,
    better: 16,
  },
  {
    it: 'blocks of 512 read as 16',
    block: 16,
    requests: [
      [1000, 2],
      [5000, 10],
      [10, 1],
    ],
    off: 2,
    better: 512,
  },
  {
    it: 'no power of 2',
    block: 512,
    requests: [
      [1000, 10],
      [2000, 20],
    ],
    off: 2,
    better: 100,
  },
  // 8 would fit two of these.
  {
    it: 'blocks of 10 read as 512',
    block: 512,
    requests: [
      [205, 21],
      [41, 5],
      [30, 3],
      [1000, 100],
    ],
    off: 4,
    better: 10,
  },
  {
    it: 'no ids at all',
    block: 512,
    requests: [
      [1000, 0],
      [2000, 0],
    ],
    off: 2,
    better: null,
  },
  {
    it: 'no block for most',
    block: 512,
    requests: [
      [100_000, 1],
      [1000, 90],
      [90_000, 9000],
    ],
    off: 3,
    better: null,
  },
])('does not fit: $it', ({ block, requests, off, better }) => {
  expect(misfit(block, requests)).toEqual({ off, requests: requests.length, better })
})
