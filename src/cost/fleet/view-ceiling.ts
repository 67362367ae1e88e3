import { exact, sum } from '../../model/number/money.ts'
import type { CostView, View } from '../../model/views.ts'
import { type Ceiling, crossesRateBoundary, streamCeiling } from '../api/cost-ceiling.ts'
import { withoutHits } from '../cluster/capacity.ts'
import { demandOf } from '../cluster/demand.ts'
import { hostCluster } from '../cluster/host-cluster.ts'
import { mixAt } from './price-cluster.ts'
import type { PricedScenario } from './price-scenario.ts'

/** Upper limit of a view's cost, USD per period; `null`: its high end is the limit. */
export const viewCeiling = (priced: PricedScenario, view: CostView): Ceiling | null =>
  view === 'self_hosted' ? clusterCeiling(priced) : apiCeiling(priced, view)

/** The most that the API, the router and a leg's cluster can cost, for any counts within their bands. */
const apiCeiling = ({ apiStreams, nonApiCost }: PricedScenario, view: View): Ceiling | null => {
  const parts = apiStreams.map(stream => ({ most: streamCeiling(stream, view), cost: stream.costs[view] }))
  const why = worstReason(parts.map(({ most }) => most))
  if (!nonApiCost || why === null) return null
  return { usd: sum([nonApiCost.high, ...parts.flatMap(({ most, cost }) => most?.usd ?? cost?.high ?? [])]), why }
}

/** Why any of several figures may exceed its high end; `null`: none can. */
export const worstReason = (ceilings: readonly (Ceiling | null)[]): Ceiling['why'] | null => {
  const whys = ceilings.flatMap(ceiling => ceiling?.why ?? [])
  return whys.includes('band') ? 'band' : (whys[0] ?? null)
}

/** The most that any counts within the bands can cost on a cluster. */
const clusterCeiling = ({ scenario, streams }: PricedScenario): Ceiling | null => {
  const { self_host: self } = scenario
  if (!self || !streams.some(stream => crossesRateBoundary(stream, 'cached'))) return null
  // A hit is never more work than a miss. If the cluster may be unable to serve the work, there is no upper limit.
  const { high } = hostCluster(self, demandOf(scenario, withoutHits(mixAt(streams, 'high').mix)))
  return { usd: high.usdPerPeriod ?? exact(Number.POSITIVE_INFINITY), why: 'band' }
}
