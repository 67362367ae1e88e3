import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addCosts,
  type Cost,
  isSame,
  printCost,
  printDifference,
  scaleCosts,
  sumCosts,
  UNKNOWN,
} from '../../../src/cost/fleet/costs.ts'
import { exact } from '../../../src/model/number/money.ts'
import { both, highOf, lowOf } from '../../../src/model/number/range.ts'
import type { Costs } from '../../../src/model/result/print-exact.ts'

const range = (low: string, high = low) => ({ low: exact(low), high: exact(high) })
const costsWith = (headline: Cost): Costs => ({ ...UNKNOWN, headline })

describe('costs', () => {
  it('add up end by end, and are unknown where one of them is', () => {
    expect(printCost(addCosts([range('1', '2'), range('3', '5'), range('0.5')]))).toEqual({ low: '4.5', high: '7.5' })
    expect(addCosts([range('1'), null])).toBeNull()
    expect(printCost(addCosts([]))).toBe('0')
  })

  it('add up view by view: one that is unknown leaves the others known', () => {
    const total = sumCosts([
      { ...costsWith(range('1', '2')), batch: range('7') },
      { ...costsWith(range('3')), batch: null },
    ])
    expect([printCost(total.headline), total.batch]).toEqual([{ low: '4', high: '5' }, null])
  })

  it('of a day are 7 times as much a week', () => {
    expect(printCost(scaleCosts(costsWith(range('1.1', '2')), exact(7)).headline)).toEqual({ low: '7.7', high: '14' })
  })

  it('differ end by end, and print as one figure where both ends differ alike', () => {
    expect(printDifference(range('5', '9'), range('1', '2'))).toEqual({ low: '4', high: '7' })
    expect(printDifference(range('3', '4'), range('1', '2'))).toBe('2')
    // Less at the high end: each end stays at its place.
    expect(printDifference(range('3', '4'), range('1', '9'))).toEqual({ low: '2', high: '-5' })
    expect(printDifference(null, range('1'))).toBeNull()
  })

  it('differ by printed figures, so that steps add up to the whole to the digit', () => {
    const cost = fc.nat({ max: 10 ** 9 }).map(n => both(exact(n).times('1.00000000000031e-5')))
    const digits = (one: ReturnType<typeof printDifference>, end: typeof lowOf) => exact(one === null ? 0 : end(one))
    fc.assert(
      fc.property(cost, cost, cost, (a, b, c) => {
        for (const end of [lowOf, highOf]) {
          const steps = digits(printDifference(b, a), end).plus(digits(printDifference(c, b), end))
          expect(steps.toFixed()).toBe(digits(printDifference(c, a), end).toFixed())
        }
      }),
    )
  })

  it('are the same where they print the same: a digit beyond the twelfth is none', () => {
    expect(isSame(costsWith(range('1')), costsWith(range('1.0000000000001')))).toBe(true)
    expect(isSame(costsWith(range('1')), costsWith(range('1.000000000001')))).toBe(false)
    expect(isSame(costsWith(range('1')), UNKNOWN)).toBe(false)
  })
})
