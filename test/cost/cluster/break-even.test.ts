import { describe, expect, it } from 'vitest'
import { type BreakEven, breakEven, type ClusterVsApi, wouldBreakEven } from '../../../src/cost/cluster/break-even.ts'
import { breakEvenRange } from '../../../src/cost/cluster/break-even-range.ts'
import { exact, ONE, quotient, toDecimals, toFixedDecimals, ZERO } from '../../../src/model/number/money.ts'
import { both } from '../../../src/model/number/range.ts'
import { articleAt, contestWith, digits } from './contest.ts'

/** The kind, u* and V*, and whether it can be kept up. */
const told = ({ kind, neverKind, utilisation, tokensPerDay, attainable }: BreakEven): string =>
  [neverKind ?? kind, digits(utilisation), digits(tokensPerDay), attainable].join(' ')

// $1,000 a day over 1B tokens at p is u* = 1,000 · 1M / (1B · p) = 1/p.
describe('breakEven is F·1M over C·(p − v)', () => {
  it.each<{ it: string; contest: Partial<ClusterVsApi>; told: string }>([
    { it: 'half the capacity', contest: {}, told: 'at 0.5 500000000 true' },
    {
      it: 'a variable cost comes off the hosted price',
      contest: { variableUsdPer1M: exact('0.75') },
      told: 'at 0.8 800000000 true',
    },
    {
      it: 'beyond what can be kept up',
      contest: { hostedUsdPer1M: exact('1.25'), maxUtilisation: exact('0.79') },
      told: 'at 0.8 800000000 false',
    },
    { it: 'all of the capacity', contest: { hostedUsdPer1M: ONE }, told: 'at 1 1000000000 false' },
    { it: 'all of it, kept up', contest: { hostedUsdPer1M: ONE, maxUtilisation: ONE }, told: 'at 1 1000000000 true' },
    { it: 'more than the capacity', contest: { hostedUsdPer1M: exact('0.5') }, told: 'this_cluster 2 2000000000 ' },
    { it: 'a cluster that costs nothing', contest: { fixedUsdPerDay: ZERO }, told: 'always 0 0 true' },
    { it: 'an API at the variable cost', contest: { variableUsdPer1M: exact(2) }, told: 'below_variable   ' },
    { it: 'an API below the variable cost', contest: { variableUsdPer1M: exact(3) }, told: 'below_variable   ' },
    {
      it: 'an API below it, and nothing fixed',
      contest: { variableUsdPer1M: exact(3), fixedUsdPerDay: ZERO },
      told: 'below_variable   ',
    },
  ])('$it', ({ contest, told: expected }) => {
    expect(told(breakEven(contestWith(contest)))).toBe(expected)
  })

  it('by less than any digit above 100% is still never', () => {
    // 10^60 + 1 over 10^60 rounds to 1 in 50 digits.
    const capacityPerDay = exact('1e60')
    const fixedUsdPerDay = exact('1e60').plus(1)
    const found = breakEven(contestWith({ capacityPerDay, fixedUsdPerDay, hostedUsdPer1M: exact(1_000_000) }))
    expect(told(found)).toMatch(/^this_cluster 1 /)
  })
})

describe('a fleet sized to its traffic loses at any scale where its nodes alone do', () => {
  // u* is 1,000/(1B · 0.5) = 2 in each: never. Nodes of $100 and 200M tokens a day, p = 0.5, used to 80% in the peak.
  const sizedAt = (nodeUsdPerDay: string, peakToMean: string, more: Partial<ClusterVsApi> = {}) =>
    breakEven(
      contestWith({
        hostedUsdPer1M: exact('0.5'),
        sizing: {
          nodeUsdPerDay: exact(nodeUsdPerDay),
          nodeCapacityPerDay: exact(200_000_000),
          peakToMean: exact(peakToMean),
        },
        ...more,
      }),
    ).neverKind

  it.each([
    // g = 100 · 1M / (200M · 0.8) = 0.625
    { node: '100', peak: '1', kind: 'any_scale' },
    // g = 80 · 1M / 160M = 0.5, which is p
    { node: '80', peak: '1', kind: 'any_scale' },
    { node: '79.99', peak: '1', kind: 'this_cluster' },
    // g = 40 · 2 · 1M / 160M = 0.5
    { node: '40', peak: '2', kind: 'any_scale' },
    { node: '40', peak: '1.999', kind: 'this_cluster' },
  ])('$node USD a day and a peak of $peak: $kind', ({ node, peak, kind }) => {
    expect(sizedAt(node, peak)).toBe(kind)
  })

  it('counts the variable cost', () => {
    // g = 40 · 1M / 160M + 0.25 = 0.5
    expect(sizedAt('40', '1', { variableUsdPer1M: exact('0.25') })).toBe('any_scale')
    expect(sizedAt('40', '1', { variableUsdPer1M: exact('0.24') })).toBe('this_cluster')
  })
})

