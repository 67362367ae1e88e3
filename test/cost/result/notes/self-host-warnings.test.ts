import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../../src/cost/fleet/price-scenario.ts'
import { selfHosting } from '../../../../src/cost/fleet/self-host.ts'
import { selfHostWarnings } from '../../../../src/cost/result/notes/self-host-warnings.ts'
import type { MeasuredRow, SelfHost } from '../../../../src/model/scenario/self-host.ts'
import { bookWith, clusterWith, MILLION, scenarioWith, type Wish } from '../../build.ts'

/** 48M tokens a day, half of them out: 20% of 240M. */
const daily: Wish = {
  traffic: { requests: 24, per: 'day' },
  request: { turn: MILLION, output: MILLION },
  cache: { policy: 'none' },
}

const warningsOf = (own: Partial<SelfHost>, wish: Wish = daily) => {
  const scenario = scenarioWith({ ...wish, self_host: clusterWith(own) })
  const hosted = selfHosting(priceScenario(scenario, bookWith(), '2026-01-01'))
  if (!hosted) throw new Error('no cluster')
  return selfHostWarnings(hosted, 'a.yaml').map(({ code, path, fix }) => ({ code, path, fix }))
}
const codes = (...given: Parameters<typeof warningsOf>) => warningsOf(...given).map(({ code }) => code)

describe('a cluster that is too small is told what would do', () => {
  const requests = (count: number, more: Wish['traffic'] = {}): Wish => ({
    ...daily,
    traffic: { requests: count, per: 'day', ...more },
  })
  // 1 token in and 1 out take 1/2,500 + 1/3,125 s = 0.72 ms: 240M of them a day.
  const rates = { kind: 'phases', prefill: '2500', decode: '3125', cached_prefill: '25000' } as const

  it.each<{ it: string; own: Partial<SelfHost>; wish: Wish; fix: string; path: string }>([
    // 480M a day over 80% of 240M: 2.5, so 3.
    { it: 'nodes for 480M', own: { rates }, wish: requests(240), fix: 'write nodes: 3', path: 'self_host.nodes' },
    // In pairs 4, and 1 that stands by.
    {
      it: 'whole units, and the spare node',
      own: { rates, nodes: 3, unit_nodes: 2, spare_nodes: 1 },
      // 720M over 192M: 3.75.
      wish: requests(360),
      fix: 'write nodes: 5',
      path: 'self_host.nodes',
    },
    // 2.4 times 240M are 576M, 3 nodes.
    {
      it: 'nodes for the busiest hour',
      own: { rates },
      wish: requests(120, { profile: 'office-hours' }),
      fix: 'write nodes: 3',
      path: 'self_host.nodes',
    },
    // 48M of 240M are 20%, more than 10%.
    {
      it: 'the utilisation that its work alone has',
      own: { utilisation: 0.1 },
      wish: daily,
      fix: 'write utilisation: 20%',
      path: 'self_host.utilisation',
    },
    {
      it: 'to be sized, where its capacity is stated',
      own: {},
      wish: requests(240),
      fix: 'leave nodes and capacity out',
      path: 'self_host.capacity',
    },
    // 2M × 1e9 a day over 192M: 10.4M nodes, of which no file takes more than a million.
    {
      it: 'to look for a typo, where no cluster would do',
      own: { rates },
      wish: requests(1e9),
      fix: 'check the rates',
      path: 'self_host.throughput',
    },
  ])('$it', ({ own, wish, fix, path }) => {
    const [first] = warningsOf(own, wish)
    expect(first).toMatchObject({ code: 'OVER_CAPACITY', path, fix: expect.stringContaining(fix) })
  })
})

describe('what may not hold', () => {
  it.each<{ it: string; own: Partial<SelfHost>; codes: string[] }>([
    { it: 'nothing', own: {}, codes: [] },
    { it: 'a utilisation above the highest', own: { utilisation: 0.81 }, codes: ['UTILISATION_OVER_MAX'] },
    { it: 'not one that is just the highest', own: { utilisation: 0.8 }, codes: [] },
    { it: 'a first token after more than 5 s', own: { ttft_ms: '5001' }, codes: ['BATCH_LATENCY'] },
    { it: 'not one after 5 s', own: { ttft_ms: '5000' }, codes: [] },
  ])('$it', ({ own, codes: expected }) => {
    expect(codes(own)).toEqual(expected)
  })

  it('is what a look-up warned of, at its key', () => {
    const notes = [
      { code: 'UNKNOWN_WEIGHTS', what: 'a', fix: 'name them' },
      { code: 'OTHER', what: 'b', fix: 'do' },
      { code: 'NOTED', what: 'c' },
    ]
    expect(warningsOf({ notes })).toEqual([
      { code: 'UNKNOWN_WEIGHTS', path: 'self_host.model', fix: 'name them' },
      { code: 'OTHER', path: 'self_host.throughput', fix: 'do' },
    ])
  })
})

describe('a joint rate holds for its own mix', () => {
  const joint = (input: string, output: string): Partial<SelfHost> => ({
    rates: { kind: 'joint', total: '6800', input, output },
  })

  // The workload has 50% output: a fifth more than 41.67%, a fifth less than 62.5%.
  it.each([
    { it: 'the same', own: joint('1', '1'), codes: [] },
    { it: 'a fifth more', own: joint('7', '5'), codes: [] },
    { it: 'above a fifth more', own: joint('71', '50'), codes: ['JOINT_MIX'] },
    { it: 'a fifth less', own: joint('3', '5'), codes: [] },
    { it: 'below a fifth less', own: joint('30', '51'), codes: ['JOINT_MIX'] },
  ])('$it', ({ own, codes: expected }) => {
    expect(codes(own)).toEqual(expected)
  })

  // 2,000 read in full or not and 2,000 out, of which 1,000 hit.
  it('and without hits', () => {
    const talk: Wish = { traffic: { per: 'day' }, request: { turns: 2, session: 1000, output: 1000 } }
    expect(codes(joint('1', '1'), talk)).toEqual(['JOINT_CACHE'])
  })
})

describe('a capacity that is stated', () => {
  const nearest = (rate: string | null): MeasuredRow => ({
    id: 'row',
    what: 'a measurement',
    tokens_per_second_per_gpu: rate,
    date: '2026-01-01',
    source: 'made-up',
    grade: 'own',
  })
  // 345.6M tokens a day of 8 GPUs are 500 a second each.
  const stated = { rates: { kind: 'stated', tokens_per_day: '345600000' } } as const

  it.each<{ it: string; measured: string | null; codes: string[] }>([
    { it: 'may be a fifth of what was measured', measured: '2500', codes: [] },
    { it: 'is far below that', measured: '2501', codes: ['STATED_FAR'] },
    { it: 'may be five times as much', measured: '100', codes: [] },
    { it: 'is far above that', measured: '99', codes: ['STATED_FAR'] },
    { it: 'is compared with nothing that was measured phase by phase', measured: null, codes: [] },
  ])('$it', ({ measured, codes: expected }) => {
    expect(codes({ ...stated, nearest: nearest(measured) })).toEqual(expected)
  })
})
