import { describe, expect, it } from 'vitest'
import { breakEven } from '../../src/cost/break-even.ts'
import { claimedSavings, clusterUsdPerDay, overheadPerDay, savingRatio, unitCost } from '../../src/cost/cluster-cost.ts'
import { gpuHour } from '../../src/cost/gpu-hour.ts'
import { exact, ONE, sum, toDecimals, ZERO } from '../../src/model/money.ts'
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
    // What three and five times at 70 % would need.
    { breakEven: '0.14', at: '0.7', times: '5' },
  ])('of a break-even at $breakEven is $times times at $at', ({ breakEven, at, times }) => {
    expect(claimedSavings(exact(breakEven), exact(at)).toFixed()).toBe(times)
  })
})

describe('DeepSeek’s published serving day, 27 to 28 February 2025', () => {
  // @see deepseek-ai/open-infra-index@56d86855
  //   202502OpenSourceWeek/day_6_one_more_thing_deepseekV3R1_inference_system_overview.md
  // 226.75 nodes of 8 H800 on average, $2 a GPU-hour; 608B tokens in, 342B of them cache hits; 168B out; R1’s prices.
  const hour = gpuHour({ kind: 'given', usdPerGpuHour: exact(2) })
    .times('226.75')
    .times(8)
  const cost = hour.times(24)
  const bill = sum([exact(342_000).times('0.14'), exact(608_000 - 342_000).times('0.55'), exact(168_000).times('2.19')])

  it('costs $87,072, as published', () => {
    expect(cost.toFixed()).toBe('87072')
  })

  it('would earn $562,100 by the rounded counts; published: $562,027', () => {
    expect(bill.toFixed()).toBe('562100')
  })

  it('earns 545.6 % over its cost; published: 545 %', () => {
    // All 776B tokens are this cluster’s day, at a blend of 562,100 over 776,000.
    const contest = contestWith({
      fixedUsdPerDay: cost,
      capacityPerDay: exact('776e9'),
      hostedUsdPer1M: exact(bill.div(776_000).toSignificantDigits(60)),
    })
    const ratio = savingRatio(contest, { hostedUsdPer1M: contest.hostedUsdPer1M, utilisation: ONE }) ?? ZERO
    expect(toDecimals(ratio.minus(1).times(100), 1)).toBe('545.6')
    // 87,072/562,100
    expect(toDecimals(breakEven(contest).utilisation?.times(100) ?? ZERO, 1)).toBe('15.5')
  })
})

it('SGLang’s $0.20 per 1M output tokens on H100 is 0.1995', () => {
  // @see lm-sys/lm-sys.github.io blog/2025-05-05-large-scale-ep.md: 22,282 tokens/s per decode node at 2,000 in.
  // Its $2 a GPU-hour is inferred from the figure: $16 a node-hour / (22,282 · 0.0036), decode nodes alone.
  const node = {
    fixedUsdPerDay: exact(16 * 24),
    capacityPerDay: exact(22_282 * 86_400),
    variableUsdPer1M: ZERO,
  }
  expect(toDecimals(unitCost(node, ONE), 4)).toBe('0.1995')
})
