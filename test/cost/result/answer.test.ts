import { describe, expect, it } from 'vitest'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { answerOf } from '../../../src/cost/result/answer.ts'
import { toResult } from '../../../src/cost/result/to-result.ts'
import { bookWith, MILLION, type Parts, scenarioWith, type Wish } from '../build.ts'

const at = '2026-01-01'
const batch = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const

/** 10 calls of 1M tokens in, the same in each: read at a tenth of $1 but for the first; 1 token out. */
const wish: Wish = { request: { shared: MILLION, output: 1 }, traffic: { requests: 10 } }

const answer = (parts: Parts, own: Wish = wish, bounds = {}) =>
  answerOf(priceScenario(scenarioWith(own), bookWith(parts), at), bounds)

describe('the row that answers', () => {
  it('is cached, without a budget', () => {
    expect(answer({}).view).toBe('cached')
  })

  it('is that of the budget', () => {
    expect(answer({}, { ...wish, budget: { view: 'headline' } }).view).toBe('headline')
  })

  it('is headline where cached is unknown', () => {
    expect(answer({ row: { cache_read: null } }).view).toBe('headline')
    expect(answer({ row: { cache_read: null } }, { ...wish, budget: { view: 'batch' } }).view).toBe('headline')
  })
})

describe('the cheapest way', () => {
  it('is cached, which costs 1 + 9 × 0.1 = $1.90 in against $10', () => {
    expect(answer({}).cheapest).toBe('cached')
  })

  it('is a batch that keeps its hits: half of that', () => {
    expect(answer({ provider: { batch } }).cheapest).toBe('batch_cached')
  })

  it('is never a view that is only a bound', () => {
    expect(answer({ provider: { batch } }, wish, { batch_cached: 'turns wait' }).cheapest).toBe('cached')
  })

  it('is the list price where writing costs more than is read: one call alone', () => {
    const marks = {
      match: 'marks',
      marks: 'newest',
      optional: true,
      lifetimes: [{ ttl_s: 300, write: 'cache_write' }],
    } as const
    const one: Wish = { request: { turn: MILLION, output: 1 } }
    const parts: Parts = { row: { cache_write: '1.25' }, rule: marks }
    expect(answer(parts, one).cheapest).toBe('headline')
    // A mark that cannot be left off is paid for, so the list price cannot be had.
    expect(answer({ ...parts, rule: { ...marks, optional: false } }, one).cheapest).toBe('cached')
  })

  it('of two that cost the same is the row that answers', () => {
    const none: Wish = { ...wish, cache: { policy: 'none' } }
    expect(answer({}, { ...none, budget: { view: 'headline' } })).toEqual({ view: 'headline', cheapest: 'headline' })
    expect(answer({}, none)).toEqual({ view: 'cached', cheapest: 'cached' })
  })
})

describe('the cost of a request', () => {
  it('is a tenth of the period of ten', () => {
    const book = bookWith()
    const { per_request, reasons } = toResult(priceScenario(scenarioWith(wish), book, at), book)
    // $1 for 1M in and $0.000002 for one token out
    expect(per_request?.headline).toBe('1.000002')
    expect(reasons.per_request).toBeUndefined()
  })

  it('is unknown under totals, with the reason', () => {
    const book = bookWith()
    const totals = { ...scenarioWith(wish), request: null, totals: { input: MILLION, output: 0 } }
    const { per_request, reasons } = toResult(priceScenario(totals, book, at), book)
    expect({ per_request, why: reasons.per_request }).toEqual({
      per_request: null,
      why: 'totals do not say how many requests there are',
    })
  })
})
