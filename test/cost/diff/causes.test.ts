import { describe, expect, it } from 'vitest'
import { causesOf, pointsBetween } from '../../../src/cost/diff/causes.ts'
import { scaleCosts } from '../../../src/cost/fleet/costs.ts'
import { periodFactor, priceEnds } from '../../../src/cost/fleet/price-ends.ts'
import { exact } from '../../../src/model/number/money.ts'
import { both } from '../../../src/model/number/range.ts'
import { perView } from '../../../src/model/result/print-exact.ts'
import { about, bookWith, MILLION, scenarioWith, type Wish } from '../build.ts'

// The book: $1 in, $0.10 read, $2 out per 1M tokens.
const book = bookWith()
const at = '2026-01-01'

const between = (was: Wish, is: Wish) => {
  const [from, to] = [scenarioWith(was), scenarioWith(is)]
  const [start, { views: costs }] = [priceEnds({ scenario: from, at }, book), priceEnds({ scenario: to, at }, book)]
  const factor = periodFactor(from, to)
  if (!factor) throw new Error('both are runs, or both are paced')
  return causesOf(scaleCosts(start.views, factor), pointsBetween({ from, to, costs }, { book, at }))
}

const told = (was: Wish, is: Wish, view: 'headline' | 'cached' | 'batch' = 'headline') =>
  between(was, is)[view]?.map(({ key, from, to, effect }) => [key, from, to, effect])

describe('each change is priced on top of those before it', () => {
  it('twice the requests, then a longer question, then an answer', () => {
    // 1M at $1; 2 requests: +$1; of 2M each: +2 × $1; with an answer of 1M at $2: +2 × $2.
    const was: Wish = { request: { turn: MILLION } }
    const is: Wish = { traffic: { requests: 2 }, request: { turn: 2 * MILLION, output: MILLION } }
    expect(told(was, is)).toEqual([
      ['traffic.requests', 1, 2, '1'],
      ['request.turn', MILLION, 2 * MILLION, '2'],
      ['request.output', 0, MILLION, '4'],
    ])
  })

  it('14 requests a week are 2 a day: no effect of the period, and then 1 more', () => {
    const was: Wish = { traffic: { requests: 14, per: 'week' }, request: { turn: MILLION } }
    expect(told(was, { ...was, traffic: { requests: 2, per: 'day' } })).toEqual([['traffic.requests', 14, 2, '0']])
    // $2 a day, then twice the tokens.
    expect(told(was, { traffic: { requests: 2, per: 'day' }, request: { turn: 2 * MILLION } })).toEqual([
      ['traffic.requests', 14, 2, '0'],
      ['request.turn', MILLION, 2 * MILLION, '2'],
    ])
  })

  it('a cache that is left off costs what it saved: 9 of 10 requests read 150 tokens at $0.10 instead of $1', () => {
    const was: Wish = { traffic: { requests: 10 }, request: { shared: 150 } }
    const is: Wish = { ...was, cache: { policy: 'none' } }
    // 9 × 150 × $0.90 = 1,215 millionths
    expect(told(was, is, 'cached')).toEqual([['cache', 'prefix', 'none', '0.001215']])
    expect(told(was, is)).toEqual([['cache', 'prefix', 'none', '0']])
  })

  it('an estimate by both ends: from 1M–2M to 3M–5M tokens', () => {
    const was: Wish = { request: { turn: about(MILLION, MILLION, 2 * MILLION) } }
    const is: Wish = { request: { turn: about(4 * MILLION, 3 * MILLION, 5 * MILLION) } }
    expect(told(was, is)).toEqual([['request.turn', MILLION, 4 * MILLION, { low: '2', high: '3' }]])
  })
})

describe('a step without a price joins the next', () => {
  // A prompt of 100 tokens of which 1,000 are read has no price, until the cache is what the head says.
  const usage = (read: number) => ({ policy: 'usage' as const, read, write: 0, write_1h: 0 })
  const was: Wish = { request: { turn: 1000 }, cache: usage(1000) }
  const is: Wish = { traffic: { requests: 2 }, request: { turn: 100, output: 10 }, cache: usage(50) }

  it('as one cause, with every key that it is of', () => {
    // 1,000 read at $0.10 are 100 millionths, of 2 requests 200; then 2 × (50 × $0.10 + 50 × $1 + 10 × $2) are 150.
    expect(between(was, is).cached).toEqual([
      { key: 'traffic.requests', from: 1, to: 2, effect: '0.0001' },
      {
        key: 'request.turn',
        from: 1000,
        to: 100,
        with: [
          { key: 'request.output', from: 0, to: 10 },
          { key: 'cache', from: '{read: 1000}', to: '{read: 50}' },
        ],
        effect: '-0.00005',
      },
    ])
  })

  it('and a view that is unknown at an end has none', () => {
    expect(between(was, is).batch).toBeNull()
    const unknown = perView(() => null)
    const known = perView(() => both(exact(1)))
    expect(causesOf(unknown, []).cached).toBeNull()
    expect(causesOf(known, []).cached).toEqual([])
    const key = { key: 'a', from: 0, to: 1 }
    expect(causesOf(known, [{ keys: [key], costs: unknown }]).cached).toBeNull()
  })
})
