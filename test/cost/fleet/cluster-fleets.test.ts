import { describe, expect, it } from 'vitest'
import { type Fleets, sizeFleets } from '../../../src/cost/fleet/cluster-fleets.ts'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import { WEEKDAYS } from '../../../src/model/book/choices.ts'
import { exact } from '../../../src/model/number/money.ts'
import type { Scenario } from '../../../src/model/scenario/scenario.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { bookWith, clusterWith, fleetWith, MILLION, scenarioWith, type Wish } from '../build.ts'

/** 1M in and 1M out an hour: 48M tokens a day. */
const daily: Wish = {
  traffic: { requests: 24, per: 'day' },
  request: { turn: MILLION, output: MILLION },
  cache: { policy: 'none' },
}

/** Half of the hours at $2 in and $4 out, the others at $1 and $2: $3 and $1.50 for 1M of the mix, $2.25 on average. */
const hours = {
  name: 'peak',
  timezone: 'UTC',
  weekdays: [...WEEKDAYS],
  hours: ['00:00-12:00'],
  holidays: 'apply',
} as const
const book = bookWith({ row: { windows: [{ ...hours, input: '2', cache_read: '0.2', output: '4' }] } })

const sized = (
  scenario: Scenario,
  own: Partial<SelfHost>,
  price: { readonly low: string; readonly high: string } | null,
): Fleets => {
  const self = clusterWith(own)
  const priced = priceScenario({ ...scenario, self_host: self }, book, '2026-01-01')
  if (!priced.cluster) throw new Error('no cluster')
  return sizeFleets(priced, self, {
    hosting: priced.cluster.hosting,
    price: price && { low: exact(price.low), high: exact(price.high) },
    view: 'headline',
  })
}

const mean = { low: '2.25', high: '2.25' }

describe('a cluster scaled to any size', () => {
  it('is not known without a price, nor where nodes follow the traffic', () => {
    expect(sized(scenarioWith(daily), {}, null)).toEqual({ staircase: null, hybrid: null })
    expect(sized(scenarioWith(daily), { autoscale: true }, mean)).toEqual({ staircase: null, hybrid: null })
  })

  it('has its best end where the API is dearest: $240 are 160M at $1.50, and no 192M of a node at $1', () => {
    const { staircase } = sized(scenarioWith(daily), {}, { low: '1', high: '1.5' })
    expect(staircase?.low.first?.tokensPerDay.toFixed()).toBe('160000000')
    expect(staircase?.high).toMatchObject({ neverKind: 'any_scale', first: null })
  })

  it('grows by whole units that hold the weights: 3 nodes of pairs are 4, whose $960 are 640M at $1.50', () => {
    const own = {
      nodes: 4,
      unit_nodes: 2,
      min_nodes: 3,
      rates: { kind: 'stated', tokens_per_day: '960000000' },
    } as const
    const { staircase } = sized(scenarioWith(daily), own, { low: '1.5', high: '1.5' })
    expect(staircase?.low.first?.nodes).toBe(4)
    expect(staircase?.low.first?.tokensPerDay.toFixed()).toBe('640000000')
  })

  it('has no hours to fill in a run', () => {
    const run = scenarioWith({ ...daily, traffic: { requests: 24, per: 'run' } })
    const { staircase, hybrid } = sized(run, { utilisation: 0.5 }, { low: '1.5', high: '1.5' })
    expect([staircase?.low.kind, hybrid]).toEqual(['at', null])
  })
})

describe('the API’s price of an hour', () => {
  // A node for $12 a day that costs $2 per 1M more: it takes 24M at $3, and leaves 24M at $1.50.
  const own = { usd_per_node_hour: { low: '0.5', high: '0.5' }, variable_usd_per_1m: '2' }

  it('is that of its own rates: 24 × (3 − 2) pay for $12; 108 − 24 + 12', () => {
    const { low } = sized(scenarioWith(daily), own, mean).hybrid ?? {}
    expect(low).toMatchObject({ nodes: 1, allOwnedNodes: 1 })
    expect([low?.selfServedShare, low?.usdPerDay, low?.allHostedUsdPerDay].map(String)).toEqual(['0.5', '96', '108'])
  })

  it('is the mean where legs have hours of their own: 48 × (2.25 − 2) are $12, which gains nothing', () => {
    const fleet = fleetWith({ legs: [{ model: 'demo', share: 1 }], baselines: [] }, daily)
    expect(sized(fleet, own, mean).hybrid?.low.nodes).toBe(0)
  })
})
