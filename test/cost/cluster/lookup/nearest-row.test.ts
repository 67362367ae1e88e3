import { describe, expect, it } from 'vitest'
import { nearestRow, ownRow, rowInWords } from '../../../../src/cost/cluster/lookup/nearest-row.ts'
import type { Throughput } from '../../../../src/model/book/clusters.ts'
import { aroundWith, measuredWith } from './cluster-book.ts'

const rate = (total: string, input: string, output: string, per: 'gpu' | 'node' = 'gpu'): Partial<Throughput> => ({
  rate: { kind: 'joint', per, total, input, output },
})

type Rows = Readonly<Record<string, Partial<Throughput>>>

const around = (rows: Rows, more: Parameters<typeof aroundWith>[0] = {}) =>
  aroundWith({ rows: Object.entries(rows).map(([id, row]) => measuredWith({ id, ...row })), ...more })

// Calls of 8,000 tokens in and 1,000 out, a ninth, for V3 on H800.
describe('the nearest row', () => {
  const otherModel = { model: 'v4' }
  const otherGpu = { gpu: 'h20' }
  const queued = { ttft_ms: '5001' }
  it.each<{ it: string; rows: Rows; more?: Parameters<typeof aroundWith>[0]; id: string | undefined }>([
    { it: 'has the weights before the GPU', rows: { a: otherModel, b: otherGpu }, id: 'b' },
    { it: 'the GPU before a first token within 5 seconds', rows: { a: otherGpu, b: queued }, id: 'b' },
    { it: 'the first token before the mix', rows: { a: queued, b: rate('9', '1', '1') }, id: 'b' },
    { it: 'at 5 seconds none has waited', rows: { a: rate('9', '1', '1'), b: { ttft_ms: '5000' } }, id: 'b' },
    // Output is 1/2 in a, 1/4 in b; a ninth is asked for.
    { it: 'the mix before the rate', rows: { a: rate('9000', '1', '1'), b: rate('10', '3', '1') }, id: 'b' },
    { it: 'the rate last', rows: { a: rate('999', '8', '1'), b: rate('1000', '8', '1') }, id: 'b' },
    { it: 'the first of two alike', rows: { b: {}, a: {} }, id: 'b' },
    {
      it: 'any mix where the lengths are unknown: the rate decides',
      rows: { a: rate('10', '8', '1'), b: rate('9000', '1', '1') },
      more: { load: { prompt: null } },
      id: 'b',
    },
    {
      it: 'any GPU where none is named',
      rows: { a: { gpu: 'h20', ...rate('10', '8', '1') }, b: { gpu: 'b200', ...rate('11', '8', '1') } },
      more: { gpu: null },
      id: 'b',
    },
    {
      it: 'no rate per phase, and none of a node as a whole',
      rows: {
        a: { rate: { kind: 'phases', per: 'gpu', prefill: '9', decode: '9', setting: 'lab' } },
        b: rate('10', '8', '1', 'node'),
        c: { rate: null },
      },
      id: undefined,
    },
  ])('$it', ({ rows, more, id }) => {
    expect(nearestRow(around(rows, more))?.id).toBe(id)
  })

  it('is one’s own where its weights and its GPU are', () => {
    expect(ownRow(around({ a: {} }))).toBe('a')
    expect(ownRow(around({ a: otherGpu }))).toBe(null)
    expect(ownRow(around({ a: otherGpu }, { gpu: null }))).toBe('a')
    expect(ownRow(around({ a: otherModel }))).toBe(null)
    expect(ownRow(around({ a: {} }, { weights: null }))).toBe(null)
  })
})

it.each<{ it: string; row: Partial<Throughput>; what: string; rate: string | null }>([
  {
    it: 'all',
    row: { concurrency: 64 },
    what: 'V3 on 8 H800, engine 1.0, 8000/1000 tokens, 64 at a time',
    rate: '1000',
  },
  { it: 'input alone', row: { output_tokens: null }, what: 'V3 on 8 H800, engine 1.0, 8000/- tokens', rate: '1000' },
  { it: 'no lengths', row: { input_tokens: null }, what: 'V3 on 8 H800, engine 1.0', rate: '1000' },
  // What a node does is no rate of a GPU.
  { it: 'a node', row: rate('10', '8', '1', 'node'), what: 'V3 on 8 H800, engine 1.0, 8000/1000 tokens', rate: null },
])('a row in words: $it', ({ row, what, rate: perGpu }) => {
  expect(rowInWords(measuredWith(row))).toMatchObject({ what, tokens_per_second_per_gpu: perGpu })
})
