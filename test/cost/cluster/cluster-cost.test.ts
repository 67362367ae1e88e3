import { describe, expect, it } from 'vitest'
import {
  claimedSavings,
  clusterUsdPerDay,
  overheadPerDay,
  savingRatio,
  unitCost,
} from '../../../src/cost/cluster/cluster-cost.ts'
import { exact, ONE, toDecimals, ZERO } from '../../../src/model/number/money.ts'
import { articleAt, contestWith } from './contest.ts'

describe('a cluster’s day', () => {
  it('is 24 of its hours, and 12 of its months over 365 days', () => {
    // 24 · 40 + 12 · 365 / 365
    expect(
      exact(24 * 40)
        .plus(overheadPerDay(exact(365)))
        .toFixed(),
    ).toBe('972')
    // Half of $300,000 a year: 150,000/365.
    expect(toDecimals(overheadPerDay(exact(12_500)), 2)).toBe('410.96')
  })

  it('costs its fixed part and what it serves', () => {
    // 1,000 + 0.25 · 400M/1M
    const cluster = contestWith({ variableUsdPer1M: exact('0.25') })
    expect(clusterUsdPerDay(cluster, exact('0.4')).toFixed()).toBe('1100')
    // 1,100 over 400M
    expect(unitCost(cluster, exact('0.4')).toFixed()).toBe('2.75')
  })

  it('costs the article’s $9.60 to 19.20 per 1M tokens at full utilisation', () => {
    expect([40, 80].map(usd => unitCost(articleAt(usd), ONE).toFixed())).toEqual(['9.6', '19.2'])
  })
})

describe('the saving', () => {
  const at = (utilisation: string, hosted = '2', more = {}) =>
    savingRatio(contestWith(more), { hostedUsdPer1M: exact(hosted), utilisation: exact(utilisation) })?.toFixed()

  it('is the hosted bill over the cluster’s', () => {
    // 700M at 2 are 1,400, against 1,000
    expect(at('0.7')).toBe('1.4')
    // 400M at 2 are 800, against 1,100
    expect(at('0.4', '2.75', { variableUsdPer1M: exact('0.25') })).toBe('1')
  })

  it('is not a number where the cluster costs nothing', () => {
    expect(at('0.7', '2', { fixedUsdPerDay: ZERO })).toBeUndefined()
  })

  it.each([
    { breakEven: '0.5', at: '0.7', times: '1.4' },
    { breakEven: '0.7', at: '0.7', times: '1' },
    { breakEven: '0.5', at: '1', times: '2' },
    // What three and five times at 70% would need.
    { breakEven: '0.14', at: '0.7', times: '5' },
  ])('of a break-even at $breakEven is $times times at $at', ({ breakEven, at, times }) => {
    expect(claimedSavings(exact(breakEven), exact(at)).toFixed()).toBe(times)
  })
})
