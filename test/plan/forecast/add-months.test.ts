import { describe, expect, it } from 'vitest'
import { UNKNOWN } from '../../../src/cost/fleet/costs.ts'
import { exact } from '../../../src/model/number/money.ts'
import { both } from '../../../src/model/number/range.ts'
import { addMonths, addScenarios, firstBelow } from '../../../src/plan/forecast/add-months.ts'

const costing = (headline: number | null) => ({
  ...UNKNOWN,
  headline: headline === null ? null : both(exact(headline)),
})
const range = (low: number, high: number) => ({ low: exact(low), high: exact(high) })

it('a sum that lacks a month is at least what is known', () => {
  expect(addMonths([costing(1), costing(2)])).toMatchObject({ costs: { headline: '3' }, at_least: { headline: '3' } })
  expect(addMonths([costing(1), costing(null)])).toMatchObject({
    costs: { headline: null },
    at_least: { headline: '1' },
  })
  expect(addMonths([costing(null)]).at_least).toEqual({})
})

it('scenarios are added month by month', () => {
  const all = [
    { month: '2026-12', costs: costing(1) },
    { month: '2027-01', costs: costing(2) },
    { month: '2026-12', costs: costing(4) },
  ]
  const { months, costs } = addScenarios(all)
  expect(months.map(({ month, costs }) => [month, costs.headline])).toEqual([
    ['2026-12', '5'],
    ['2027-01', '2'],
  ])
  expect(costs.headline).toBe('7')
})

describe('the first month below', () => {
  const months = [
    { month: '2026-11', own: range(10, 20), api: range(8, 9) },
    { month: '2026-12', own: range(10, 20), api: range(11, 12) },
    { month: '2027-01', own: null, api: range(100, 100) },
    { month: '2027-02', own: range(10, 20), api: range(20, 21) },
    { month: '2027-03', own: range(10, 20), api: range(21, 22) },
  ]
  it('is another in the best case than in the worst; equal is not below', () => {
    expect(firstBelow(months)).toEqual({ low: '2026-12', high: '2027-03' })
    expect(firstBelow(months.slice(0, 1))).toEqual({ low: null, high: null })
  })
})
