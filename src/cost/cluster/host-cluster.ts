import { exceeds } from '../../model/number/fraction.ts'
import { type Exact, exact, MILLION, type Money, ONE, quotient, ZERO } from '../../model/number/money.ts'
import { percent } from '../../model/number/percent.ts'
import { both, type Range } from '../../model/number/range.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { type Mix, nodeCapacity, totalOf } from './capacity.ts'
import { type Cluster, clusterUsdPerDay, overheadPerDay, unitCost } from './cluster-cost.ts'
import type { Demand } from './demand.ts'
import { type ClusterPriceEnd, sizeCluster } from './size-cluster.ts'
import { type Build, peakToMean, servingOf } from './size-fleet.ts'

/** A cluster at one end of its ranges, serving its workload. Money in USD. */
export interface Hosting {
  readonly cluster: Cluster
  readonly build: Build
  readonly nodes: Exact
  /** The nodes that serve: without spare nodes, in whole units. */
  readonly serving: Exact
  readonly nodeUsdPerDay: Money
  readonly overheadUsdPerDay: Money
  readonly peakToMean: Exact
  /** Mean tokens per day; `null`: a run. */
  readonly demandPerDay: Exact | null
  /** Share of the capacity used; `null` if the cluster cannot serve the traffic. */
  readonly utilisation: Exact | null
  /** USD per period; `null` if the cluster cannot serve the traffic. */
  readonly usdPerPeriod: Money | null
  /** Why it cannot serve the traffic. */
  readonly why: string | null
}

/**
 * The cluster at both ends of its ranges: `low` is the lowest price with the highest capacity, `high` the highest price
 * with the lowest capacity. Paced traffic pays for the whole cluster, idle hours included; with a stated utilisation,
 * other users pay for the rest. A run pays for its tokens at the stated utilisation.
 */
export const hostCluster = (self: SelfHost, demand: Demand): Range<Hosting> => {
  const capacity = capacities(self, demand.mix)
  const { usd_per_hour, usd_per_node_hour, reserved_usd_per_node_hour } = self
  const corner = (end: 'low' | 'high', nodeCapacity: Exact): ClusterPriceEnd => ({
    wholeHour: usd_per_hour && !self.autoscale ? exact(usd_per_hour[end]) : null,
    perNodeHour: exact(usd_per_node_hour[end]),
    reservedNodeHour: reserved_usd_per_node_hour && exact(reserved_usd_per_node_hour[end]),
    nodeCapacity,
  })
  return {
    low: hostAt(self, demand, corner('low', capacity.high)),
    high: hostAt(self, demand, corner('high', capacity.low)),
  }
}

/** Tokens per day of one node, low and high. A stated capacity is divided among the serving nodes. */
const capacities = (self: SelfHost, mix: Mix): Range<Exact> => {
  const { rates, nodes, unit_nodes, spare_nodes } = self
  if (rates.kind !== 'stated') return nodeCapacity(rates, mix)
  const serving = Math.max(1, servingOf(nodes ?? 1, { unitNodes: unit_nodes, spareNodes: spare_nodes }))
  return both(quotient(exact(rates.tokens_per_day), exact(serving)))
}

const hostAt = (self: SelfHost, demand: Demand, corner: ClusterPriceEnd): Hosting => {
  const { nodeCapacity: perNode } = corner
  const build: Build = {
    nodeCapacityPerDay: perNode,
    maxUtilisation: exact(String(self.max_utilisation)),
    unitNodes: self.unit_nodes,
    spareNodes: self.spare_nodes,
    minNodes: self.unit_nodes,
  }
  const tokens = totalOf(demand.mix)
  const demandPerDay = demand.days && quotient(tokens, demand.days)
  const pmr = demand.days === null ? ONE : peakToMean(demand.hours)
  const { nodes, serving, nodeUsdPerDay } = sizeCluster(self, {
    build,
    demandPerDay,
    pmr,
    hours: demand.hours,
    corner,
  })
  const fixed = exact(self.fixed_usd_per_month)
  const overheadUsdPerDay = demand.monthDays ? quotient(fixed, demand.monthDays) : overheadPerDay(fixed)
  const cluster: Cluster = {
    // A stated price is not divided and multiplied again.
    fixedUsdPerDay: (corner.wholeHour?.times(24) ?? nodeUsdPerDay.times(nodes)).plus(overheadUsdPerDay),
    capacityPerDay: (self.autoscale ? null : statedCapacity(self)) ?? perNode.times(serving),
    variableUsdPer1M: exact(self.variable_usd_per_1m),
  }
  const common = { cluster, build, nodes, serving, nodeUsdPerDay, overheadUsdPerDay, peakToMean: pmr, demandPerDay }
  return { ...common, ...reckonUse(self, { cluster, demand, demandPerDay, pmr }) }
}

const statedCapacity = ({ rates }: SelfHost): Exact | null =>
  rates.kind === 'stated' ? exact(rates.tokens_per_day) : null

/** Utilisation of the cluster, and its cost per period. */
const reckonUse = (
  self: SelfHost,
  {
    cluster,
    demand: { mix, days },
    demandPerDay,
    pmr,
  }: { readonly cluster: Cluster; readonly demand: Demand; readonly demandPerDay: Exact | null; readonly pmr: Exact },
): Pick<Hosting, 'utilisation' | 'usdPerPeriod' | 'why'> => {
  const tokens = totalOf(mix)
  const stated = self.utilisation === null ? null : exact(String(self.utilisation))
  const none = (why: string): Pick<Hosting, 'utilisation' | 'usdPerPeriod' | 'why'> => ({
    utilisation: null,
    usdPerPeriod: null,
    why,
  })
  // An idle cluster is paid too.
  if (tokens.isZero()) {
    return { utilisation: ZERO, usdPerPeriod: days && !stated ? days.times(cluster.fixedUsdPerDay) : ZERO, why: null }
  }
  const own = demandPerDay && quotient(demandPerDay, cluster.capacityPerDay)
  if (own && demandPerDay && !self.autoscale && self.nodes !== null) {
    const peak = demandPerDay.times(pmr)
    const most = exact(String(self.max_utilisation))
    if (exceeds(peak, cluster.capacityPerDay.times(most))) {
      const share = percent(quotient(peak, cluster.capacityPerDay), most)
      return none(`the busiest hour would take ${share} of the cluster's capacity, more than max_utilisation allows`)
    }
  }
  if (stated) {
    if (own && exceeds(own, stated)) {
      return none(
        `this work alone uses ${percent(own, stated)} of the cluster, more than the ${percent(stated)} that is stated`,
      )
    }
    return { utilisation: stated, usdPerPeriod: quotient(tokens.times(unitCost(cluster, stated)), MILLION), why: null }
  }
  if (!days || !own) return none('a run needs a utilisation')
  return { utilisation: own, usdPerPeriod: days.times(clusterUsdPerDay(cluster, own)), why: null }
}
