import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { InputError } from '../../../src/errors/index.ts'
import type { Price } from '../../../src/model/book/book.ts'
import { exact, sum } from '../../../src/model/number/money.ts'
import type { CachePolicy } from '../../../src/model/scenario/scenario.ts'
import { about, bookWith, codesOf, fleetWith, modelWith, priced, resultOf, type Wish } from '../build.ts'

const usage = (read: number, write = 0, write_1h = 0): CachePolicy => ({ policy: 'usage', read, write, write_1h })

const rates: Partial<Price> = { cache_write: '1.25', cache_write_1h: '2' }
const book = bookWith({
  row: {
    ...rates,
    tiers: [
      {
        threshold: 2000,
        operator: '>',
        input: '2',
        cache_read: '0.2',
        cache_write: '2.5',
        cache_write_1h: '4',
        output: '4',
      },
    ],
  },
  provider: { batch: { discount: '0.5', stacking: 'multiply', source: 'made-up' } },
})

/** Prompts of 1,000 and 3,000 tokens, and 1,000 out each: only the second is beyond the tier. */
const talk: Wish = { request: { turns: 2, turn: 1000, output: 1000, history: true } }

describe('known usage', () => {
  it('is a mean call’s, lies on each call in proportion to its prompt, and decides no tier itself', () => {
    const { costs, tokens, complete, cache } = resultOf({ ...talk, cache: usage(1500, 200, 100) }, book)
    // Of 1,000: 750 read, 100 and 50 written, 100 input: 75 + 125 + 100 + 100 + 2,000 = 2,400 millionths;
    // of 3,000 three times that at twice the rate, and 4,000 for the output: 2,400 + 4,000.
    expect([costs.cached, complete]).toEqual(['0.0088', true])
    expect(tokens).toMatchObject({ prompt: 4000, input: 400, cache_read: 3000, cache_write: 400, cache_write_1h: 200 })
    expect(cache).toMatchObject({ policy: 'usage', hit_share: 0.75 })
    // 1,000 × 1 + 1,000 × 2 + 3,000 × 2 + 1,000 × 4
    expect(costs.headline).toBe('0.013')
    // Half of each in a batch that discounts reads as well.
    expect(costs.batch_cached).toBe('0.0044')
  })

  it('is multiplied by the requests, and under totals is the period’s', () => {
    const many = resultOf({ ...talk, traffic: { requests: 10 }, cache: usage(1500, 200, 100) }, book)
    expect([many.costs.cached, many.tokens.cache_read]).toEqual(['0.088', 30000])
    // 100 × 1 + 700 × 0.1 + 200 × 1.25 + 50 × 2: however many requests the traffic has
    const wish: Wish = { traffic: { requests: 10 }, totals: { input: 1000, output: 50 }, cache: usage(700, 200) }
    expect(resultOf(wish, bookWith({ row: rates })).costs.cached).toBe('0.00052')
  })

  it('is multiplied with the size of a leg, and stands on another model', () => {
    const models = [modelWith({ id: 'a', row: rates }), modelWith({ id: 'b', row: { ...rates, input: '2' } })]
    const legs = [
      { model: 'a', share: 0.5 },
      { model: 'b', share: 0.5, tokens: '2' },
    ]
    const wish: Wish = { traffic: { requests: 2 }, request: { turn: 1000 }, cache: usage(600, 300) }
    const [result] = estimate([fleetWith({ legs }, wish)], priced(bookWith({ models })), '2026-01-01').scenarios
    // a: 100 × 1 + 600 × 0.1 + 300 × 1.25 = 535; b: 200 × 2 + 1,200 × 0.1 + 600 × 1.25 = 1,270
    expect(result?.routing?.legs.map(({ costs }) => costs.cached)).toEqual(['0.000535', '0.00127'])
    expect(result?.tokens).toMatchObject({ prompt: 3000, input: 300, cache_read: 1800, cache_write: 900 })
  })

  it('follows the prompts to the leg that a conversation is promoted to', () => {
    const models = [modelWith({ id: 'a' }), modelWith({ id: 'b' })]
    const legs = [
      { model: 'a', share: 0 },
      { model: 'b', share: 1, promote_at_turn: 2 },
    ]
    const [result] = estimate(
      [fleetWith({ legs }, { ...talk, cache: usage(1000) })],
      priced(bookWith({ models })),
      '2026-01-01',
    ).scenarios
    // Half of what is sent is read: 500 of call 1 on a, 1,500 of call 2 on b; each writes 1,000 out.
    // 500 + 50 + 2,000, and 1,500 + 150 + 2,000
    expect(result?.routing?.legs.map(({ costs }) => costs.cached)).toEqual(['0.00255', '0.00365'])
  })

  it('is billed and counted as input where a meter is not offered, with a warning', () => {
    const { costs, tokens, warnings } = resultOf({ request: { turn: 1000 }, cache: usage(600, 300) })
    // 400 × 1 + 600 × 0.1
    expect(costs.cached).toBe('0.00046')
    expect(tokens).toMatchObject({ input: 400, cache_read: 600, cache_write: 0 })
    expect(codesOf(warnings)).toEqual(['METER_NOT_OFFERED'])
    const none = resultOf(
      { request: { turn: 1000 }, cache: usage(600) },
      bookWith({ row: { cache_read: 'not_offered' } }),
    )
    expect([none.costs.cached, ...codesOf(none.warnings)]).toEqual(['0.001', 'METER_NOT_OFFERED'])
  })

  it('is unknown where a rate is, and then only if it has any of it', () => {
    const unknown = bookWith({ row: { cache_write: null } })
    const of = (cache: CachePolicy) => resultOf({ request: { turn: 1000 }, cache }, unknown)
    expect(of(usage(600)).costs.cached).toBe('0.00046')
    expect(of(usage(600, 1))).toMatchObject({
      costs: { cached: null },
      reasons: { cached: 'the cache_write rate of demo is unknown' },
    })
  })

  it.each<[string, Wish, string]>([
    [
      'a request',
      { request: { turn: 1000, turns: 2 }, cache: usage(800, 201) },
      '1001 tokens are read and written in a call, but only 1000 are sent',
    ],
    [
      'totals',
      { totals: { input: 1000, output: 0 }, cache: usage(1001) },
      '1001 tokens are read and written, but only 1000 are sent',
    ],
    [
      'the low end of an estimate',
      { request: { turn: about(1000, 900, 1100) }, cache: usage(950) },
      '950 tokens are read and written, but only 900 are sent',
    ],
  ])('of more than is sent is refused: %s', (_, wish, what) => {
    let found: unknown
    try {
      resultOf(wish)
    } catch (error) {
      if (error instanceof InputError)
        found = error.problems.map(({ code, exit, what, path }) => ({ code, exit, what, path }))
    }
    expect(found).toEqual([{ code: 'USAGE_OVER_PROMPT', exit: 2, what, path: ['cache'] }])
  })

  it('neither loses nor invents a token, whatever the turns, samples and tiers', () => {
    const count = fc.nat({ max: 5000 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        count,
        count,
        fc.boolean(),
        fc.array(fc.nat({ max: 100 }), { minLength: 3, maxLength: 3 }),
        (turns, turn, output, history, parts) => {
          const prompt = resultOf({ request: { turns, turn, output, history } }, book).tokens.prompt as number
          // Whole tokens, so that a mean call has them: at most a third of the smallest prompt each.
          const [read = 0, write = 0, write_1h = 0] = parts.map(part => Math.floor((part / 300) * (prompt / turns)))
          const { tokens, lines } = resultOf(
            { request: { turns, turn, output, history }, cache: usage(read, write, write_1h) },
            book,
          )
          expect(tokens).toMatchObject({
            cache_read: read * turns,
            cache_write: write * turns,
            cache_write_1h: write_1h * turns,
          })
          const cached = lines.filter(({ view, meter }) => view === 'cached' && meter !== 'output')
          expect(sum(cached.map(({ quantity }) => exact(String(quantity)))).toNumber()).toBeCloseTo(prompt, 4)
        },
      ),
    )
  })
})
