import { describe, expect, it } from 'vitest'
import { batchCard, pickTier } from '../../../src/cost/rates/pick-rates.ts'
import { loadBook } from '../../../src/index.ts'
import type { BatchRule, Price, Tier } from '../../../src/model/book/book.ts'
import { bookWith, costsOf, MILLION, resultOf, rowWith } from '../build.ts'

const { book: market } = await loadBook('2026-11-23')

const dearer = (threshold: number, operator: Tier['operator'], input = '2'): Tier => ({
  threshold,
  operator,
  input,
  cache_read: '0.2',
  output: '3',
})

describe('a tier is picked by the whole prompt', () => {
  it.each<[string, Tier['operator'], number, number | null]>([
    ['just below', '>', 999, null],
    ['at the threshold of >', '>', 1000, null],
    ['above it', '>', 1001, 0],
    ['just below', '>=', 999, null],
    ['at the threshold of >=', '>=', 1000, 0],
  ])('%s (%s 1000): %i tokens', (_, operator, prompt, tier) => {
    expect(pickTier(rowWith({ tiers: [dearer(1000, operator)] }), prompt)).toBe(tier)
  })

  it('the highest threshold reached rules, in whatever order they stand', () => {
    for (const tiers of [
      [dearer(1000, '>'), dearer(2000, '>')],
      [dearer(2000, '>'), dearer(1000, '>')],
    ]) {
      const threshold = (prompt: number) => tiers[pickTier(rowWith({ tiers }), prompt) ?? -1]?.threshold
      expect([1000, 1001, 2000, 2001].map(threshold)).toEqual([undefined, 1000, 1000, 2000])
    }
  })

  it('counts cached tokens in, and moves the whole request', () => {
    // Prompt 1000, of which 960 are shared: first 1000 × 2; then 40 × 2 + 960 × 0.2
    const book = bookWith({ row: { tiers: [dearer(1000, '>=')] } })
    const wish = { traffic: { requests: 2 }, request: { shared: 960, turn: 40 } }
    expect(costsOf(wish, book)).toMatchObject({ headline: '0.004', cached: '0.002272', cached_ideal: '0.0004' })
  })

  it('lets a history cross it in mid-conversation', () => {
    // Prompts 400, 900, 1400. Output: 100 × 2, 100 × 2, 100 × 3 = 700.
    // Headline 400 + 900 + 1400 × 2 + 700. Cached 400 + (500 + 400 × 0.1) + (500 × 2 + 900 × 0.2) + 700
    const book = bookWith({ row: { tiers: [dearer(1000, '>=')] } })
    const result = resultOf({ request: { turn: 400, output: 100, turns: 3, history: true } }, book)
    expect(result.costs).toMatchObject({ headline: '0.0048', cached: '0.00282' })
    const input = result.lines.filter(({ view, meter }) => view === 'headline' && meter === 'input')
    expect(input.map(({ tier, quantity, rate }) => ({ tier, quantity, rate }))).toEqual([
      { tier: null, quantity: 1300, rate: '1' },
      { tier: '>= 1000', quantity: 1400, rate: '2' },
    ])
  })

  // Input alone, USD per 1M: Gemini 2.5 Pro 1.25, 2.50 above 200K; GPT-5.5 5, 10 from 272K on.
  it.each([
    ['gemini-2.5-pro', 200_000, '0.25'],
    ['gemini-2.5-pro', 200_001, '0.5000025'],
    ['gpt-5.5', 271_999, '1.359995'],
    ['gpt-5.5', 272_000, '2.72'],
  ])('%s with %i tokens costs %s', (model, turn, cost) => {
    expect(costsOf({ model, at: '2026-11-23', request: { turn } }, market).headline).toBe(cost)
  })

  it('takes the base rates for totals, and says so', () => {
    const result = resultOf(
      { totals: { input: MILLION, output: 0 } },
      bookWith({ row: { tiers: [dearer(1000, '>=')] } }),
    )
    expect(result.costs.headline).toBe('1')
    expect(result.warnings.map(({ code }) => code)).toContain('TIER_UNKNOWN')
  })
})

describe('batchCard', () => {
  const rule = (stacking: BatchRule['stacking']): BatchRule => ({ discount: '0.5', stacking, source: 'made-up' })
  const rates = (batch?: Price['batch']): Price => rowWith({ cache_write: '1.25', ...(batch ? { batch } : {}) })
  const shown = (card: ReturnType<typeof batchCard>): string =>
    card === null || card === 'not_offered'
      ? String(card)
      : [card.input, card.cache_read, card.cache_write, card.cache_write_1h, card.output].map(String).join(' ')

  it.each<[string, Price, Parameters<typeof batchCard>[1], string]>([
    ['halves every rate', rates(), rule('multiply'), '0.5 0.05 0.625 not_offered 1'],
    ['leaves reads at their price where the cache wins', rates(), rule('cache-wins'), '0.5 0.1 0.625 not_offered 1'],
    ['takes the row’s own discount first', rates({ discount: '0.2' }), rule('multiply'), '0.8 0.08 1 not_offered 1.6'],
    ['needs no rule for that', rates({ discount: '0.2' }), null, '0.8 0.08 1 not_offered 1.6'],
    [
      'takes the row’s own rates first; what they leave out is unknown',
      rates({ input: '0.6', output: '1.1' }),
      rule('multiply'),
      '0.6 null null not_offered 1.1',
    ],
    [
      'but reads keep their price where the cache wins',
      rates({ input: '0.6', output: '1.1' }),
      rule('cache-wins'),
      '0.6 0.1 null not_offered 1.1',
    ],
    ['is not offered where the row says so', { ...rates(), batch: 'not_offered' }, rule('multiply'), 'not_offered'],
    ['is unknown where the row says so', { ...rates(), batch: null }, rule('multiply'), 'null'],
    ['is not offered where the provider has none', rates(), 'not_offered', 'not_offered'],
    ['is unknown where nobody knows', rates(), null, 'null'],
  ])('%s', (_, row, batchRule, card) => {
    expect(shown(batchCard(row, batchRule))).toBe(card)
  })

  it('keeps unknown and free apart', () => {
    expect(shown(batchCard(rowWith({ cache_read: null, input: '0' }), rule('multiply')))).toBe(
      '0 null not_offered not_offered 1',
    )
  })
})
