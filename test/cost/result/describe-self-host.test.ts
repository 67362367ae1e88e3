import { describe, expect, it } from 'vitest'
import { breakEven } from '../../../src/cost/cluster/break-even.ts'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { selfHosting } from '../../../src/cost/fleet/self-host.ts'
import { describeBreakEven, toSelfHosted } from '../../../src/cost/result/describe-self-host.ts'
import { exact, ZERO } from '../../../src/model/number/money.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { bookWith, clusterWith, MILLION, scenarioWith, type Wish } from '../build.ts'
import { contestWith } from '../cluster/contest.ts'

/** 24M in and 24M out a day: $72 on the API. */
const daily: Wish = { traffic: { requests: 24, per: 'day' }, request: { turn: MILLION, output: MILLION } }

const described = (own: Partial<SelfHost> = {}, wish: Wish = daily) => {
  const scenario = scenarioWith({ cache: { policy: 'none' }, ...wish, self_host: clusterWith(own) })
  const priced = priceScenario(scenario, bookWith(), '2026-01-01')
  const hosting = selfHosting(priced)
  if (!hosting) throw new Error('no cluster')
  return toSelfHosted(hosting, priced)
}

describe('a cluster', () => {
  it('is told by the hour and by the day, with its share of the work: 24M of 48M in, 48M of 240M', () => {
    expect(described({ usd_per_node_hour: { low: '10', high: '20' } })).toMatchObject({
      nodes: 1,
      sized: false,
      usd_per_hour: { low: '10', high: '20' },
      usd_per_day: { low: '240', high: '480' },
      capacity_tokens_per_day: 240_000_000,
      mix: { miss: 0.5, hit: 0, output: 0.5, view: 'cached' },
      peak_to_mean: 1,
      demand_tokens_per_day: 48_000_000,
      utilisation: 0.2,
    })
  })

  // 240M over 86,400 s and 8 GPUs.
  it('does 347.22 tokens a second with each GPU that serves, spare nodes aside', () => {
    expect(described().tokens_per_second_per_gpu).toBe('347.222222')
    expect(described({ nodes: 2, spare_nodes: 1 }).tokens_per_second_per_gpu).toBe('347.222222')
  })

  it.each<{ rates: SelfHost['rates']; trust: string }>([
    { rates: { kind: 'stated', tokens_per_day: '240000000' }, trust: 'stated' },
    { rates: { kind: 'joint', total: '6800', input: '1', output: '1' }, trust: 'measured_joint' },
    { rates: { kind: 'phases', prefill: '9000', decode: '9000', cached_prefill: '9000' }, trust: 'measured_phases' },
    { rates: { kind: 'roofline', prefill: '9000', decode: '9000', times: '2' }, trust: 'roofline' },
  ])('is trusted as $trust', ({ rates, trust }) => {
    expect(described({ rates }).trust).toBe(trust)
  })

  // In 10 of 24 hours: 2.4 times the mean, 96% of the capacity at 96M a day.
  it('that cannot serve its busiest hour has no use, no price as used and a reason', () => {
    const office = { ...daily, traffic: { requests: 48, per: 'day', profile: 'office-hours' } } as const
    expect(described({}, office)).toMatchObject({
      peak_to_mean: 2.4,
      utilisation: null,
      self_hosted_usd_per_1m: null,
      at_use: null,
      saving: {},
      reason: expect.stringContaining('96%'),
    })
  })
})

