import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { exact, quotient } from '../../../src/model/number/money.ts'
import { highOf } from '../../../src/model/number/range.ts'
import type { ScenarioResult } from '../../../src/model/result/result.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { runs } from '../../laws.ts'
import { bookWith, clusterWith, codesOf, fleetWith, MILLION, priced, scenarioWith, type Wish } from '../build.ts'

type Hosted = ScenarioResult & { readonly self_host: NonNullable<ScenarioResult['self_host']> }

const hosted = (self: Partial<SelfHost>, wish: Wish = {}, book: Book = bookWith()): Hosted => {
  const scenario = scenarioWith({ cache: { policy: 'none' }, ...wish, self_host: clusterWith(self) })
  const [result] = estimate([scenario], priced(book), '2026-01-01').scenarios
  if (!result?.self_host) throw new Error('no cluster')
  return { ...result, self_host: result.self_host }
}

// 48M tokens a day, half in and half out: the API asks 24 × $1 + 24 × $2 = $72, $1.50 per 1M.
const daily: Wish = {
  traffic: { requests: 24, per: 'day' },
  request: { turn: MILLION, output: MILLION },
}

describe('paced traffic on a cluster of its own', () => {
  it('pays for the whole of it, idle hours included: 24 × $10, used to 48 of 240M', () => {
    const { costs, self_host } = hosted({}, daily)
    expect([costs.headline, costs.self_hosted, self_host.utilisation]).toEqual(['72', '240', 0.2])
    expect([self_host.self_hosted_usd_per_1m_full, self_host.self_hosted_usd_per_1m]).toEqual(['1', '5'])
    expect(self_host.hosted_usd_per_1m).toBe('1.5')
  })

  it('would break even at a rent of $12 an hour where a fifth of it is lost: 240M × $1.50 over 24 h, of which 80%', () => {
    const dear = { usd_per_node_hour: { low: '100', high: '100' }, useful_share: '0.8' }
    const { low } = hosted(dear, daily).self_host.break_even.headline ?? {}
    expect(low).toMatchObject({ kind: 'never', would_be: { usd_per_hour: '12', usd_per_gpu_hour: '1.5' } })
  })

  it('breaks even at two thirds: $240 over 240M × $1.50', () => {
    const { low, high } = hosted({}, daily).self_host.break_even.headline ?? {}
    expect(low).toEqual({ kind: 'at', utilisation: 0.6666666666666666, tokens_per_day: 160_000_000, attainable: true })
    expect(high).toEqual(low)
  })

  it('says what would make it cost, as it is used, what the API does: $240 for 48M, or $72 a day for 8 GPUs', () => {
    const { at_use } = hosted({}, daily).self_host
    expect(at_use?.low).toEqual({ hosted_usd_per_1m: '5', usd_per_hour: '3', usd_per_gpu_hour: '0.375' })
    expect(at_use?.high).toEqual(at_use?.low)
  })

  it('saves 1 − 240/72 of the hosted bill, which is a loss', () => {
    expect(hosted({}, daily).self_host.saving.headline).toBe(1 - 240 / 72)
  })

  it('is a range where its price is one, and break-even with it', () => {
    const { costs, self_host } = hosted({ usd_per_node_hour: { low: '10', high: '20' } }, daily)
    expect(costs.self_hosted).toEqual({ low: '240', high: '480' })
    const { low, high } = self_host.break_even.headline ?? {}
    expect([low?.kind, high?.kind, high?.never_kind]).toEqual(['at', 'never', 'this_cluster'])
    expect(high).toMatchObject({
      utilisation: 1.3333333333333333,
      would_be: { capacity_tokens_per_day: 320_000_000, hosted_usd_per_1m: '2', usd_per_hour: '15' },
    })
  })

  it('adds what is paid by the month and by the token: 12 × $365 ÷ 365 a day, 48 × $0.25', () => {
    const { costs, lines } = hosted({ fixed_usd_per_month: '365', variable_usd_per_1m: '0.25' }, daily)
    expect(costs.self_hosted).toBe('264')
    expect(lines.filter(({ view }) => view === 'self_hosted')).toMatchObject([
      { meter: 'gpu_hours', quantity: 192, rate: '1.25', unit: '1 GPU-hour', cost: '240' },
      { meter: 'cluster_month', rate: '365', unit: '1 month', cost: '12' },
      { meter: 'cluster_tokens', quantity: 48_000_000, rate: '0.25', unit: '1M tokens', cost: '12' },
    ])
  })

  it.each([
    ['hour', { requests: 1, per: 'hour' }, '10'],
    ['week', { requests: 168, per: 'week' }, '1680'],
    ['month', { requests: 730, per: 'month' }, '7300'],
    // Five working days pay for seven days of it.
    ['working day', { requests: 24, per: 'day', weekdays_only: true }, '336'],
  ] as const)('costs the same by the %s', (_, traffic, usd) => {
    expect(hosted({}, { ...daily, traffic }).costs.self_hosted).toBe(usd)
  })

  it('cannot serve what its busiest hour would take, beyond max_utilisation: unknown, with a warning', () => {
    // 10 of 24 hours: 2.4 × 48M a day are 48% of 240M; 192M would be 80%.
    const office = (requests: number): Wish => ({
      ...daily,
      traffic: { requests, per: 'day', profile: 'office-hours' },
    })
    expect(hosted({}, office(40)).costs.self_hosted).toBe('240')
    const over = hosted({}, office(41))
    expect([over.costs.self_hosted, over.self_host.utilisation]).toEqual([null, null])
    expect(over.reasons.self_hosted).toBe(
      "the busiest hour would take 82% of the cluster's capacity, more than max_utilisation allows",
    )
    expect(codesOf(over.warnings)).toEqual(['OVER_CAPACITY'])
    expect(over.complete).toBe(true)
  })

  it('pays its share where a utilisation is stated: 48M at $240 over half of 240M', () => {
    expect(hosted({ utilisation: 0.5 }, daily).costs.self_hosted).toBe('96')
  })
})

