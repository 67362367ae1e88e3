import { describe, expect, it } from 'vitest'
import { unitCost } from '../../../../src/cost/cluster/cluster-cost.ts'
import { selfHosting } from '../../../../src/cost/fleet/self-host.ts'
import { estimate, priceOne } from '../../../../src/cost/result/estimate.ts'
import { type Exact, exact, quotient, toDecimals } from '../../../../src/model/number/money.ts'
import { volumeCurve } from '../../../../src/plan/page/curves/volume-curve.ts'
import { opened } from './opened.ts'

const clusters = ['self-host-v4.yaml', 'self-host-measured.yaml', 'support-desk.yaml']

describe('volumeCurve', () => {
  it.each(clusters)('of %s costs at every volume what a cluster of that many nodes does', async file => {
    const { scenario, priced, at } = await opened(file)
    const found = selfHosting(priceOne(scenario, priced, at))
    const curve = volumeCurve(scenario, priced, at)
    if (!found || !curve) throw new Error('it has a cluster')
    for (const { tokensPerDay, owned } of curve.points) {
      if (tokensPerDay.isZero()) continue
      for (const end of ['low', 'high'] as const) {
        const { nodeUsdPerDay, overheadUsdPerDay, cluster, build } = found.hosting[end]
        const { nodes, usd } = owned[end]
        const capacityPerDay = build.nodeCapacityPerDay.times(nodes)
        const own = {
          fixedUsdPerDay: nodeUsdPerDay.times(nodes).plus(overheadUsdPerDay),
          capacityPerDay,
          variableUsdPer1M: cluster.variableUsdPer1M,
        }
        const perMillion = unitCost(own, quotient(tokensPerDay, capacityPerDay))
        const monthly = quotient(perMillion.times(tokensPerDay).times('0.000001').times(365), exact(12))
        expect(toDecimals(usd, 6)).toBe(toDecimals(monthly, 6))
      }
    }
  })

  it.each(clusters)('of %s wins from the first volume of the staircase on, and always from the other', async file => {
    const { scenario, priced, at } = await opened(file)
    const curve = volumeCurve(scenario, priced, at)
    if (!curve) throw new Error('it has a cluster')
    const { points, staircase } = curve
    for (const [end, price] of [
      ['low', 'high'],
      ['high', 'low'],
    ] as const) {
      const { first, always } = staircase[end]
      const wins = (tokens: Exact): boolean | undefined => {
        const point = points.find(({ tokensPerDay }) => tokensPerDay.eq(tokens))
        return point?.owned[end].usd.lte(point.hosted[price])
      }
      for (const { tokensPerDay } of points) {
        if (!first || tokensPerDay.lt(first.tokensPerDay)) expect(wins(tokensPerDay)).toBe(false)
        else if (always?.tokensPerDay.lte(tokensPerDay)) expect(wins(tokensPerDay)).toBe(true)
      }
    }
  })

  it('meets the bill of a fleet that is sized for the traffic', async () => {
    const { scenario, priced, at } = await opened('self-host-measured.yaml')
    const [result] = estimate([scenario], priced, at).scenarios
    const demand = result?.self_host?.demand_tokens_per_day
    const points = volumeCurve(scenario, priced, at)?.points ?? []
    // The last volume of its step and the first before it have the same nodes, so that only v·V differs, which is 0.
    const step = points.find(({ tokensPerDay }) => tokensPerDay.gte(exact(String(demand))))
    expect(result?.self_host?.sized).toBe(true)
    expect(step?.owned.low.nodes).toBe(result?.self_host?.nodes)
    expect(toDecimals(step?.owned.low.usd ?? exact(0), 6)).toBe(
      toDecimals(exact(String(result?.per_month?.self_hosted)), 6),
    )
  })

  it('has none without a cluster', async () => {
    const { scenario, priced, at } = await opened('damage-claims.yaml')
    expect(volumeCurve(scenario, priced, at)).toBe(null)
  })
})
