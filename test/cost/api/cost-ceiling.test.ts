import { describe, expect, it } from 'vitest'
import { costCeiling, crossesRateBoundary, streamCeiling } from '../../../src/cost/api/cost-ceiling.ts'
import { priceRange } from '../../../src/cost/api/price-range.ts'
import { estimate } from '../../../src/cost/result/estimate.ts'
import {
  about,
  bookWith,
  codesOf,
  fleetWith,
  MILLION,
  modelWith,
  priced,
  resultOf,
  scenarioWith,
  type Wish,
} from '../build.ts'

// The book: $1 in, $0.10 read, $2 out. A call of 1M to 2M estimated tokens and 500K of output.
const ESTIMATED: Wish = { request: { turn: about(1.5 * MILLION, MILLION, 2 * MILLION), output: MILLION / 2 } }

it('what no count of a band can cost more than is every token at the dearest rate', () => {
  // 2M tokens at $1, which is dearer than reading at $0.10, and half a million out at $2.
  const stream = priceRange(scenarioWith(ESTIMATED), { book: bookWith(), at: '2026-01-01' })
  expect(costCeiling(stream, 'cached').toFixed()).toBe('3')
  const lifetimes = [{ ttl_s: 300, write: 'cache_write' as const }]
  const written = bookWith({ row: { cache_write: '1.25' }, rule: { lifetimes } })
  expect(
    costCeiling(priceRange(scenarioWith(ESTIMATED), { book: written, at: '2026-01-01' }), 'cached').toFixed(),
  ).toBe('3.5')
})

describe('a view that is a bound', () => {
  // $1 in, $0.10 read, $2 out; a batch at half of each.
  const batch = (stacking: 'multiply' | 'no-cache') => ({ discount: '0.5', stacking, source: 'made-up' }) as const
  const book = bookWith({ provider: { batch: batch('multiply') } })
  const talk = { turns: 3, shared: 1000, turn: 10, output: 5 }
  const boundsOf = (wish: Wish, prices = book) => Object.keys(resultOf(wish, prices).bounds)

  it('is named in the result, with its reason', () => {
    const { bounds, warnings } = resultOf({ request: talk }, book)
    expect(bounds).toEqual({
      cached_ideal: 'every input token is read from the cache, although every prompt is sent a first time',
      batch_cached: 'it takes the hits of cached, though turns cannot share a batch',
    })
    expect(codesOf(warnings)).toEqual([])
  })

  it.each<{ it: string; wish: Wish; prices?: ReturnType<typeof bookWith>; bounds: string[] }>([
    {
      it: 'one call: its hits are of other requests',
      wish: { request: { ...talk, turns: 1 } },
      bounds: ['cached_ideal'],
    },
    { it: 'no hits to take', wish: { request: talk, cache: { policy: 'none' } }, bounds: ['cached_ideal'] },
    {
      it: 'no hits in a batch',
      wish: { request: talk },
      prices: bookWith({ provider: { batch: batch('no-cache') } }),
      bounds: ['cached_ideal'],
    },
    { it: 'no batch', wish: { request: talk }, prices: bookWith(), bounds: ['cached_ideal'] },
    {
      it: 'no reads at all',
      wish: { request: talk },
      prices: bookWith({ row: { cache_read: 'not_offered' } }),
      bounds: [],
    },
    {
      it: 'a cache that is taken as ideal',
      wish: { request: talk, cache: { policy: 'ideal' } },
      bounds: ['cached_ideal', 'cached', 'batch_cached'],
    },
    { it: 'totals', wish: { totals: { input: 100, output: 5 } }, bounds: ['cached_ideal'] },
  ])('$it', ({ wish, prices = book, bounds }) => {
    expect(boundsOf(wish, prices)).toEqual(bounds)
  })

  it('of a fleet is one where it is of any leg', () => {
    const legs = [
      { model: 'demo', share: 0.5 },
      { model: 'other', share: 0.5 },
    ]
    const models = [modelWith(), modelWith({ id: 'other', row: { cache_read: 'not_offered' } })]
    const fleet = fleetWith({ legs }, { request: talk, traffic: { requests: 2 } })
    const prices = bookWith({ models, provider: { batch: batch('multiply') } })
    const [result] = estimate([fleet], priced(prices), '2026-01-01').scenarios
    expect(Object.keys(result?.bounds ?? {})).toEqual(['cached_ideal', 'batch_cached'])
  })

  it('costs at most what it would without a hit', () => {
    // Three calls of 1,010 tokens at $0.50, three outputs of 5 at $1: 0.001515 + 0.000015.
    const scenario = scenarioWith({ request: talk })
    const most = streamCeiling(priceRange(scenario, { book, at: '2026-01-01' }), 'batch_cached')
    expect({ ...most, usd: most?.usd.toFixed() }).toEqual({ usd: '0.00153', why: 'bound' })
    expect(streamCeiling(priceRange(scenario, { book, at: '2026-01-01' }), 'cached')).toBeNull()
  })
})

it('a count that costs less than both ends of its band crosses a boundary in some of its calls', () => {
  // Six calls, each 100 tokens longer; hits from 1,250 on. At 900 tokens only calls 5 and 6 find any, at 1,163 and at
  // 1,330 all but the first: the middle costs less than either end, though all three are billed by the same meters.
  const talk: Wish = { request: { turns: 6, history: true, shared: about(1163, 900, 1330), turn: 100, output: 0 } }
  const at = '2026-01-01'
  const crossing = priceRange(scenarioWith(talk), { book: bookWith({ rule: { minimum: 1250 } }), at })
  expect(crossesRateBoundary(crossing, 'cached')).toBe(true)
  const plain = priceRange(scenarioWith(talk), { book: bookWith(), at })
  expect(crossesRateBoundary(plain, 'cached')).toBe(false)
})