describe('a run', () => {
  it('pays its tokens at the utilisation that is stated: 2M at $1 ÷ 0.5', () => {
    const wish: Wish = { request: { turn: MILLION, output: MILLION } }
    const { costs, self_host, lines } = hosted({ utilisation: 0.5 }, wish)
    expect([costs.self_hosted, self_host.demand_tokens_per_day]).toEqual(['4', null])
    // 2M of 120M a day are a sixtieth of 192 GPU-hours.
    expect(lines.filter(({ view }) => view === 'self_hosted')).toMatchObject([{ quantity: '3.2', cost: '4' }])
  })
})

const measured = { kind: 'phases', prefill: '1000', decode: '100', cached_prefill: '10000' } as const

describe('a cluster with measured rates', () => {
  it('does what its phases let it, at the mix of the workload', () => {
    // 1M read in 1,000 s, 1M written in 10,000 s: 2M in 11,000 s.
    const { self_host } = hosted({ rates: measured }, { ...daily, traffic: { requests: 1, per: 'day' } })
    expect(self_host.capacity_tokens_per_day).toBe('15709090.909091')
    expect([self_host.trust, self_host.tokens_per_second_per_gpu]).toEqual(['measured_phases', '22.727273'])
  })

  it('is sized to the peak in whole units, spare nodes beside', () => {
    // 9 a day for each node at full utilisation is 8.64M s of work: 4 requests of 11,000 s fill a node to 51%.
    const wish: Wish = { ...daily, traffic: { requests: 10, per: 'day', profile: 'office-hours' } }
    const { self_host, costs } = hosted({ rates: measured, nodes: null, spare_nodes: 1, unit_nodes: 2 }, wish)
    // 110,000 s a day at 2.4 times the mean over 86,400 × 0.8: 3.82 nodes, so 4, and 1 that stands by.
    expect([self_host.nodes, self_host.sized, costs.self_hosted]).toEqual([5, true, '1200'])
    // 110,000 of 4 × 86,400 s.
    expect(self_host.utilisation).toBe(110_000 / 345_600)
  })

  it('follows the traffic hour by hour where it may', () => {
    const wish: Wish = { ...daily, traffic: { requests: 10, per: 'day', profile: 'office-hours' } }
    const { self_host, costs } = hosted({ rates: measured, nodes: null, autoscale: true }, wish)
    // Ten hours with 11,000 s of work: 3.82 nodes at 80%, so 4; fourteen with the one that is never switched off.
    expect([self_host.nodes, costs.self_hosted]).toEqual([2.25, '540'])
  })

  it('keeps the nodes that pay for all hours, and rents the rest by the hour', () => {
    const wish: Wish = { ...daily, traffic: { requests: 10, per: 'day', profile: 'office-hours' } }
    const reserved = { low: '6', high: '6' }
    const { costs } = hosted(
      { rates: measured, nodes: null, autoscale: true, reserved_usd_per_node_hour: reserved },
      wish,
    )
    // Four nodes in ten hours, one in fourteen. At 6 of 10 a node pays that is wanted in 14.4 hours or more: the first,
    // for 24 × $6; three more for 10 hours at $10.
    expect(costs.self_hosted).toBe('444')
  })

  it('has its work spared by cache hits, and the report says which way break-even moved', () => {
    // Three calls of 1M each that all begin alike: 2M of 3M read from the cache at a tenth of the price.
    const wish: Wish = {
      traffic: { requests: 1, per: 'day' },
      request: { turns: 3, session: MILLION, output: 1000 },
      cache: { policy: 'prefix' },
    }
    const { self_host } = hosted({ rates: measured }, wish)
    expect(self_host.mix).toMatchObject({ hit: 2 / 3.003, view: 'cached' })
    // Without hits 3,000 + 30 s for $3.006; with them 1,000 + 200 + 30 s for $1.206: the cluster is spared more.
    expect(self_host.cache_effect?.moved).toBe('later')
    // u* = $240 × seconds ÷ (86,400 × the API's bill)
    const used = (seconds: number, usd: string): number =>
      Number(quotient(exact(240 * seconds), exact(usd).times(86_400)).toFixed())
    expect(self_host.cache_effect).toMatchObject({ without_hits: used(3030, '3.006'), with_hits: used(1230, '1.206') })
  })
})

