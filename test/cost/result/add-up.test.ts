import { describe, expect, it } from 'vitest'
import { estimate } from '../../../src/cost/result/estimate.ts'
import type { Book } from '../../../src/model/book/book.ts'
import { bookWith, MILLION, modelWith, priced, scenarioWith, type Wish } from '../build.ts'

const totalsOf = (wishes: readonly Wish[], book: Book = bookWith()) =>
  estimate(wishes.map(scenarioWith), priced(book), '2026-01-01').totals

/** $1 in, nothing out. */
const DOLLAR = { turn: MILLION }

describe('totals', () => {
  it('adds runs to runs and months to months, never one to the other', () => {
    // 1 + 2; 730 / 24 and 730 / 168: 30.416666… + 4.345238095… = 34.761904761904…
    const totals = totalsOf([
      { request: DOLLAR },
      { request: { turn: 2 * MILLION } },
      { traffic: { per: 'day' }, request: DOLLAR },
      { traffic: { per: 'week' }, request: DOLLAR },
    ])
    expect(totals.run).toMatchObject({ scenarios: 2, costs: { headline: '3', cached_ideal: '0.3', batch: null } })
    expect(totals.per_month).toMatchObject({ scenarios: 2, costs: { headline: '34.761904761905' } })
  })

  it('has no sum of what is not there', () => {
    const totals = totalsOf([{ request: DOLLAR }])
    expect(totals.per_month).toBeNull()
    expect(totals.by_tag).toEqual({})
  })

  it('is unknown where one is, and says what it comes to at least', () => {
    // Totals show no prefixes, so their cached view is unknown.
    const totals = totalsOf([{ request: DOLLAR }, { totals: { input: MILLION, output: 0 } }])
    expect(totals.run?.costs).toMatchObject({ headline: '2', cached: null })
    expect(totals.run?.at_least).toEqual({ headline: '2', cached: '1', cached_ideal: '0.2' })
  })

  it('adds up by tag, each tag with what carries it', () => {
    const book = bookWith({ models: [modelWith(), modelWith({ id: 'dear', row: { input: '5' } })] })
    const totals = totalsOf(
      [
        { tags: { team: 'support', stage: 'live' }, request: DOLLAR },
        { tags: { team: 'support' }, model: 'dear', traffic: { per: 'month' }, request: DOLLAR },
        { tags: { team: 'data', stage: 'live' }, model: 'dear', request: DOLLAR },
        { request: DOLLAR },
      ],
      book,
    )
    expect(Object.keys(totals.by_tag)).toEqual(['stage=live', 'team=data', 'team=support'])
    // 1 + 5 a run; 5; 1 a run and 5 a month
    expect(totals.by_tag['stage=live']?.run?.costs.headline).toBe('6')
    expect(totals.by_tag['stage=live']?.per_month).toBeNull()
    expect(totals.by_tag['team=data']?.run?.costs.headline).toBe('5')
    expect(totals.by_tag['team=support']?.run?.costs.headline).toBe('1')
    expect(totals.by_tag['team=support']?.per_month?.costs.headline).toBe('5')
    expect(totals.run?.costs.headline).toBe('7')
  })
})