describe('what would move break-even', () => {
  const said = (contest: ClusterVsApi, utilisation: string) => {
    const { capacityPerDay, hostedUsdPer1M, usdPerHour } = wouldBreakEven(contest, exact(utilisation))
    return [digits(capacityPerDay), digits(hostedUsdPer1M), digits(usdPerHour)]
  }

  it('each alone would, and leaves out what is not paid for nodes', () => {
    // p = 0.5: C = 1,000 · 1M / 0.5; p = 1,000 · 1M / 1B; 500 a day at the most, 140 of them not for nodes: 360/24.
    const contest = contestWith({ hostedUsdPer1M: exact('0.5'), overheadUsdPerDay: exact(140) })
    expect(breakEven(contest).wouldBe).toEqual(wouldBreakEven(contest, ONE))
    expect(said(contest, '1')).toEqual(['2000000000', '1', '15'])
    // At half the capacity: 250 a day at the most.
    expect(said(contest, '0.5')[2]).toBe(quotient(exact(110), exact(24)).toFixed())
  })

  it('no GPU price does where the overhead alone is more than the hosted bill', () => {
    const contest = contestWith({ hostedUsdPer1M: exact('0.5'), overheadUsdPerDay: exact(501) })
    expect(said(contest, '1')).toEqual(['2000000000', '1', null])
    expect(said({ ...contest, overheadUsdPerDay: exact(500) }, '1')[2]).toBe('0')
  })

  it('only the hosted price does where the variable part alone costs as much', () => {
    expect(said(contestWith({ variableUsdPer1M: exact(3) }), '1')).toEqual([null, '4', null])
  })

  it('nothing needs to, where break-even is there', () => {
    expect(breakEven(contestWith()).wouldBe).toBeNull()
    expect(breakEven(contestWith()).wouldPay).toBeNull()
  })

  // u* is 90.9 %, 80 % is the most: 1,000 · 1M / (0.8 · 1.1), 1,000 · 1M / (0.8 · 1B), 0.8 · 1B · 1.1 / 24.
  it('is what puts it at the highest use, where it lies above that', () => {
    const contest = contestWith({ hostedUsdPer1M: exact('1.1') })
    const found = breakEven(contest)
    expect([found.kind, found.attainable, found.wouldBe]).toEqual(['at', false, null])
    expect(found.wouldPay).toEqual(wouldBreakEven(contest, exact('0.8')))
    expect(found.wouldPay?.hostedUsdPer1M.toFixed()).toBe('1.25')
    expect(breakEven({ ...contest, hostedUsdPer1M: exact('1.25') }).wouldPay).toBeNull()
  })

  // Twice the mean in the peak hour leaves 40 % of 80 %, and u* is 50 %: 1,000 · 1M / (0.4 · 1B).
  it('is for a sized fleet what the peak leaves', () => {
    const sizing = { nodeUsdPerDay: exact(100), nodeCapacityPerDay: exact(200_000_000), peakToMean: exact(2) }
    const found = breakEven(contestWith({ sizing }))
    expect([found.kind, found.attainable]).toEqual(['at', true])
    expect(found.wouldPay?.hostedUsdPer1M.toFixed()).toBe('2.5')
  })

  // facts of the article: $40–80/h, 100M tokens a day, hosted 3:1 at 0.75.
  // p = F·1M/(u·C): 960 · 1M / (0.5 · 100M) = 19.2; C = 960 · 1M / (0.5 · 0.75) = 2.56B.
  it.each([
    { utilisation: '0.5', low: ['19.20', '2.56'], high: ['38.40', '5.12'] },
    { utilisation: '0.7', low: ['13.71', '1.83'], high: ['27.43', '3.66'] },
  ])('the article’s break-even at $utilisation needs another price or capacity', ({ utilisation, low, high }) => {
    for (const [usd, expected] of [
      [40, low],
      [80, high],
    ] as const) {
      const { capacityPerDay, hostedUsdPer1M } = wouldBreakEven(articleAt(usd), exact(utilisation))
      expect([
        toFixedDecimals(hostedUsdPer1M, 2),
        capacityPerDay && toFixedDecimals(capacityPerDay.times('1e-9'), 2),
      ]).toEqual(expected)
    }
  })
})

