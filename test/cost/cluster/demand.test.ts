import { expect, it } from 'vitest'
import { daysOf } from '../../../src/cost/cluster/demand.ts'
import { toDecimals } from '../../../src/model/number/money.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import { scenarioWith } from '../build.ts'

// A month is 730 hours; a working day comes five times in seven days.
it.each<[Partial<Scenario['traffic']>, string]>([
  [{ per: 'hour' }, '0.041666666667'],
  [{ per: 'day' }, '1'],
  [{ per: 'day', weekdays_only: true }, '1.4'],
  [{ per: 'week' }, '7'],
  [{ per: 'month' }, '30.416666666667'],
])('a period of %o is %s days', (traffic, days) => {
  const found = daysOf({ ...scenarioWith({}).traffic, ...traffic })
  expect(found && toDecimals(found, 12)).toBe(days)
})

it('a run has no days', () => {
  expect(daysOf(scenarioWith({ traffic: { per: 'run' } }).traffic)).toBeNull()
})
