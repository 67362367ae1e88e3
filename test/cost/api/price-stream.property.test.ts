import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exact, ONE, sum, ZERO } from '../../../src/model/number/money.ts'
import type { Request } from '../../../src/model/scenario/counted.ts'
import { VIEW_KEYS } from '../../../src/model/views.ts'
import { runs } from '../../laws.ts'
import { type Ask, book, costOf, freeRule, ordered, paidRule, policy, price, request, traffic } from '../arbitrary.ts'
import { bookWith, ruleWith } from '../build.ts'

const ask = fc.record({ traffic, request, cache: policy })

describe('whatever the workload and the book', () => {
  it('the lines of a view add up to its cost, quantity × rate each', () => {
    fc.assert(
      fc.property(ask, book, (wish, rates) => {
        const { views } = price(wish, rates)
        for (const view of VIEW_KEYS) {
          const priced = views[view]
          if ('reason' in priced) throw new Error(priced.reason)
          const total = sum(priced.lines.map(({ quantity, rate }) => quantity.times(rate).times('0.000001')))
          expect(total.eq(priced.cost), view).toBe(true)
        }
      }),
    )
  })

  it('a token is billed once: the prompt is input, read and written, none of them negative', () => {
    fc.assert(
      fc.property(ask, book, (wish, rates) => {
        const done = price(wish, rates)
        const { views, tokens } = done
        const parts = [tokens.input, tokens.cache_read, tokens.cache_write, tokens.cache_write_1h].map(
          part => part ?? ZERO,
        )
        expect(sum(parts).eq(tokens.prompt)).toBe(true)
        expect(parts.every(part => !part.isNegative())).toBe(true)
        for (const view of VIEW_KEYS) {
          const priced = views[view]
          const lines = 'lines' in priced ? priced.lines : []
          const [prompt, output] = [false, true].map(out =>
            sum(lines.filter(({ meter }) => (meter === 'output') === out).map(({ quantity }) => quantity)),
          )
          expect(prompt?.eq(tokens.prompt), view).toBe(true)
          expect(output?.eq(tokens.output), view).toBe(true)
        }
      }),
    )
  })

  it('the hours’ shares add up to exactly 1', () => {
    fc.assert(
      fc.property(ask, book, (wish, rates) => {
        const { bands } = price(wish, rates)
        expect(sum(bands.map(({ share }) => share)).eq(ONE)).toBe(true)
        expect(bands.every(({ share }) => !share.isNegative())).toBe(true)
      }),
    )
  })

  it('a cost lies between all the traffic in the cheapest hours and all of it in the dearest', () => {
    fc.assert(
      fc.property(ask, book, (wish, rates) => {
        const found = price(wish, rates)
        for (const view of VIEW_KEYS) {
          const range = found.ranges?.[view]
          if (!range) continue
          expect(range.low.lte(costOf(found, view)), view).toBe(true)
          expect(range.high.gte(costOf(found, view)), view).toBe(true)
        }
      }),
    )
  })

  it('no cache, and a hit share of 0, cost what headline costs', () => {
    fc.assert(
      fc.property(ask, book, (wish, rates) => {
        for (const cache of [{ policy: 'none' }, { policy: 'hit_share', hit_share: 0 }] as const) {
          const found = price({ ...wish, cache }, rates)
          expect(costOf(found, 'cached').eq(costOf(found, 'headline'))).toBe(true)
          expect(costOf(found, 'batch_cached').eq(costOf(found, 'batch'))).toBe(true)
        }
      }),
    )
  })

  it('a hit share of 1 costs what the bound costs', () => {
    fc.assert(
      fc.property(ask, book, (wish, rates) => {
        const found = price({ ...wish, cache: { policy: 'hit_share', hit_share: 1 } }, rates)
        expect(costOf(found, 'cached').eq(costOf(found, 'cached_ideal'))).toBe(true)
      }),
    )
  })

  it('the bound is never dearer than cached, where a read is the cheapest way to send a token', () => {
    fc.assert(
      fc.property(ask, book, (wish, rates) => {
        const found = price(wish, rates)
        expect(costOf(found, 'cached_ideal').lte(costOf(found, 'cached'))).toBe(true)
      }),
    )
  })

  it('a cache that is free to write never makes it dearer', () => {
    fc.assert(
      fc.property(ask, ordered, freeRule, (wish, row, rule) => {
        const found = price(wish, bookWith({ row, rule }))
        expect(costOf(found, 'cached').lte(costOf(found, 'headline'))).toBe(true)
      }),
    )
  })

  it('half the rates in batch are half the cost, with the cache where the discounts multiply', () => {
    fc.assert(
      fc.property(ask, ordered, fc.oneof(freeRule, paidRule), (wish, row, rule) => {
        const batch = { discount: '0.5', stacking: 'multiply', source: 'made-up' } as const
        const found = price(wish, bookWith({ row, rule, provider: { batch } }))
        expect(costOf(found, 'batch').times(2).eq(costOf(found, 'headline'))).toBe(true)
        expect(costOf(found, 'batch_cached').times(2).eq(costOf(found, 'cached'))).toBe(true)
      }),
    )
  })
})