it('grows by what holds the weights, whatever the cluster at hand has', () => {
  // Of nodes at $240 a day that do 240M of $1.50: two at a time are $480, which 320M are worth.
  const { whole_nodes } = hosted(
    { nodes: 4, min_nodes: 2, rates: { kind: 'stated', tokens_per_day: '960000000' } },
    daily,
  ).self_host
  expect(whole_nodes?.low.first).toEqual({ tokens_per_day: 320_000_000, nodes: 2 })
})

describe('a leg that the cluster serves', () => {
  const fleet = fleetWith(
    {
      legs: [
        { model: 'demo', share: 0.5, self_host: true },
        { model: 'demo', share: 0.5 },
      ],
      baselines: ['demo'],
    },
    { ...daily, cache: { policy: 'none' } },
  )
  const [result] = estimate([{ ...fleet, self_host: clusterWith() }], priced(bookWith()), '2026-01-01').scenarios

  it('costs what the cluster costs, in every view, beside the legs of the API: $240 + half of $72', () => {
    expect(result?.costs.headline).toBe('276')
    expect(result?.routing?.legs.map(leg => [leg.self_host, leg.costs.headline])).toEqual([
      [true, '240'],
      [false, '36'],
    ])
  })

  it('breaks even by its own work, and is no view beside', () => {
    // Half of 48M a day, of 240M.
    expect(result?.self_host?.utilisation).toBe(0.1)
    expect(result?.self_host?.break_even.headline?.low.utilisation).toBe(0.6666666666666666)
    expect([result?.costs.self_hosted, result?.reasons.self_hosted]).toEqual([
      null,
      'the cluster serves a leg: its cost is in every view',
    ])
  })

  it('has lines that add up to the cost', () => {
    const lines = result?.lines.filter(({ view }) => view === 'headline') ?? []
    expect(lines.map(({ meter, leg, cost }) => [meter, leg, cost])).toEqual([
      ['gpu_hours', 0, '240'],
      ['input', 1, '12'],
      ['output', 1, '24'],
    ])
  })
})

