import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import * as leg from '../../../src/cost/result/describe-leg.ts'
import { WEEKDAYS } from '../../../src/model/book/choices.ts'
import { exact, ZERO } from '../../../src/model/number/money.ts'
import { both } from '../../../src/model/number/range.ts'
import { about, bookWith, MILLION, type Parts, scenarioWith, type Wish } from '../build.ts'

const pricedWith = (wish: Wish, parts: Parts = {}) => priceScenario(scenarioWith(wish), bookWith(parts), '2026-01-01')
const streamsOf = (wish: Wish, parts?: Parts) => pricedWith(wish, parts).streams
const totals = { totals: { input: 3000, output: 30 } }

describe('tokens and calls', () => {
  // Three calls of 1,000, of which the last two are read from the cache.
  const talk: Wish = { traffic: { requests: 5 }, request: { turns: 3, session: 1000, output: 10 } }

  it('are those of the cached view: 5 × 1,000 read in full, 5 × 2,000 from the cache', () => {
    expect(leg.printTokens(pricedWith(talk).tokens)).toMatchObject({
      prompt: 15_000,
      input: 5000,
      cache_read: 10_000,
      output: 150,
    })
    expect(leg.hitShare(pricedWith(talk).tokens)).toBeCloseTo(2 / 3, 15)
    expect(String(leg.countCalls(streamsOf(talk)))).toBe('15')
  })

  it('are unknown or none where totals are all there is, or nothing is sent', () => {
    expect(leg.countCalls(streamsOf(totals))).toBeNull()
    expect(leg.hitShare(pricedWith(totals).tokens)).toBeNull()
    expect(leg.hitShare(pricedWith({ request: { output: 1 } }).tokens)).toBeNull()
  })
})

// All but the first of four requests of a run.
it('three of four requests find a prefix warm; of none, or without a prefix, no share does', () => {
  const shared: Wish = { traffic: { requests: 4 }, request: { shared: 1000 } }
  expect(leg.warmShare(streamsOf(shared))).toBe(0.75)
  expect(leg.warmShare(streamsOf({ ...shared, cache: { policy: 'none' } }))).toBeNull()
  expect(leg.warmShare(streamsOf(shared, { row: { cache_read: 'not_offered' } }))).toBeNull()
  expect(leg.warmShare(streamsOf(totals))).toBeNull()
  expect(leg.warmShare([])).toBeNull()
})

describe('whether the longest call fits', () => {
  // With a context of 2,000.
  it.each<{ it: string; turn: Parameters<typeof about>; context: number | null; fit: object }>([
    { it: 'yes, where all of the band does', turn: [1500, 1000, 2000], context: 2000, fit: { fits: true } },
    { it: 'no, where none of it does', turn: [2500, 2001, 3000], context: 2000, fit: { fits: false } },
    {
      it: 'unknown, where some of it does',
      turn: [1500, 1000, 2001],
      context: 2000,
      fit: { fits: null, tokens: { low: 1000, high: 2001 } },
    },
    {
      it: 'unknown, where the context is',
      turn: [1, 1, 1],
      context: null,
      fit: { fits: null, tokens: 1, context: null },
    },
  ])('$it', ({ turn, context, fit }) => {
    expect(leg.describeFit(streamsOf({ request: { turn: about(...turn) } }, { model: { context } }))).toMatchObject(fit)
  })

  it('is not known of totals', () => {
    expect(leg.describeFit(streamsOf(totals, { model: { context: 1 } }))).toEqual({
      fits: null,
      tokens: null,
      context: 1,
    })
  })
})

describe('a view without a figure', () => {
  it('has its reason, unless the tier is not offered, which leaves nothing unknown', () => {
    const streams = streamsOf(totals)
    expect(Object.keys(leg.whyUnknown(streams))).toEqual(['cached', 'batch', 'batch_cached'])
    expect(leg.isNotOffered(streams, 'batch')).toBe(true)
    expect(leg.isNotOffered(streams, 'cached')).toBe(false)
    expect(leg.isNotOffered(streams, 'headline')).toBe(true)
  })
})

describe('the hours of a price', () => {
  const peak = {
    name: 'peak',
    timezone: 'UTC',
    weekdays: [...WEEKDAYS],
    hours: ['00:00-06:00'],
    holidays: 'apply',
    input: '3',
    cache_read: '0.3',
    output: '6',
  } as const
  const parts = { row: { windows: [peak], base_window: 'off-peak' } }
  const wish: Wish = { traffic: { requests: 4, per: 'day' }, request: { turn: MILLION } }

  it('have a quarter of the requests in 6 of 24 hours', () => {
    const windows = leg.describeWindows(streamsOf(wish, parts))
    expect(windows.map(({ name, share }) => [name, share]).sort()).toEqual([
      ['off-peak', 0.75],
      ['peak', 0.25],
    ])
  })

  it('cost $4 to $12 for 4M tokens, and what is paid beside: $1', () => {
    const streams = streamsOf(wish, parts)
    expect(leg.rangeOverHours(streams, both(exact(1)))?.headline).toEqual({ low: '5', high: '13' })
    expect(leg.rangeOverHours(streams, both(exact(1)))?.batch).toBeNull()
    expect(leg.rangeOverHours(streams, null)).toBeNull()
  })

  it('have no range where there is one rate', () => {
    expect(leg.rangeOverHours(streamsOf(wish), both(ZERO))).toBeNull()
  })

  it('are the cheapest with the fewest tokens, and the dearest with the most: 4 × 1M at $1, 4 × 3M at $3', () => {
    const estimated = { ...wish, request: { turn: about(2 * MILLION, MILLION, 3 * MILLION) } }
    const range = leg.rangeOverHours(streamsOf(estimated, parts), both(ZERO))
    expect(range?.headline).toEqual({ low: '4', high: '36' })
  })
})