describe('ranges', () => {
  const ranged = {
    fixedUsdPerDay: { low: exact(100), high: exact(400) },
    capacityPerDay: { low: exact(500_000_000), high: exact(1_000_000_000) },
    hostedUsdPer1M: { low: ONE, high: exact(2) },
    variableUsdPer1M: both(ZERO),
    overheadUsdPerDay: ZERO,
    maxUtilisation: ONE,
  }

  it('low is the best case for self-hosting, high the worst', () => {
    // 100 · 1M / (1B · 2) and 400 · 1M / (500M · 1)
    const { low, high } = breakEvenRange(ranged)
    expect([told(low), told(high)]).toEqual(['at 0.05 50000000 true', 'at 0.8 400000000 true'])
  })

  it('the ends may be of different kinds', () => {
    const { low, high } = breakEvenRange({ ...ranged, variableUsdPer1M: { low: ZERO, high: ONE } })
    expect([told(low), told(high)]).toEqual(['at 0.05 50000000 true', 'below_variable   '])
  })

  it('so does a sized fleet: its cheapest nodes with their highest capacity first', () => {
    // u* = 1,000/0.5 = 2; g = 10 · 1M / 100M = 0.1 and 100 · 1M / 50M = 2, against 0.5
    const { low, high } = breakEvenRange({
      ...ranged,
      fixedUsdPerDay: both(exact(1000)),
      capacityPerDay: both(exact(1_000_000_000)),
      hostedUsdPer1M: both(exact('0.5')),
      sizing: {
        nodeUsdPerDay: { low: exact(10), high: exact(100) },
        nodeCapacityPerDay: { low: exact(50_000_000), high: exact(100_000_000) },
        peakToMean: ONE,
      },
    })
    expect([low.neverKind, high.neverKind]).toEqual(['this_cluster', 'any_scale'])
  })

  it('the article’s cluster never gets there: 12.8 to 25.6 of its capacity', () => {
    const { low, high } = breakEvenRange({
      fixedUsdPerDay: { low: exact(960), high: exact(1920) },
      capacityPerDay: both(exact(100_000_000)),
      hostedUsdPer1M: both(exact('0.75')),
      variableUsdPer1M: both(ZERO),
      overheadUsdPerDay: ZERO,
      maxUtilisation: exact('0.8'),
    })
    expect(told(low)).toBe('this_cluster 12.8 1280000000 ')
    expect(told(high)).toBe('this_cluster 25.6 2560000000 ')
    expect(digits(low.wouldBe?.capacityPerDay ?? null)).toBe('1280000000')
    expect(digits(high.wouldBe?.capacityPerDay ?? null)).toBe('2560000000')
    expect(low.wouldBe?.hostedUsdPer1M.toFixed()).toBe('9.6')
    // $75 a day buys 3.125 an hour.
    expect(low.wouldBe?.usdPerHour?.toFixed()).toBe('3.125')
    expect(high.wouldBe?.usdPerHour?.toFixed()).toBe('3.125')
  })

  // claims of one article, each against its own price list and mix
  it.each([
    { it: 'V4, 10:1', blend: '6.5/11', low: '16.25', high: '32.49' },
    { it: 'V4, 1:1', blend: '2/2', low: '9.60', high: '19.20' },
    { it: 'V4, all output', blend: '1.5/1', low: '6.40', high: '12.80' },
    { it: 'V4, all input', blend: '0.5/1', low: '19.20', high: '38.40' },
    { it: 'V4 Pro, all output', blend: '3.48/1', low: '2.76', high: '5.52' },
    { it: 'R1, all output', blend: '2.19/1', low: '4.38', high: '8.77' },
    { it: 'V4 Flash, all output', blend: '0.28/1', low: '34.29', high: '68.57' },
  ])('nor against $it', ({ blend, low, high }) => {
    const [usd = '', tokens = ''] = blend.split('/')
    const hostedUsdPer1M = quotient(exact(usd), exact(tokens))
    const at = (usdPerHour: number) => {
      const { kind, utilisation } = breakEven({ ...articleAt(usdPerHour), hostedUsdPer1M: exact(hostedUsdPer1M) })
      return [kind, utilisation && toFixedDecimals(utilisation, 2)]
    }
    expect([at(40), at(80)]).toEqual([
      ['never', low],
      ['never', high],
    ])
  })
})

describe('one unchanged cluster through a year of prices', () => {
  // 8 B200 at Civo's 1-year $4.49, DeepSeek-V4-Pro at 2,708 tokens/s per GPU, concurrency 256, 8,192 in and 1,024 out.
  // @see sgl-project/sglang@08587007 docs_new/src/snippets/configs/deepseek-ai/deepseek-v4-benchmarks.jsx
  // Worked by hand: 862.08 · 1M / (1,871,769,600 · p).
  it.each([
    // p = (8 · 1.74 + 3.48)/9 = 1.9333…
    { it: 'the list price of 2026-04-24', input: '1.74', output: '3.48', peak: '1', u: '23.8' },
    { it: 'what was billed on 2026-05-15', input: '0.435', output: '0.87', peak: '1', u: '95.3' },
    { it: 'off peak since 2026-08-16', input: '0.66', output: '1.98', peak: '1', u: '57.1' },
    // Twice the price in 7 of 24 hours on 5 of 7 days: 1 + 35/168 = 203/168.
    { it: 'flat traffic since 2026-08-16', input: '0.66', output: '1.98', peak: '203/168', u: '47.3' },
  ])('$it', ({ input, output, peak, u }) => {
    const [over = '', under = '1'] = peak.split('/')
    const hosted = quotient(exact(input).times(8).plus(output).times(over), exact(under).times(9))
    const { utilisation } = breakEven(
      contestWith({
        fixedUsdPerDay: exact('4.49').times(8 * 24),
        capacityPerDay: exact(2708 * 8 * 86_400),
        hostedUsdPer1M: exact(hosted),
      }),
    )
    expect(utilisation && toDecimals(utilisation.times(100), 1)).toBe(u)
  })
})
