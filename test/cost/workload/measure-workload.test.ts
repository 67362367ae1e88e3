import { describe, expect, it } from 'vitest'
import type { Length } from '../../../src/model/scenario/counted.ts'
import { bookWith, costsOf, resultOf } from '../build.ts'

const samples = (...tokens: readonly number[]): Length => ({
  mean: String(tokens.reduce((sum, count) => sum + count, 0) / tokens.length),
  min: Math.min(...tokens),
  max: Math.max(...tokens),
  parts: [{ source: 'samples/*.txt', kind: 'text', samples: tokens, tokenizer: null, exact: true }],
})
const upTo = (count: number): Length => samples(...Array.from({ length: count }, (_, i) => i + 1))

describe('samples', () => {
  it('have a mean that stays a fraction', () => {
    // (1 + 1 + 2) / 3 = 1.333… tokens at $1 per 1M
    const result = resultOf({ request: { turn: samples(1, 1, 2) } })
    expect(result.tokens.prompt).toBe('1.333333')
    expect(result.costs.headline).toBe('0.000001333333')
  })

  it('are rounded to blocks one by one, then averaged', () => {
    // 63 tokens are no block of 64, and 64 are one: 32 on average, though the mean, 63.5, would be none.
    // Two requests send 127, the second reads 32: 95 × 1 + 32 × 0.1
    const book = bookWith({ rule: { block: 64, minimum: 64 } })
    const result = resultOf({ traffic: { requests: 2 }, request: { shared: samples(63, 64) } }, book)
    expect(result.tokens).toMatchObject({ prompt: 127, input: 95, cache_read: 32 })
    expect(result.costs.cached).toBe('0.0000982')
  })

  it('are put into tiers one by one, then averaged', () => {
    // (900 × 1 + 1100 × 2) / 2 = 1550; the mean alone, 1000, would cost 2000
    const tiers = [{ threshold: 1000, operator: '>=', input: '2', cache_read: '0.2', output: '2' }] as const
    const result = resultOf({ request: { turn: samples(900, 1100) } }, bookWith({ row: { tiers } }))
    expect(result.costs.headline).toBe('0.00155')
    const lines = result.lines.filter(({ view }) => view === 'headline')
    expect(lines.map(({ tier, quantity }) => `${tier} ${quantity}`)).toEqual(['null 450', '>= 1000 550'])
  })

  it('of several keys are combined, each with each', () => {
    // shared 60 or 70, session 4 or 64, the second call: 64, 124, 74, 134 → 64, 64, 64, 128 in blocks: 80 on average.
    // Prompts 65 + 34 = 99, twice: 198 − 80 = 118 × 1 + 80 × 0.1
    const request = { shared: samples(60, 70), session: samples(4, 64), turns: 2 }
    const result = resultOf({ request }, bookWith({ rule: { block: 64 } }))
    expect(result.tokens).toMatchObject({ prompt: 198, cache_read: 80 })
    expect(result.costs.cached).toBe('0.000126')
  })

  it('of a list are added part by part', () => {
    // 10 and the mean of 1 and 3
    const part = { source: 'number', kind: 'number', samples: [10], tokenizer: null, exact: true } as const
    const [first] = [samples(1, 3)].flatMap(length => (typeof length === 'number' ? [] : length.parts))
    const turn = { mean: '12', min: 11, max: 13, parts: first ? [part, first] : [part] }
    expect(resultOf({ request: { turn } }).tokens.prompt).toBe(12)
  })

  it('fit by their longest combination', () => {
    const book = bookWith({ model: { context: 2500 } })
    const fitOf = (most: number) =>
      resultOf({ request: { turn: samples(10, most), output: samples(1, 500) } }, book).fit
    expect(fitOf(2000)).toEqual({ fits: true, tokens: 2500, context: 2500 })
    expect(fitOf(2001)).toEqual({ fits: false, tokens: 2501, context: 2500 })
  })

  it.each<[string, Parameters<typeof costsOf>[0]]>([
    ['1000 × 1001 combinations', { request: { turn: upTo(1000), output: upTo(1001) } }],
    ['1000 lengths in 1001 calls', { request: { turn: upTo(1000), turns: 1001 } }],
  ])('are too many with %s', (_, wish) => {
    expect(() => costsOf(wish)).toThrow('the samples give 1001000 combinations of lengths and calls, more than 1000000')
  })
})

describe('expectations, which a multiple makes', () => {
  it('are priced to the digit', () => {
    // 2.5 requests of 100.2 in and 0.3 out: 250.5 × $1 + 0.75 × $2, per 1M
    const result = resultOf({ traffic: { requests: 2.5, per: 'day' }, request: { turn: 100.2, output: 0.3 } })
    expect(result.costs.headline).toBe('0.000252')
    expect(result).toMatchObject({ requests: '2.5', calls: '2.5', tokens: { prompt: '250.5', output: '0.75' } })
    expect(result.per_request?.headline).toBe('0.0001008')
  })

  it('are put into blocks as they are: 63.9 tokens are no block of 64', () => {
    const book = bookWith({ rule: { block: 64, minimum: 64 } })
    const read = (shared: number) => resultOf({ traffic: { requests: 2 }, request: { shared } }, book).tokens.cache_read
    expect([read(63.9), read(64), read(127.999999), read(128.5)]).toEqual([0, 64, 64, 128])
  })

  it('add up with whole samples and with a history', () => {
    // Prompts of 0.1 + 10.2, then 0.1 + 2 × 10.2 + 0.3: 31.1 tokens; a third more with the second size of the turn.
    const request = { turns: 2, history: true, shared: 0.1, turn: 10.2, output: 0.3 }
    expect(resultOf({ request }).tokens.prompt).toBe('31.1')
    const both = resultOf({ request: { ...request, turn: samples(10, 11), shared: 0.1 } })
    // The mean of 0.1 + 10 + 0.1 + 20 + 0.3 and 0.1 + 11 + 0.1 + 22 + 0.3
    expect(both.tokens.prompt).toBe(32)
  })

  it('weekdays of a fraction of a request keep their week', () => {
    // 0.1 a working day are 0.5 a week, as 0.1 × 5 is to the digit.
    const traffic = { requests: 0.1, per: 'day', weekdays_only: true } as const
    const result = resultOf({ traffic, request: { turn: 1_000_000 } })
    expect(result.costs.headline).toBe('0.1')
  })
})
