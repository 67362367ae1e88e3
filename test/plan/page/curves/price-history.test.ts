import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowAt } from '../../../../src/cost/rates/price-at.ts'
import type { Model } from '../../../../src/model/book/book.ts'
import { HISTORY_METERS, priceHistories, priceHistory } from '../../../../src/plan/page/curves/price-history.ts'
import { opened } from './opened.ts'

const { scenario, priced, at } = await opened('self-host-measured.yaml')
const from = Date.parse('2025-01-01')
const to = Date.parse('2027-12-31')

describe('priceHistory', () => {
  it('has at any moment the rates of the row in force', () => {
    fc.assert(
      fc.property(fc.constantFrom(...priced.book.models), fc.integer({ min: from, max: to }), (model, ms) => {
        const row = rowAt(model, ms)
        const held = priceHistory(model, ms).steps.filter(step => step.from <= ms && (step.to === null || ms < step.to))
        expect(held).toHaveLength(row ? 1 : 0)
        for (const meter of HISTORY_METERS) expect(held[0]?.rates[meter]).toBe(row?.[meter])
        expect(held.every(({ isAhead }) => !isAhead)).toBe(true)
      }),
    )
  })

  const model = (prices: object[]): Model => ({ ...priced.book.models[0], id: 'demo', prices }) as unknown as Model
  const row = { from: '2026-01-01', to: '2026-06-01', input: '1', cache_read: null, output: '4', source: 's' }

  it('tells announced rows from those in force, and leaves an unknown rate unknown', () => {
    const next = { ...row, from: '2026-06-01', to: null, input: '2', cache_read: 'not_offered' }
    const { steps } = priceHistory(model([row, next]), Date.parse('2026-05-31'))
    expect(steps.map(({ isAhead, to, rates }) => [isAhead, to, rates.input, rates.cache_read])).toEqual([
      [false, Date.parse('2026-06-01'), '1', null],
      [true, null, '2', 'not_offered'],
    ])
  })

  it('gives the dearest hours, unless a rate is unknown', () => {
    const windows = [
      { input: '1.5', cache_read: '0.1', output: '3' },
      { input: '0.5', cache_read: '0.1', output: '9' },
    ]
    const [step] = priceHistory(model([{ ...row, windows }]), 0).steps
    expect(step?.atMost).toEqual({ input: '1.5', cache_read: null, output: '9' })
    expect(priceHistory(model([row]), 0).steps[0]?.atMost).toEqual({ input: null, cache_read: null, output: null })
  })

  it('is that of every model that serves the scenario', async () => {
    const fleet = await opened('routing-70-25-5.yaml')
    const models = (one: typeof fleet) => priceHistories(one.scenario, one.priced.book, 0).map(({ model }) => model)
    expect(models({ scenario, priced, at })).toEqual(['deepseek-v4-pro'])
    expect(models(fleet)).toEqual(['deepseek-v4-flash', 'deepseek-v4', 'deepseek-v4-pro'])
  })
})
