import { describe, expect, it } from 'vitest'
import { spreadTraffic, warmChance } from '../../../src/cost/time/spread-traffic.ts'
import { exact, ONE } from '../../../src/model/number/money.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { MILLION, resultOf, scenarioWith } from '../build.ts'

const chance = (traffic: Partial<Traffic>, windowSeconds: number, earlier: 1 | 2 = 1): string => {
  const spread = spreadTraffic(scenarioWith({ traffic }).traffic)
  const parts = spread.hours.map(hour => ({ hour, fraction: ONE }))
  return warmChance(spread, exact(windowSeconds))(parts, earlier).toFixed()
}

const weights = (...first: readonly number[]): number[] => [...first, ...Array<number>(24 - first.length).fill(0)]

// e^−1 = 0.367879441171…, e^−2 = 0.135335283236…, e^−3 = 0.049787068367…, e^−1.4 = 0.246596963941…
describe('warmChance is 1 − e^(−λW), to 9 decimals', () => {
  it.each<{ it: string; traffic: Partial<Traffic>; window: number; w: string }>([
    { it: '12 an hour over 300 s: λW = 1', traffic: { requests: 12, per: 'hour' }, window: 300, w: '0.632120559' },
    { it: '288 a day are 12 an hour', traffic: { requests: 288, per: 'day' }, window: 300, w: '0.632120559' },
    { it: '2,016 a week are 12 an hour', traffic: { requests: 2016, per: 'week' }, window: 300, w: '0.632120559' },
    { it: '8,760 a month are 12 an hour', traffic: { requests: 8760, per: 'month' }, window: 300, w: '0.632120559' },
    { it: '12 an hour over 420 s: λW = 1.4', traffic: { requests: 12, per: 'hour' }, window: 420, w: '0.753403036' },
    { it: 'no window, no chance', traffic: { requests: 12, per: 'hour' }, window: 0, w: '0' },
    { it: 'much traffic, always warm', traffic: { requests: 1e12, per: 'hour' }, window: 86_400, w: '1' },
    {
      it: '240 a day in office hours are 24 an hour there: λW = 2',
      traffic: { requests: 240, per: 'day', profile: 'office-hours' },
      window: 300,
      w: '0.864664717',
    },
    {
      it: '240 a working day in office hours: the same',
      traffic: { requests: 240, per: 'day', profile: 'office-hours', weekdays_only: true },
      window: 300,
      w: '0.864664717',
    },
    {
      it: '1,200 a week in 50 office hours: the same',
      traffic: { requests: 1200, per: 'week', profile: 'office-hours', weekdays_only: true },
      window: 300,
      w: '0.864664717',
    },
    {
      // (1·(1 − e^−1) + 3·(1 − e^−3)) / 4 = (0.632120558829 + 2.850638794896) / 4
      it: 'hours are averaged by their requests: 12 and 36 of 48 a day',
      traffic: { requests: 48, per: 'day', profile: weights(1, 3) },
      window: 300,
      w: '0.870689838',
    },
    {
      it: 'weights are relative: a tenth of each is the same',
      traffic: { requests: 48, per: 'day', profile: weights(0.1, 0.3) },
      window: 300,
      w: '0.870689838',
    },
  ])('$it → $w', ({ traffic, window, w }) => {
    expect(chance(traffic, window)).toBe(w)
  })

  it('is squared where two earlier requests must have come in time', () => {
    // (1 − e^−1)² = 0.399576400894
    expect(chance({ requests: 12, per: 'hour' }, 300, 2)).toBe('0.399576401')
  })
})

describe('a month is 730 hours', () => {
  // A period costs $1: 1M tokens at $1.
  it.each<{ it: string; traffic: Partial<Traffic>; month: string; hours: number }>([
    { it: 'hours', traffic: { per: 'hour' }, month: '730', hours: 1 },
    { it: 'days: 730 / 24', traffic: { per: 'day' }, month: '30.416666666667', hours: 24 },
    { it: 'weeks: 730 / 168', traffic: { per: 'week' }, month: '4.345238095238', hours: 168 },
    { it: 'months', traffic: { per: 'month' }, month: '1', hours: 730 },
    {
      it: 'working days: 5 × 730 / 168',
      traffic: { per: 'day', weekdays_only: true },
      month: '21.72619047619',
      hours: 24,
    },
  ])('of $it is $month', ({ traffic, month, hours }) => {
    const result = resultOf({ traffic, request: { turn: MILLION } })
    expect(result.costs.headline).toBe('1')
    expect(result.per_month?.headline).toBe(month)
    expect(result.periods_per_month).toBe(month)
    expect(result.period_hours).toBe(hours)
    expect(result.per_month?.batch).toBeNull()
  })

  it('a run has no month', () => {
    expect(resultOf({ request: { turn: 1 } })).toMatchObject({ per_month: null, period_hours: null })
  })
})
