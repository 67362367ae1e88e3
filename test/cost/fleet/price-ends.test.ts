import { describe, expect, it } from 'vitest'
import { printCost } from '../../../src/cost/fleet/costs.ts'
import { periodFactor, priceEnds } from '../../../src/cost/fleet/price-ends.ts'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { toDecimals } from '../../../src/model/number/money.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { bookWith, fleetWith, MILLION, scenarioWith } from '../build.ts'

const at = '2026-01-01'
const dollar = { request: { turn: MILLION } }

describe('the costs of a scenario at a moment', () => {
  it('are there by view: 1M in at $1, at $0.10 if all of it hit', () => {
    const { views, why } = priceEnds({ scenario: scenarioWith(dollar), at }, bookWith())
    expect([printCost(views.headline), printCost(views.cached_ideal), why]).toEqual(['1', '0.1', null])
  })

  it('are all unknown, with the reason, before its model had a price', () => {
    const { views, why } = priceEnds({ scenario: scenarioWith(dollar), at: '2025-12-31' }, bookWith())
    expect(Object.values(views)).toEqual(Array(6).fill(null))
    expect(why).toContain('2025-12-31')
  })

  it('have every reason of a fleet', () => {
    const legs = ['nobody', 'noone'].map(model => ({ model, share: 0.5 }))
    const { why } = priceEnds({ scenario: fleetWith({ legs }, dollar), at }, bookWith())
    expect(why).toMatch(/nobody.*; .*noone/)
  })

  it('do not need the price of a baseline', () => {
    const fleet = fleetWith({ legs: [{ model: 'demo', share: 1 }], baselines: ['nobody'] }, dollar)
    expect(() => priceScenario(fleet, bookWith(), at)).toThrow('nobody')
    expect(printCost(priceEnds({ scenario: fleet, at }, bookWith()).views.headline)).toBe('1')
  })
})

it.each<{ it: string; from: Partial<Traffic>; to: Partial<Traffic>; factor: string | null }>([
  { it: 'a run is a run', from: { per: 'run' }, to: { per: 'run' }, factor: '1' },
  { it: 'a run is no part of a day', from: { per: 'run' }, to: { per: 'day' }, factor: null },
  { it: 'a day is no number of runs', from: { per: 'day' }, to: { per: 'run' }, factor: null },
  { it: 'a month is a month', from: { per: 'month' }, to: { per: 'month' }, factor: '1' },
  { it: 'a cost per hour is 24 times as much a day', from: { per: 'hour' }, to: { per: 'day' }, factor: '24' },
  { it: 'a cost per week is a seventh a day', from: { per: 'week' }, to: { per: 'day' }, factor: '0.142857142857' },
  // Five of seven days: 5/7.
  {
    it: 'a cost per working day is five sevenths a day',
    from: { per: 'day', weekdays_only: true },
    to: { per: 'day' },
    factor: '0.714285714286',
  },
])('$it', ({ from, to, factor }) => {
  const found = periodFactor(scenarioWith({ traffic: from }), scenarioWith({ traffic: to }))
  expect(found && toDecimals(found, 12)).toBe(factor)
})