describe('what a user could get wrong, or we', () => {
  it('a cluster without work is paid all the same, and is no NaN', () => {
    const legs = [
      { model: 'demo', share: 0, self_host: true as const },
      { model: 'demo', share: 1 },
    ]
    const fleet = fleetWith({ legs, baselines: [] }, { ...daily, cache: { policy: 'none' } })
    const self_host = clusterWith({ rates: measured })
    const [result] = estimate([{ ...fleet, self_host }], priced(bookWith()), '2026-01-01').scenarios
    expect([result?.costs.headline, result?.self_host]).toEqual(['312', null])
    expect(result?.reasons.self_hosted).toBe('there are no tokens to serve')
  })

  it('a stated capacity is shared by the nodes that follow the traffic: 60M a day each of 240M on four', () => {
    // 48M of 0.8 × 60M: one node at $10 an hour.
    const { self_host, costs } = hosted({ nodes: 4, autoscale: true }, daily)
    expect([self_host.nodes, self_host.capacity_tokens_per_day, self_host.utilisation]).toEqual([1, 60_000_000, 0.8])
    expect([costs.self_hosted, self_host.self_hosted_usd_per_1m_full, self_host.sized]).toEqual(['240', '4', true])
  })

  it('and by whole units alone: 60M each, as the fifth of five nodes completes no pair', () => {
    // Two nodes for $480 a day: worth it from 320M tokens, of which they do 96M; never.
    const { self_host } = hosted({ nodes: 5, unit_nodes: 2 }, daily)
    expect(self_host.whole_nodes?.low.usd_per_1m_at_scale).toBe('5')
  })

  it('a stated utilisation lifts no limit: 4 × what the cluster can do is unknown', () => {
    const wish: Wish = { ...daily, traffic: { requests: 480, per: 'day' } }
    const { costs, warnings } = hosted({ utilisation: 0.7 }, wish)
    expect([costs.self_hosted, codesOf(warnings)]).toEqual([null, ['OVER_CAPACITY']])
  })

  it('nor can it be less than the work alone uses, or pass max_utilisation unsaid', () => {
    const less = hosted({ utilisation: 0.1 }, daily)
    expect([less.costs.self_hosted, less.reasons.self_hosted]).toEqual([
      null,
      'this work alone uses 20% of the cluster, more than the 10% that is stated',
    ])
    expect(codesOf(hosted({ utilisation: 0.9 }, daily).warnings)).toEqual(['UTILISATION_OVER_MAX'])
  })

  it('what is estimated is a range on both sides: 48 to 96 tokens for $0.000048 to $0.000144', () => {
    const part = { source: 'text', kind: 'text', tokenizer: 'guess', exact: false } as const
    const length = { mean: '36', min: 36, max: 36, parts: [{ ...part, samples: [36], low: [24], high: [48] }] }
    const wish: Wish = { request: { turn: length, output: 24 } }
    const { costs, self_host } = hosted({ utilisation: 0.5 }, wish)
    // 24 × $1 + 24 × $2 for 48 tokens, and 48 × $1 + 24 × $2 for 72, per 1M.
    expect(costs.headline).toEqual({ low: '0.000072', high: '0.000096' })
    expect(self_host.hosted_usd_per_1m).toEqual({ low: '1.333333333333', high: '1.5' })
    // At $2 per 1M.
    expect(costs.self_hosted).toEqual({ low: '0.000096', high: '0.000144' })
    // The least: 144 against 72; the most: 96 against 96.
    expect(self_host.saving.headline).toEqual({ low: -1, high: 0 })
  })

  it('nodes that follow the traffic have no size of their own', () => {
    const { self_host } = hosted({ nodes: null, rates: measured, autoscale: true }, daily)
    expect([self_host.whole_nodes, self_host.hybrid]).toEqual([null, null])
  })

  it('ranges stay ranges in whole nodes and in the hybrid', () => {
    const { self_host } = hosted({ usd_per_node_hour: { low: '10', high: '20' } }, daily)
    const { low, high } = self_host.whole_nodes ?? {}
    // A node of 240M does 192M at 80%, worth $288: $240 pays from 160M on, $480 never.
    expect([low?.first?.tokens_per_day, high?.never_kind]).toEqual([160_000_000, 'any_scale'])
    expect([self_host.hybrid?.low.nodes, self_host.hybrid?.high.nodes]).toEqual([0, 0])
  })

  it('a cluster that cannot serve its leg has no lines, and the fleet no cost', () => {
    const legs = [
      { model: 'demo', share: 0.5, self_host: true as const },
      { model: 'demo', share: 0.5 },
    ]
    const wish: Wish = { ...daily, traffic: { requests: 24_000, per: 'day' }, cache: { policy: 'none' } }
    const scenario = { ...fleetWith({ legs, baselines: [] }, wish), self_host: clusterWith() }
    const [result] = estimate([scenario], priced(bookWith()), '2026-01-01').scenarios
    expect([result?.costs.headline, result?.lines.length, result?.complete]).toEqual([null, 0, false])
  })

  it('hours and months have as many decimals as money: quantity × rate is the cost', () => {
    const wish: Wish = { request: { turn: 3, output: 1 } }
    const { lines } = hosted({ utilisation: 0.5, fixed_usd_per_month: '12500' }, wish)
    for (const { quantity, rate, cost } of lines.filter(({ view }) => view === 'self_hosted')) {
      expect(
        exact(String(quantity))
          .times(exact(String(rate)))
          .minus(exact(String(cost)))
          .abs()
          .lt('1e-7'),
      ).toBe(true)
    }
  })

  it('totals have the clusters too, where every scenario has one', () => {
    const scenario = scenarioWith({ cache: { policy: 'none' }, ...daily, self_host: clusterWith() })
    const sums = (...scenarios: Parameters<typeof estimate>[0]) =>
      estimate(scenarios, priced(bookWith()), '2026-01-01').totals.per_month?.costs.self_hosted
    // 730 hours at $10, twice.
    expect(sums(scenario, { ...scenario, name: 'other' })).toBe('14600')
    expect(sums(scenario, scenarioWith(daily))).toBe(null)
  })

  it('a share of the cost is taken with the other legs at their other end', () => {
    const legs = [
      { model: 'demo', share: 0.5, self_host: true as const },
      { model: 'demo', share: 0.5 },
    ]
    const self_host = clusterWith({ usd_per_node_hour: { low: '1', high: '2' } })
    const scenario = { ...fleetWith({ legs, baselines: ['demo'] }, { ...daily, cache: { policy: 'none' } }), self_host }
    const [result] = estimate([scenario], priced(bookWith()), '2026-01-01').scenarios
    // $24 to $48 beside $36; against $72 all on the API.
    expect(result?.routing?.legs.map(leg => leg.share_of_cost.headline)).toEqual([
      { low: 0.4, high: 48 / 84 },
      { low: 36 / 84, high: 0.6 },
    ])
    expect(result?.routing?.baselines[0]?.saving.headline).toEqual({ low: -1 / 6, high: 1 / 6 })
  })
})

