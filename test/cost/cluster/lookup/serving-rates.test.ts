import { describe, expect, it } from 'vitest'
import { findSpeed } from '../../../../src/cost/cluster/lookup/serving-rates.ts'
import type { WrittenSelfHost } from '../../../../src/model/scenario/self-host-schema.ts'
import { aroundWith, faultOf, foundOf, measuredWith, writtenWith } from './cluster-book.ts'

const phases = measuredWith({
  id: 'phases',
  rate: { kind: 'phases', per: 'node', prefill: '52300', decode: '22300', setting: 'production' },
})

const speed = (written: Partial<WrittenSelfHost>) =>
  findSpeed(writtenWith(written), aroundWith({ rows: [measuredWith(), phases] }))

describe('a cluster serves', () => {
  it.each<{ it: string; written: Partial<WrittenSelfHost>; rates: object }>([
    {
      it: 'what is stated',
      written: { capacity: '100000000', nodes: 4 },
      rates: { kind: 'stated', tokens_per_day: '100000000' },
    },
    {
      it: 'its phases, cached input as any',
      written: { throughput: { prefill: '1000', decode: '100' } },
      rates: { kind: 'phases', prefill: '1000', decode: '100', cached_prefill: '1000' },
    },
    {
      it: 'cached input at its own rate',
      written: { throughput: { prefill: '1000', decode: '100', cached_prefill: '9000' } },
      rates: { kind: 'phases', prefill: '1000', decode: '100', cached_prefill: '9000' },
    },
    // 850 of each of 8 GPUs
    {
      it: 'both together, of each GPU',
      written: { throughput: { total: '850', mix: '8:1' } },
      rates: { kind: 'joint', total: '6800', input: '8', output: '1' },
    },
    {
      it: 'both together, of a node',
      written: { throughput: { total: '850', per: 'node', mix: '3:1' } },
      rates: { kind: 'joint', total: '850', input: '3', output: '1' },
    },
    {
      it: 'a row that was measured, for its own GPUs',
      written: { throughput: { ref: 'row' }, gpus_per_node: 4 },
      rates: { kind: 'joint', total: '4000', input: '8', output: '1' },
    },
    { it: 'else what a roofline allows', written: { nodes: 4 }, rates: { kind: 'roofline', times: '2' } },
  ])('$it', ({ written, rates }) => {
    expect(foundOf(speed(written)).rates).toMatchObject(rates)
  })
})

it.each<{ it: string; written: Partial<WrittenSelfHost>; fault: RegExp }>([
  {
    it: 'stated and measured',
    written: { capacity: '1', nodes: 1, throughput: { prefill: '1', decode: '1' } },
    fault: /^TWO_SPEEDS capacity/,
  },
  { it: 'a capacity of unknown parts', written: { capacity: '1' }, fault: /^NEEDS_NODES capacity: add nodes: 4/ },
  // 52,300 + 22,300, which no node does at once.
  {
    it: 'two phases added up',
    written: { throughput: { total: '74600', per: 'node', mix: '2:1' } },
    fault: /^ADDED_PHASES throughput.total: write throughput: \{ref: phases\}/,
  },
  // Of DeepSeek’s published 73.7k input tokens a second 342 of 608 were hits: 73,700 × 266/608.
  {
    it: 'input with its cache hits',
    written: { throughput: { prefill: '73700', decode: '14800' } },
    fault: /^COUNTS_HITS throughput.prefill: .*32243\.75$/,
  },
])('$it is a fault', ({ written, fault }) => {
  expect(faultOf(speed(written))).toMatch(fault)
})
