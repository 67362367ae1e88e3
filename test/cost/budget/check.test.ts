import { expect, it } from 'vitest'
import { check } from '../../../src/cost/budget/check.ts'
import type { Budget } from '../../../src/model/scenario/budget.ts'
import { about, bookWith, MILLION, priced, scenarioWith } from '../build.ts'

// $1 in, $2 out: a request of 1M to 2M estimated tokens and half a million out costs $2 to $3, ten of them $20 to $30.
const scenario = scenarioWith({
  traffic: { requests: 10, per: 'day' },
  request: { turn: about(1.5 * MILLION, MILLION, 2 * MILLION), output: MILLION / 2 },
})

const hold = (budget: Budget) => {
  const { scenarios } = check([{ scenario, at: '2026-01-01', held: [{ budget, places: {} }] }], priced(bookWith()), {
    total: null,
    unread: new Set<string>(),
    baseline: { kind: 'none', name: null, reason: 'none was named', side: null, broken: new Map() },
    requireBaseline: false,
    strict: false,
    faults: [],
    warnings: [],
  })
  return scenarios[0]?.budget[0]
}

it.each<{ budget: Budget; actual: object }>([
  { budget: { per_request: '2.5' }, actual: { low: '2', high: '3' } },
  { budget: { per_period: '25' }, actual: { low: '20', high: '30' } },
  // 730 hours are 365/12 days.
  { budget: { per_month: '800' }, actual: { low: '608.333333333333', high: '912.5' } },
])('$budget is held to the high end of a range, in its own unit', ({ budget, actual }) => {
  expect(hold(budget)).toMatchObject({ state: 'over', actual })
})