describe('for every cluster', () => {
  const cluster = fc.record({
    unit_nodes: fc.integer({ min: 1, max: 13 }),
    spare_nodes: fc.nat({ max: 3 }),
    max_utilisation: fc.constantFrom(0.5, 0.8, 1),
    usd_per_node_hour: fc.integer({ min: 1, max: 90 }).map(usd => ({ low: String(usd), high: String(usd + 3) })),
    rates: fc.constantFrom<SelfHost['rates']>(
      { kind: 'phases', prefill: '52300', decode: '22300', cached_prefill: '350000' },
      { kind: 'joint', total: '6800', input: '8', output: '1' },
    ),
  })
  const nodes = fc.integer({ min: 17, max: 300 })
  const at = (self: Partial<SelfHost>) => hosted(self, daily).self_host

  it('a bigger fleet never has less capacity, nor is it used more', () => {
    fc.assert(
      fc.property(cluster, nodes, fc.nat({ max: 40 }), (self, count, more) => {
        const [small, big] = [at({ ...self, nodes: count }), at({ ...self, nodes: count + more })]
        expect(Number(highOf(big.capacity_tokens_per_day))).toBeGreaterThanOrEqual(
          Number(highOf(small.capacity_tokens_per_day)),
        )
        expect(Number(highOf(big.utilisation ?? 0))).toBeLessThanOrEqual(Number(highOf(small.utilisation ?? 0)))
      }),
      { numRuns: runs(60) },
    )
  })
})