describe('a cluster against the API', () => {
  // Full, $1 against $1.50; as used, $5. Per GPU $72 a day over 24 × 8.
  it('is told as a multiple, when full and as it is used', () => {
    expect(described()).toMatchObject({
      hosted_view: 'cached',
      hosted_usd_per_1m: '1.5',
      hosted_over_self_full: 1.5,
      self_hosted_usd_per_1m_full: '1',
      self_hosted_usd_per_1m: '5',
      at_use: { low: { hosted_usd_per_1m: '5', usd_per_hour: '3', usd_per_gpu_hour: '0.375' } },
    })
  })

  it('has no entry for a view that has no price', () => {
    expect(Object.keys(described().break_even)).toEqual(['headline', 'cached_ideal', 'cached'])
    expect(Object.keys(described().saving)).toEqual(['headline', 'cached_ideal', 'cached'])
  })

  // Three prompts of 1,000 a day, 2,000 of them read from the cache at a tenth: the API's bill is 0.4 of what it was.
  // A cluster whose hits take no less time needs all of its time still; one that reads them 1,000 times as fast needs
  // 1.002 of 3 seconds, 0.334.
  it.each([
    { it: 'later, where hits spare it no work', cached_prefill: '1000', moved: 'later' },
    { it: 'earlier, where hits spare it more than they spare the API', cached_prefill: '1000000', moved: 'earlier' },
    // 1,000 + 2,000/10 of 3,000: as much as the API.
    { it: 'not at all, where they spare it as much', cached_prefill: '10000', moved: 'not' },
  ])('breaks even $it', ({ cached_prefill, moved }) => {
    const wish: Wish = { traffic: { per: 'day' }, request: { turns: 3, session: 1000 }, cache: { policy: 'prefix' } }
    const rates = { kind: 'phases', prefill: '1000', decode: '100', cached_prefill } as const
    expect(described({ rates }, wish).cache_effect?.moved).toBe(moved)
  })

  it('has no effect of a cache without hits', () => {
    expect(described().cache_effect).toBeNull()
  })
})

describe('where both cost the same', () => {
  const terms = { gpus_per_node: 8, useful_share: '0.5' }

  // $1,000 a day are 500M of 1B tokens at $2.
  it('is a share and a volume', () => {
    expect(describeBreakEven(breakEven(contestWith()), terms, exact(4))).toEqual({
      kind: 'at',
      utilisation: 0.5,
      tokens_per_day: 500_000_000,
      attainable: true,
    })
  })

  // $2,400 a day are worth 1.2B tokens at $2, or $2.40 for each of 1B. 1B at $2 are $2,000 a day, $83.33 an hour, half
  // of it as a rent that is half used, over 32 GPUs: $1.30.
  it('is what would have to change, where it is out of reach', () => {
    const never = breakEven(contestWith({ fixedUsdPerDay: exact(2400) }))
    expect(describeBreakEven(never, terms, exact(4))).toEqual({
      kind: 'never',
      never_kind: 'this_cluster',
      utilisation: 1.2,
      tokens_per_day: 1_200_000_000,
      would_be: {
        capacity_tokens_per_day: 1_200_000_000,
        hosted_usd_per_1m: '2.4',
        usd_per_hour: '41.666666666667',
        usd_per_gpu_hour: '1.302083333333',
      },
      // At 80 %: a quarter more capacity or a price a quarter higher, four fifths of the rent.
      would_pay: {
        capacity_tokens_per_day: 1_500_000_000,
        hosted_usd_per_1m: '3',
        usd_per_hour: '33.333333333333',
        usd_per_gpu_hour: '1.041666666667',
      },
    })
  })

  it('is nowhere where the API costs less than a token of the cluster does, and no rent would do', () => {
    const never = breakEven(contestWith({ variableUsdPer1M: exact(2) }))
    expect(describeBreakEven(never, terms, exact(4))).toMatchObject({
      never_kind: 'below_variable',
      utilisation: null,
      tokens_per_day: null,
      // $1 for each of 1B on top of $2.
      would_be: { capacity_tokens_per_day: null, hosted_usd_per_1m: '3', usd_per_hour: null, usd_per_gpu_hour: null },
    })
  })

  it('has no price of a GPU where there is none', () => {
    const never = breakEven(contestWith({ fixedUsdPerDay: exact(2400) }))
    expect(describeBreakEven(never, terms, ZERO).would_be?.usd_per_gpu_hour).toBeNull()
  })
})
