import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakEven } from '../../../src/cost/cluster/break-even.ts'
import {
  bestAndWorst,
  breakEvenRange,
  type RangedContest,
  setAgainstApi,
} from '../../../src/cost/cluster/break-even-range.ts'
import { demandOf } from '../../../src/cost/cluster/demand.ts'
import { hostCluster } from '../../../src/cost/cluster/host-cluster.ts'
import { type Exact, exact, ZERO } from '../../../src/model/number/money.ts'
import { both, mapRange, type Range } from '../../../src/model/number/range.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { clusterWith, scenarioWith } from '../build.ts'
import { contestWith, digits } from './contest.ts'

const span = (low: number | string, high: number | string): Range<Exact> => ({ low: exact(low), high: exact(high) })

const rangedWith = (ranged: Partial<RangedContest>): RangedContest => {
  const { fixedUsdPerDay, capacityPerDay, variableUsdPer1M, hostedUsdPer1M, sizing: _, ...rest } = contestWith()
  return {
    ...rest,
    fixedUsdPerDay: both(fixedUsdPerDay),
    capacityPerDay: both(capacityPerDay),
    variableUsdPer1M: both(variableUsdPer1M),
    hostedUsdPer1M: both(hostedUsdPer1M),
    ...ranged,
  }
}

const uses = (ranged: Partial<RangedContest>): (string | null)[] => {
  const { low, high } = breakEvenRange(rangedWith(ranged))
  return [digits(low.utilisation), digits(high.utilisation)]
}

interface Inside extends Range<Exact> {
  readonly inside: Exact
}

// $1,000 a day over 1B tokens at $2: u* = 0.5, as F·1M / (C·(p − v)).
describe('the low end is the best case for the cluster', () => {
  it.each<{ it: string; ranged: Partial<RangedContest>; u: readonly string[] }>([
    { it: 'nothing in doubt', ranged: {}, u: ['0.5', '0.5'] },
    { it: 'a cheap cluster', ranged: { fixedUsdPerDay: span(500, 1500) }, u: ['0.25', '0.75'] },
    { it: 'a fast one', ranged: { capacityPerDay: span(625_000_000, 2_000_000_000) }, u: ['0.25', '0.8'] },
    { it: 'a dear API', ranged: { hostedUsdPer1M: span('1.25', 4) }, u: ['0.25', '0.8'] },
    { it: 'little to pay for each token', ranged: { variableUsdPer1M: span(0, '0.75') }, u: ['0.5', '0.8'] },
    // 500/(2 · 4) = 0.0625; 1,500/(0.625 · 1.25) = 1.92
    {
      it: 'all of them',
      ranged: {
        fixedUsdPerDay: span(500, 1500),
        capacityPerDay: span(625_000_000, 2_000_000_000),
        hostedUsdPer1M: span('1.25', 4),
      },
      u: ['0.0625', '1.92'],
    },
  ])('$it', ({ ranged, u }) => {
    expect(uses(ranged)).toEqual(u)
  })

  it('and whatever lies between the ends breaks even between them', () => {
    const ends = fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.nat({ max: 1000 }), fc.nat({ max: 1000 }))
    fc.assert(
      fc.property(ends, ends, ends, (...all) => {
        const ranges = all.map(([low, more, most]) => ({
          low: exact(low),
          inside: exact(low + more),
          high: exact(low + more + most),
        }))
        const [fixedUsdPerDay, capacityPerDay, hostedUsdPer1M] = ranges as [Inside, Inside, Inside]
        const { low, high } = breakEvenRange(rangedWith({ fixedUsdPerDay, capacityPerDay, hostedUsdPer1M }))
        const { utilisation = null } = breakEven(
          contestWith({
            fixedUsdPerDay: fixedUsdPerDay.inside,
            capacityPerDay: capacityPerDay.inside,
            hostedUsdPer1M: hostedUsdPer1M.inside,
          }),
        )
        expect(utilisation && low.utilisation?.lte(utilisation) && high.utilisation?.gte(utilisation)).toBe(true)
      }),
    )
  })

  it('also for the nodes of a fleet that is sized to its traffic', () => {
    const sizing = { nodeUsdPerDay: span(80, 120), nodeCapacityPerDay: span(100, 200), peakToMean: exact(2) }
    const { low, high } = bestAndWorst(rangedWith({ sizing }))
    const nodes = [low.sizing, high.sizing].map(one => [
      digits(one?.nodeUsdPerDay ?? null),
      digits(one?.nodeCapacityPerDay ?? null),
    ])
    expect(nodes).toEqual([
      ['80', '200'],
      ['120', '100'],
    ])
  })
})

describe('setAgainstApi', () => {
  // Nodes of $10 to $15 an hour. 100 tokens in take 1 s, 10 out 1 s: 110 in 2 s are 4,752,000 a day, half of it to twice.
  const against = (self: Partial<SelfHost>) => {
    const cluster = clusterWith({
      usd_per_node_hour: { low: '10', high: '15' },
      rates: { kind: 'roofline', prefill: '100', decode: '10', times: '2' },
      fixed_usd_per_month: '730',
      variable_usd_per_1m: '0.05',
      ...self,
    })
    const { traffic } = scenarioWith({ traffic: { per: 'day', profile: 'office-hours' } })
    const demand = demandOf({ traffic }, { miss: exact(100), hit: ZERO, output: exact(10) })
    return setAgainstApi(hostCluster(cluster, demand), cluster, span(1, 2))
  }
  const plain = (range: Range<Exact> | undefined) => range && Object.values(mapRange(range, one => one.toFixed()))

  it('has the lower of two costs, capacities and prices first', () => {
    const { fixedUsdPerDay, capacityPerDay, variableUsdPer1M, hostedUsdPer1M, overheadUsdPerDay, sizing } = against({})
    // $730 a month are $24 a day: 240 + 24 to 360 + 24.
    expect(plain(fixedUsdPerDay)).toEqual(['264', '384'])
    expect(plain(capacityPerDay)).toEqual(['2376000', '9504000'])
    expect([plain(variableUsdPer1M), plain(hostedUsdPer1M)]).toEqual([
      ['0.05', '0.05'],
      ['1', '2'],
    ])
    expect([overheadUsdPerDay.toFixed(), sizing]).toEqual(['24', undefined])
  })

  it.each([
    // Ten hours of 24.
    { it: 'a fleet sized for its peak', self: { nodes: null }, peak: '2.4' },
    {
      it: 'one that follows its traffic, which has no peak to keep room for',
      self: { nodes: null, autoscale: true },
      peak: '1',
    },
  ])('has the nodes of $it', ({ self, peak }) => {
    const { sizing } = against(self)
    expect(sizing?.peakToMean.toFixed()).toBe(peak)
    expect([plain(sizing?.nodeUsdPerDay), plain(sizing?.nodeCapacityPerDay)]).toEqual([
      ['240', '360'],
      ['2376000', '9504000'],
    ])
  })
})
