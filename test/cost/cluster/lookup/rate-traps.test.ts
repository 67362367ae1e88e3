import { expect, it } from 'vitest'
import { addedPhases, countsHits } from '../../../../src/cost/cluster/lookup/rate-traps.ts'
import type { Clusters } from '../../../../src/model/book/clusters.ts'

it("knows DeepSeek's 73.7K as a rate with hits: 342 of 608 billion tokens, so 266 / 608 of it are uncached", () => {
  expect(countsHits('73700')).toBe(String((73_700 * (608 - 342)) / 608))
  for (const other of ['73701', '32243.75', 'constructor']) expect(countsHits(other)).toBeNull()
})

const clusters = {
  throughput: [
    { id: 'joint', rate: { kind: 'joint', total: '5000' } },
    { id: 'none' },
    { id: 'one', rate: { kind: 'phases', prefill: '4000', decode: '1000' } },
    {
      id: 'several',
      rate: {
        kind: 'phases',
        prefill: [
          { rate: '6000', prompt_tokens: 2048 },
          { rate: '7000.5', prompt_tokens: 4096 },
        ],
        decode: '1000',
      },
    },
  ],
} as unknown as Clusters

it.each([
  { total: '5000', found: { id: 'one', phases: '4000 + 1000', prompt_tokens: undefined } },
  { total: '8000.50', found: { id: 'several', phases: '7000.5 + 1000', prompt_tokens: 4096 } },
  { total: '4000', found: null },
])('$total is the sum of a row’s phases: $found', ({ total, found }) => {
  expect(addedPhases(total, clusters)).toEqual(found)
})
