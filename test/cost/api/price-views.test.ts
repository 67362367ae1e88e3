import { describe, expect, it } from 'vitest'
import type { BatchRule, Price } from '../../../src/model/book/book.ts'
import { bookWith, MILLION, type Parts, resultOf, type Wish } from '../build.ts'

const halved = (stacking: BatchRule['stacking']): BatchRule => ({ discount: '0.5', stacking, source: 'made-up' })
const batching = (batch: BatchRule | 'not_offered' | null, row: Partial<Price> = {}): Parts => ({
  row: { input: '2', cache_read: '0.2', output: '10', ...row },
  provider: { batch },
})
/** 1M in, half of it read from the cache, 1M out. */
const HALF: Wish = { totals: { input: MILLION, output: MILLION }, cache: { policy: 'hit_share', hit_share: 0.5 } }

describe('batch and batch cached', () => {
  it.each<{ it: string; parts: Parts; batch: string; cached: string }>([
    // Plain: 1M × 1 + 1M × 5
    {
      it: 'multiply: reads are halved too: 0.5 + 0.05 + 5',
      parts: batching(halved('multiply')),
      batch: '6',
      cached: '5.55',
    },
    {
      it: 'cache-wins: reads are not: 0.5 + 0.1 + 5',
      parts: batching(halved('cache-wins')),
      batch: '6',
      cached: '5.6',
    },
    { it: 'no-cache: as batch', parts: batching(halved('no-cache')), batch: '6', cached: '6' },
    {
      it: 'rates of its own: 1.1 + 6, and 0.55 + 0.075 + 6',
      parts: batching(halved('multiply'), { batch: { input: '1.1', cache_read: '0.15', output: '6' } }),
      batch: '7.1',
      cached: '6.625',
    },
    {
      it: 'rates of its own, and reads at their plain price: 0.55 + 0.1 + 6',
      parts: batching(halved('cache-wins'), { batch: { input: '1.1', output: '6' } }),
      batch: '7.1',
      cached: '6.65',
    },
    {
      it: 'a discount of its own without a stacking rule bills hits as input: 1.6 + 8',
      parts: batching(null, { batch: { discount: '0.2' } }),
      batch: '9.6',
      cached: '9.6',
    },
  ])('$it', ({ parts, batch, cached }) => {
    expect(resultOf(HALF, bookWith(parts)).costs).toMatchObject({ batch, batch_cached: cached })
  })

  it('halves writes as well, and is a bound where turns cannot wait in one batch', () => {
    // 200K written at 1.875 and read at 0.15: half of 0.75 + 0.06
    const book = bookWith({
      row: { input: '3', cache_read: '0.3', cache_write: '3.75', output: '15' },
      rule: { match: 'breakpoints', lifetimes: [{ ttl_s: 300, write: 'cache_write' }] },
      provider: { batch: halved('multiply') },
    })
    const result = resultOf({ request: { session: 200_000, turns: 2 } }, book)
    expect(result.costs).toMatchObject({ cached: '0.81', batch_cached: '0.405', headline: '1.2', batch: '0.6' })
    expect(result.bounds.batch_cached).toBeDefined()
    expect(resultOf({ request: { session: 200_000 } }, book).bounds.batch_cached).toBeUndefined()
  })

  it('what is not offered is no gap in knowledge', () => {
    const result = resultOf(HALF, bookWith(batching('not_offered')))
    expect([result.costs.batch, result.costs.batch_cached]).toEqual([null, null])
    expect(result.reasons.batch).toContain('Acme offers no batch tier')
    expect(result.reasons.batch_cached).toBe(result.reasons.batch)
    expect(result.complete).toBe(true)
  })

  it('what is unknown is one', () => {
    const result = resultOf(HALF, bookWith(batching(null)))
    expect([result.costs.batch, result.costs.batch_cached]).toEqual([null, null])
    expect(result.reasons.batch).toContain('is unknown')
    expect(result.complete).toBe(false)
  })

  it('a read rate that the batch leaves unsaid is unknown, the batch itself is not', () => {
    const result = resultOf(HALF, bookWith(batching(halved('multiply'), { batch: { input: '1', output: '5' } })))
    expect(result.costs).toMatchObject({ batch: '6', batch_cached: null })
    expect(result.reasons.batch_cached).toBe('the batch cache_read rate of demo is unknown')
  })

  it('totals under prefix leave cached unknown with the reason, and batch known', () => {
    const totals = { input: MILLION, output: MILLION }
    const result = resultOf({ totals }, bookWith(batching(halved('multiply'))))
    expect(result.costs).toMatchObject({ cached: null, batch: '6', batch_cached: null })
    expect(result.reasons.batch_cached).toBe(result.reasons.cached)
    const none = resultOf({ totals }, bookWith(batching('not_offered')))
    expect(none.reasons.batch_cached).toContain('Acme offers no batch tier')
  })

  it('no-cache needs no hits: batch cached is batch, also where the hits are unknown', () => {
    const totals = { input: MILLION, output: MILLION }
    expect(resultOf({ totals }, bookWith(batching(halved('no-cache')))).costs.batch_cached).toBe('6')
  })

  it('reads not offered in a batch are billed as batch input', () => {
    const own = { input: '1', cache_read: 'not_offered', output: '5' } as const
    const result = resultOf(HALF, bookWith(batching(halved('multiply'), { batch: own })))
    expect(result.costs.batch_cached).toBe('6')
    expect(result.complete).toBe(true)
  })
})

describe('the lines of a view', () => {
  it('are quantity × rate = cost, with the row and its source', () => {
    const { lines } = resultOf({ request: { turn: 1_500_000, output: 200_000 } })
    expect(lines.filter(({ view }) => view === 'headline')).toEqual([
      {
        view: 'headline',
        leg: 0,
        model: 'demo',
        meter: 'input',
        quantity: 1_500_000,
        rate: '1',
        unit: '1M tokens',
        cost: '1.5',
        tier: null,
        window: null,
        row_from: '2026-01-01',
        source: 'made-up',
      },
      expect.objectContaining({ meter: 'output', quantity: 200_000, rate: '2', cost: '0.4' }),
    ])
  })

  it('a free model costs $0 and says so in a line', () => {
    const { costs, lines } = resultOf({ request: { turn: 10 } }, bookWith({ row: { input: '0' } }))
    expect(costs.headline).toBe('0')
    expect(lines.find(({ view }) => view === 'headline')).toMatchObject({ rate: '0', cost: '0' })
  })
})
