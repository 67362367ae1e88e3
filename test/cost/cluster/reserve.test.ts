import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reserve } from '../../../src/cost/cluster/reserve.ts'
import { type Exact, exact } from '../../../src/model/number/money.ts'

const at = (demand: readonly number[], reserved: string, onDemand: string): string => {
  const terms = { reservedUsdPerHour: exact(reserved), onDemandUsdPerHour: exact(onDemand) }
  const { nodes, onDemandHoursPerDay, usdPerDay } = reserve(demand, terms)
  return `${nodes} + ${onDemandHoursPerDay.toFixed()} h: ${usdPerDay.toFixed()}`
}

// The first node is wanted in all 24 hours, the second in 12, the third in 6.
const demand = [...Array<number>(6).fill(3), ...Array<number>(6).fill(2), ...Array<number>(12).fill(1)]

describe('reserve', () => {
  it.each([
    // r/d = 0.75: the first alone; 12 + 6 hours rented. 24 · 3 + 18 · 4
    { reserved: '3', onDemand: '4', told: '1 + 18 h: 144' },
    // r/d = 0.5: the second is wanted in just half of the hours. 48 · 2 + 6 · 4
    { reserved: '2', onDemand: '4', told: '2 + 6 h: 120' },
    { reserved: '2.01', onDemand: '4', told: '1 + 18 h: 120.24' },
    // r/d = 0.25: all. 72 · 1
    { reserved: '1', onDemand: '4', told: '3 + 0 h: 72' },
    // Reserved at a higher price than by the hour: none. 42 · 4
    { reserved: '5', onDemand: '4', told: '0 + 42 h: 168' },
    { reserved: '0', onDemand: '4', told: '3 + 0 h: 0' },
  ])('at $reserved against $onDemand: $told', ({ reserved, onDemand, told }) => {
    expect(at(demand, reserved, onDemand)).toBe(told)
  })

  it('gives figures per day of the hours of a week', () => {
    // One node in 84 of 168 hours, half of them: 12 a day
    const week = [...Array<number>(84).fill(1), ...Array<number>(84).fill(0)]
    expect(at(week, '3', '4')).toBe('0 + 12 h: 48')
    expect(at(week, '1', '4')).toBe('1 + 0 h: 24')
  })

  it('no other number of nodes costs less', () => {
    const hours = fc.array(fc.nat({ max: 12 }), { minLength: 24, maxLength: 24 })
    const usd = fc.integer({ min: 1, max: 50 })
    fc.assert(
      fc.property(hours, usd, usd, (wanted, reserved, onDemand) => {
        const cost = (nodes: number): Exact =>
          exact(nodes * 24 * reserved + wanted.reduce((all, hour) => all + Math.max(0, hour - nodes), 0) * onDemand)
        const terms = { reservedUsdPerHour: exact(reserved), onDemandUsdPerHour: exact(onDemand) }
        const found = reserve(wanted, terms).usdPerDay
        for (let nodes = 0; nodes <= 13; nodes++) expect(found.lte(cost(nodes))).toBe(true)
      }),
    )
  })
})