it('the requests of a run without a cache cost the same in one scenario or in two', () => {
  fc.assert(
    fc.property(ask, book, fc.integer({ min: 1, max: 50 }), (wish, rates, more) => {
      const cost = (requests: number) => price({ ...wish, cache: { policy: 'none' }, traffic: { requests } }, rates)
      const [whole, one, other] = [cost(wish.traffic.requests + more), cost(wish.traffic.requests), cost(more)]
      for (const view of ['headline', 'cached_ideal', 'cached', 'batch', 'batch_cached'] as const) {
        expect(costOf(whole, view).eq(costOf(one, view).plus(costOf(other, view))), view).toBe(true)
      }
    }),
  )
})

const MORE = ['shared', 'session', 'turn', 'output', 'turns'] as const
type Sizes = Request & Record<(typeof MORE)[number] | 'reasoning', number>
const growth = fc.record({ key: fc.constantFrom(...MORE, 'requests' as const), by: fc.integer({ min: 1, max: 300 }) })

/** The same workload with more of one thing. */
const grown = (
  { request, traffic, cache }: Ask & { request: Sizes; traffic: { requests: number } },
  { key, by }: { key: string; by: number },
) => {
  const more = key === 'turns' ? 1 + (by % 3) : by
  return {
    cache: cache ?? { policy: 'prefix' as const },
    traffic: { ...traffic, requests: traffic.requests + (key === 'requests' ? more : 0) },
    request: MORE.includes(key as (typeof MORE)[number])
      ? { ...request, [key]: request[key as (typeof MORE)[number]] + more }
      : request,
  }
}

describe('more usage never costs less', () => {
  // `reasoning` is not usage of its own: it is a part of output, and the more of it, the less history is sent again.
  it('at list price, in the bound and in batch, where no tier and no hour is below the base', () => {
    fc.assert(
      fc.property(ask, book, growth, (wish, rates, more) => {
        const [less, greater] = [price(wish, rates), price(grown(wish, more), rates)]
        for (const view of ['headline', 'cached_ideal', 'batch'] as const) {
          expect(costOf(less, view).lte(costOf(greater, view)), view).toBe(true)
        }
      }),
    )
  })

  const run = { per: 'run' } as const

  // Without blocks and minimum every added token is read, written or sent, each at a rate of 0 or more, and no other
  // token changes its meter for a cheaper one.
  it('with a cache of any length in a run, writes billed or not', () => {
    const exactly = fc.oneof(freeRule, paidRule).map(rule => ({ ...rule, block: 1, minimum: 0 }))
    fc.assert(
      fc.property(ask, ordered, exactly, growth, (wish, row, rule, more) => {
        const rates = bookWith({ row, rule })
        const small = { ...wish, cache: { policy: 'prefix' } as const, traffic: { ...wish.traffic, ...run } }
        const [less, greater] = [price(small, rates), price(grown(small, more), rates)]
        expect(costOf(less, 'cached').lte(costOf(greater, 'cached'))).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })

  // A provider's blocks and minimum do make more cost less: 63 shared tokens never hit, 64 do. What one call can save
  // is bounded by what they keep from hitting: less than ⌈minimum / block⌉ blocks, at input − read each.
  it('in whole blocks by no more than a call’s unfilled blocks', () => {
    fc.assert(
      fc.property(ask, ordered, freeRule, growth, (wish, row, rule, more) => {
        const rates = bookWith({ row, rule })
        const small = { ...wish, cache: { policy: 'prefix' } as const, traffic: { ...wish.traffic, ...run } }
        const [less, greater] = [price(small, rates), price(grown(small, more), rates)]
        const { block, minimum } = ruleWith(rule)
        const unfilled = Math.max(1, Math.ceil(minimum / block)) * block - 1
        const calls = small.traffic.requests * small.request.turns
        const slack = exact(row.input)
          .minus(row.cache_read)
          .times(unfilled * calls)
          .times('0.000001')
        expect(costOf(less, 'cached').minus(slack).lte(costOf(greater, 'cached'))).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })

  it('except where one more token fills a block: 2 × 63 × $1 against 64 × $1 + 64 × $0.10', () => {
    const book = bookWith({ rule: { block: 64, minimum: 64 } })
    const cost = (shared: number) =>
      costOf(price({ traffic: { requests: 2 }, request: { shared } }, book), 'cached').toFixed()
    expect([cost(63), cost(64)]).toEqual(['0.000126', '0.0000704'])
  })

  // With read = 0.02 × input a month's cost per request is 0.02 + 0.98·e^(−λW), so R requests cost R times that: 12 an
  // hour (λW = 1) 12 × 0.380521852, 24 an hour (λW = 2) 24 × 0.152628577. One more request keeps the prefix warm for
  // the next: providers' rules, not a bug. In general the cost falls only where read < e^−2 of (input − read).
  it('except where more traffic keeps a cheap cache warm', () => {
    const book = bookWith({ row: { cache_read: '0.02' } })
    const cost = (requests: number) =>
      costOf(price({ traffic: { requests, per: 'hour' }, request: { shared: 1_000_000 } }, book), 'cached').toFixed()
    // 1 − 0.98 × w, with w = 0.632120559 and 0.864664717
    expect([cost(12), cost(24)]).toEqual(['4.56626222616', '3.66308585616'])
  })
})
