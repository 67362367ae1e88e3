import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import { WEEKDAYS } from '../../../src/model/book/choices.ts'
import { about, bookWith, codesOf, MILLION, priced, resultOf, scenarioWith, type Wish } from '../build.ts'

// The book: $1 in, $0.10 read, $2 out. A call of 1M to 2M estimated tokens and 500K of output.
const ESTIMATED: Wish = { request: { turn: about(1.5 * MILLION, MILLION, 2 * MILLION), output: MILLION / 2 } }

describe('estimated tokens', () => {
  const result = resultOf(ESTIMATED)

  it('make every figure that rests on them a range', () => {
    expect(result.costs).toMatchObject({
      headline: { low: '2', high: '3' },
      cached_ideal: { low: '1.1', high: '1.2' },
      cached: { low: '2', high: '3' },
    })
    expect(result.tokens).toMatchObject({ prompt: { low: 1e6, high: 2e6 }, output: 500_000, exact: false })
    expect(result.fit.tokens).toEqual({ low: 1_500_000, high: 2_500_000 })
  })

  it('leave a range on every line of them, and one figure on the others', () => {
    const lines = result.lines.filter(({ view }) => view === 'headline')
    expect(lines.map(({ meter, quantity, cost }) => ({ meter, quantity, cost }))).toEqual([
      { meter: 'input', quantity: { low: 1e6, high: 2e6 }, cost: { low: '1', high: '2' } },
      { meter: 'output', quantity: 500_000, cost: '1' },
    ])
  })

  it('say how much of each cost rests on them', () => {
    // Over both ends: (1 + 2) of (2 + 3), and (0.1 + 0.2) of (1.1 + 1.2).
    expect(result.estimated_share.headline).toBe(0.6)
    expect(result.estimated_share.cached_ideal).toBeCloseTo(0.3 / 2.3, 15)
    expect(resultOf({ request: { turn: 10 } }).estimated_share.headline).toBe(0)
  })

  it('count the estimated part of a prompt only, and again wherever history sends it again', () => {
    // Prompts 10 + 20, of which the turn's 10 + 20 are all; beside 30 + 30 exact tokens: 30 of 90.
    const turn = about(10, 10, 10)
    const share = resultOf({ request: { shared: 30, turn, turns: 2, history: true } }).estimated_share
    expect(share.headline).toBeCloseTo(1 / 3, 15)
  })

  it('add up, the low ends and the high ends apart', () => {
    const { totals } = estimate(
      [scenarioWith(ESTIMATED), scenarioWith({ request: { turn: MILLION } })],
      priced(bookWith()),
      '2026-01-01',
    )
    expect(totals.run?.costs.headline).toEqual({ low: '3', high: '4' })
    expect(totals.run?.at_least.headline).toBe('3')
  })

  it('go from the fewest tokens in the cheapest hours to the most in the dearest', () => {
    // $1 at night and $2 by day: 1M at $1 … 2M at $2, and half a million out at $2 whenever.
    const day = { name: 'day', timezone: 'UTC', weekdays: WEEKDAYS, hours: ['08:00-20:00'], holidays: 'apply' } as const
    const windows = [{ ...day, input: '2', cache_read: '0.2', output: '2' }]
    const { costs_range } = resultOf({ ...ESTIMATED, traffic: { per: 'day' } }, bookWith({ row: { windows } }))
    expect(costs_range?.headline).toEqual({ low: '2', high: '5' })
  })

  it('of a cost that falls where a prompt grows beyond the cache minimum, are still a range from low to high', () => {
    // The rule: blocks of 100, from 200 on. 150 shared tokens are never read; 250 are, nine times of ten, 200 of them.
    const rule = { block: 100, minimum: 200 }
    const wish: Wish = { traffic: { requests: 10 }, request: { shared: about(200, 150, 250) } }
    const found = resultOf(wish, bookWith({ rule }))
    // 10 × 150 = 1,500 at $1; 250 + 9 × (50 at $1 + 200 at $0.10) = 250 + 9 × 70 = 880; at the stated 200, which is
    // read whole, 200 + 9 × 20 = 380: less than at either end.
    expect(found.costs.cached).toEqual({ low: '0.00038', high: '0.0015' })
    expect(codesOf(found.warnings)).toContain('BAND_STRADDLES')
  })
})

describe('fit', () => {
  const fitOf = (context: number) => resultOf(ESTIMATED, bookWith({ model: { context } }))

  it('is sure only where both ends agree', () => {
    expect(fitOf(2_500_000).fit.fits).toBe(true)
    expect(fitOf(2_499_999).fit.fits).toBeNull()
    expect(fitOf(1_500_000).fit.fits).toBeNull()
    expect(fitOf(1_499_999).fit.fits).toBe(false)
  })

  it('that may fail is warned of as what may be', () => {
    const warned = (context: number): string[] =>
      fitOf(context).warnings.flatMap(({ code, what }) => (code === 'CONTEXT_EXCEEDED' ? [what] : []))
    expect(warned(2_500_000)).toEqual([])
    expect(warned(2_000_000)).toEqual(['the longest call may have 2500000 tokens, but demo takes only 2000000'])
    expect(warned(1_000_000)).toEqual(['the longest call has 2500000 tokens, but demo takes only 1000000'])
  })
})

it('exact counts give single figures', () => {
  const exact = about(MILLION, MILLION, MILLION)
  const parts = typeof exact === 'number' ? [] : exact.parts.map(({ low, high, ...part }) => ({ ...part, exact: true }))
  const { costs, tokens } = resultOf({ request: { turn: { mean: '1', min: 1, max: 1, parts } } })
  expect(costs.headline).toBe('1')
  expect(tokens).toMatchObject({ prompt: 1e6, exact: true })
})
