import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { toResult } from '../../../src/cost/result/to-result.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { about, bookWith, clusterWith, codesOf, fleetWith, MILLION, scenarioWith, type Wish } from '../build.ts'

const batch = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const
const resultOf = (scenario: Scenario, book = bookWith()) => toResult(priceScenario(scenario, book, '2026-01-01'), book)
const paced = (traffic: NonNullable<Wish['traffic']>) => resultOf(scenarioWith({ traffic, request: { turn: MILLION } }))

describe('the period of a scenario', () => {
  // At a dollar a request. A month is 730 hours; five working days of 168 hours: 3650 / 168.
  it.each([
    { traffic: { per: 'hour' } as const, hours: 1, months: '730', usd: '730' },
    { traffic: { per: 'week' } as const, hours: 168, months: '4.345238095238', usd: '4.345238095238' },
    { traffic: { per: 'month', requests: 3 } as const, hours: 730, months: '1', usd: '3' },
    {
      traffic: { per: 'day', weekdays_only: true } as const,
      hours: 24,
      months: '21.72619047619',
      usd: '21.72619047619',
    },
  ])('$traffic.per: $hours hours, $months of them a month', ({ traffic, hours, months, usd }) => {
    expect(paced(traffic)).toMatchObject({
      period_hours: hours,
      periods_per_month: months,
      per_month: { headline: usd },
    })
  })

  it('is none for a run', () => {
    expect(paced({ per: 'run' })).toMatchObject({ period_hours: null, periods_per_month: null, per_month: null })
  })
})

describe('a result is complete', () => {
  it.each<{ it: string; scenario: Scenario; complete: boolean }>([
    {
      it: 'where each view that is offered has a figure',
      scenario: scenarioWith({ request: { turn: 1 } }),
      complete: true,
    },
    { it: 'not where hits are unknown', scenario: scenarioWith({ totals: { input: 1, output: 1 } }), complete: false },
  ])('$it', ({ scenario, complete }) => {
    expect(resultOf(scenario).complete).toBe(complete)
  })
})

describe('the cluster of a result', () => {
  const daily: Wish = { traffic: { requests: 24, per: 'day' }, request: { turn: MILLION } }

  it.each<{ it: string; wish: Wish; why: string | undefined }>([
    { it: 'is not described', wish: daily, why: 'describes no cluster' },
    { it: 'has no work', wish: { traffic: { per: 'day' }, self_host: clusterWith() }, why: 'no tokens' },
    // 216M of 240M are above 80%.
    {
      it: 'is too small',
      wish: { ...daily, traffic: { requests: 216, per: 'day' }, self_host: clusterWith() },
      why: '90%',
    },
    { it: 'has a cost, so no reason', wish: { ...daily, self_host: clusterWith() }, why: undefined },
  ])('$it', ({ wish, why }) => {
    const { reasons, costs } = resultOf(scenarioWith(wish))
    if (why === undefined) expect([costs.self_hosted, reasons.self_hosted]).toEqual(['240', undefined])
    else expect([costs.self_hosted, reasons.self_hosted]).toEqual([null, expect.stringContaining(why)])
  })
})

describe('a figure that is a bound says so', () => {
  it('where all input hits, and where turns would wait for each other in a batch', () => {
    const book = bookWith({ provider: { batch } })
    const bounds = (wish: Wish) => Object.keys(resultOf(scenarioWith(wish), book).bounds)
    expect(bounds({ request: { turn: 10 } })).toEqual(['cached_ideal'])
    expect(bounds({ request: { turns: 2, session: 10 } })).toEqual(['cached_ideal', 'batch_cached'])
    expect(bounds({ request: { output: 10 } })).toEqual([])
  })
})

describe('the cache of a result', () => {
  const shared: Wish = { traffic: { requests: 4 }, request: { shared: 1000 } }

  it('is told with its rule where prefixes are: three of four requests find 1,000 tokens', () => {
    expect(resultOf(scenarioWith(shared)).cache).toMatchObject({
      policy: 'prefix',
      hit_share: 0.75,
      warm_share: 0.75,
      match: 'blocks',
      ttl_s: 300,
    })
  })

  it('has no rule for a share that is stated', () => {
    const { cache } = resultOf(scenarioWith({ ...shared, cache: { policy: 'hit_share', hit_share: 0.3 } }))
    expect(cache).toMatchObject({
      policy: 'hit_share',
      hit_share: 0.3,
      warm_share: null,
      rule: null,
      match: null,
      ttl_s: 300,
    })
  })

  it('has none for a fleet, whose legs have their own', () => {
    const { cache, model, provider, windows } = resultOf(fleetWith({ legs: [{ model: 'demo', share: 1 }] }, shared))
    expect(cache).toMatchObject({ hit_share: 0.75, rule: null, block: null, ttl_s: null })
    expect([model, provider, windows]).toEqual([null, null, []])
  })
})

describe('what a result says', () => {
  it('an assumption is told once, with every view that has a figure', () => {
    const rules = (book: ReturnType<typeof bookWith>) =>
      resultOf(scenarioWith({ traffic: { requests: 2 }, request: { shared: 10 } }), book).assumptions.filter(
        ({ code }) => code === 'CACHE_RULE',
      )
    expect(rules(bookWith()).map(({ views }) => views)).toEqual([['cached']])
    expect(rules(bookWith({ provider: { batch } })).map(({ views }) => views)).toEqual([['cached', 'batch_cached']])
  })

  it('a warning about the book is told once, for all sizes of a workload', () => {
    const sizes = ['1', '2'].map(tokens => ({ share: '0.5', tokens }))
    const stale = { ...bookWith(), reviewed: '2020-01-01' }
    expect(codesOf(resultOf(scenarioWith({ request: { turn: 100 }, sizes }), stale).warnings)).toEqual(['PRICE_OLD'])
  })

  it('tokens are exact unless any is estimated', () => {
    expect(resultOf(scenarioWith({ request: { turn: 2 } })).tokens.exact).toBe(true)
    expect(resultOf(scenarioWith({ request: { turn: about(2, 1, 3) } })).tokens).toMatchObject({
      prompt: { low: 1, high: 3 },
      exact: false,
    })
  })
})
