import { describe, expect, it } from 'vitest'
import type { Mix } from '../../../src/cost/cluster/capacity.ts'
import { demandOf } from '../../../src/cost/cluster/demand.ts'
import { printCost } from '../../../src/cost/fleet/costs.ts'
import { hasWork, mixAt, priceCluster } from '../../../src/cost/fleet/price-cluster.ts'
import { priceScenario } from '../../../src/cost/fleet/price-scenario.ts'
import type { SelfHost } from '../../../src/model/scenario/self-host.ts'
import { about, bookWith, clusterWith, MILLION, scenarioWith, type Wish } from '../build.ts'

const streamsOf = (wish: Wish) => priceScenario(scenarioWith(wish), bookWith(), '2026-01-01').streams
const clusterFor = (wish: Wish, self: Partial<SelfHost> = {}) =>
  priceCluster(clusterWith(self), mix => demandOf(scenarioWith(wish), mix), streamsOf(wish))
const digits = ({ miss, hit, output }: Mix): string[] => [miss, hit, output].map(tokens => tokens.toFixed())

/** 1M to 4M of text, 2M at the stated factor, and 1M out. */
const estimated: Wish = { request: { turn: about(2 * MILLION, MILLION, 4 * MILLION), output: MILLION } }

describe('the work of a cluster', () => {
  it.each<{ it: string; wish: Wish; mix: string[]; view: string }>([
    {
      it: 'spares it the hits that the API is expected to have',
      wish: { request: { turns: 3, session: 1000, output: 10 } },
      mix: ['1000', '2000', '30'],
      view: 'cached',
    },
    {
      it: 'spares it nothing where hits are unknown: totals show no prefixes',
      wish: { totals: { input: 3000, output: 30 } },
      mix: ['3000', '0', '30'],
      view: 'headline',
    },
  ])('$it', ({ wish, mix, view }) => {
    const found = mixAt(streamsOf(wish), 'stated')
    expect([digits(found.mix), found.view]).toEqual([mix, view])
  })

  it('is taken at each end of an estimate', () => {
    const { ends } = clusterFor(estimated, { utilisation: 0.5 })
    expect([...ends].map(([end, { mix }]) => [end, ...digits(mix)])).toEqual([
      ['low', '1000000', '0', '1000000'],
      ['stated', '2000000', '0', '1000000'],
      ['high', '4000000', '0', '1000000'],
    ])
  })

  it('is there where any end has some', () => {
    expect(hasWork(streamsOf({}))).toBe(false)
    expect(hasWork(streamsOf({ request: { output: 1 } }))).toBe(true)
    expect(hasWork(streamsOf({ request: { turn: about(0, 0, 1) } }))).toBe(true)
  })
})

describe('the bill of a cluster', () => {
  // $240 a day for half of 240M tokens: $2 per 1M.
  it('runs from the least work to the most: 2M to 5M tokens at $2 per 1M', () => {
    expect(printCost(clusterFor(estimated, { utilisation: 0.5 }).cost)).toEqual({ low: '4', high: '10' })
  })

  it('takes the cheap price with the least work, and the dear price with the most: $4, and 5M at $4', () => {
    const self = { utilisation: 0.5, usd_per_node_hour: { low: '10', high: '20' } }
    expect(printCost(clusterFor(estimated, self).cost)).toEqual({ low: '4', high: '20' })
  })

  // 80% of 240M are 192M: 200 requests a day of 1M are too many at the high end of 1M, though not at the low end.
  it('is unknown where the most work is too much', () => {
    const wish: Wish = { traffic: { requests: 200, per: 'day' }, request: { turn: about(500_000, 400_000, MILLION) } }
    const { bill, cost, hosting } = clusterFor(wish)
    expect([bill, cost]).toEqual([null, null])
    expect(hosting.low.why).toBeNull()
  })
})
