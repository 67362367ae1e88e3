import { at, InputError, problems } from '../../errors/index.ts'
import { exceeds } from '../../model/number/fraction.ts'
import { type Exact, exact, MILLION, type Money, ONE, quotient, ZERO } from '../../model/number/money.ts'
import { percent } from '../../model/number/percent.ts'
import { both, mapRange, type Range } from '../../model/number/range.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { type Spread, spreadTraffic } from '../time/spread-traffic.ts'
import type { RangedContest } from './break-even-span.ts'
import { type Mix, nodeCapacity, totalOf } from './capacity.ts'
import { type Cluster, clusterUsdPerDay, overheadPerDay, unitCost } from './cluster-cost.ts'
import { reserve } from './reserve.ts'
import {
  type Build,
  hoursOfWeek,
  MOST_NODES,
  nodeHoursPerDay,
  nodesByHour,
  nodesFor,
  peakToMean,
  servingOf,
  tokensByHour,
} from './size-fleet.ts'

/** What a cluster is asked to do. */
export interface Demand {
  /** Tokens per period, of which only the proportions matter to a run. */
  readonly mix: Mix
  /** Days of one period, as the mean over the week has it; `null`: a run. */
  readonly days: Exact | null
  readonly spread: Spread
}

/** A cluster at one end of its ranges, doing its work. Money in USD. */
export interface Hosting {
  readonly cluster: Cluster
  readonly build: Build
  readonly nodes: Exact
  /** Those of them that serve: without the spare ones, in whole units. */
  readonly serving: Exact
  readonly nodeUsdPerDay: Money
  readonly overheadUsdPerDay: Money
  readonly peakToMean: Exact
  /** Mean tokens per day; `null`: a run. */
  readonly demandPerDay: Exact | null
  /** Share of the capacity that is used; `null` where it cannot serve the traffic. */
  readonly utilisation: Exact | null
  /** USD per period; `null` where it cannot serve the traffic. */
  readonly usdPerPeriod: Money | null
  /** Why it cannot. */
  readonly why: string | null
}

/**
 * How many days one period of a scenario is; `null` for a run. A working day comes five times in seven days.
 *
 * @returns 50 digits
 */
export const daysOf = ({ per, weekdays_only }: Scenario['traffic']): Exact | null => {
  switch (per) {
    case 'run':
      return null
    case 'hour':
      return quotient(ONE, exact(24))
    case 'day':
      return weekdays_only ? quotient(exact(7), exact(5)) : ONE
    case 'week':
      return exact(7)
    case 'month':
      return quotient(exact(730), exact(24))
    default:
      return per satisfies never
  }
}

/** The demand of a scenario of these tokens per period. */
export const demandOf = ({ traffic }: Pick<Scenario, 'traffic'>, mix: Mix): Demand => ({
  mix,
  days: daysOf(traffic),
  spread: spreadTraffic(traffic),
})

/**
 * The cluster at both ends of its ranges: `low` is the cheapest price with the most capacity, `high` the dearest with
 * the least. Paced traffic pays for all of it, idle hours included, unless a utilisation is stated, which others make
 * up; a run pays for its tokens at that utilisation.
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

/** Tokens per day of one node, at the least and at the most. What is stated is shared by the nodes that serve. */
const capacities = (self: SelfHost, mix: Mix): Range<Exact> => {
  const { rates, nodes, unit_nodes, spare_nodes } = self
  if (rates.kind !== 'stated') return nodeCapacity(rates, mix)
  const serving = Math.max(1, servingOf(nodes ?? 1, { unitNodes: unit_nodes, spareNodes: spare_nodes }))
  return both(quotient(exact(rates.tokens_per_day), exact(serving)))
}

interface ClusterPriceEnd {
  /** Of the whole cluster, where that was stated; then nodes are given. */
  readonly wholeHour: Money | null
  readonly perNodeHour: Money
  /** Of a node that is reserved for all hours, where nodes follow the traffic. */
  readonly reservedNodeHour: Money | null
  readonly nodeCapacity: Exact
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
  const pmr = demand.days === null ? ONE : peakToMean(hoursOfWeek(demand.spread))
  const { nodes, serving, nodeUsdPerDay } = sizeOf(self, { build, demandPerDay, pmr, spread: demand.spread, corner })
  const overheadUsdPerDay = overheadPerDay(exact(self.fixed_usd_per_month))
  const cluster: Cluster = {
    // What is stated is not divided and multiplied again.
    fixedUsdPerDay: (corner.wholeHour?.times(24) ?? nodeUsdPerDay.times(nodes)).plus(overheadUsdPerDay),
    capacityPerDay: (self.autoscale ? null : statedCapacity(self)) ?? perNode.times(serving),
    variableUsdPer1M: exact(self.variable_usd_per_1m),
  }
  const common = { cluster, build, nodes, serving, nodeUsdPerDay, overheadUsdPerDay, peakToMean: pmr, demandPerDay }
  return { ...common, ...useOf(self, { cluster, demand, demandPerDay, pmr }) }
}

const statedCapacity = ({ rates }: SelfHost): Exact | null =>
  rates.kind === 'stated' ? exact(rates.tokens_per_day) : null

interface Sized {
  /** Nodes that are paid, and those of them that serve: means over the hours where they follow the traffic. */
  readonly nodes: Exact
  readonly serving: Exact
  /** USD per day of one. */
  readonly nodeUsdPerDay: Money
}

interface SizeOptions {
  readonly build: Build
  readonly demandPerDay: Exact | null
  readonly pmr: Exact
  readonly spread: Spread
  readonly corner: ClusterPriceEnd
}

const sizeOf = (self: SelfHost, { build, demandPerDay, pmr, spread, corner }: SizeOptions): Sized => {
  const { nodes, spare_nodes } = self
  const nodeUsdPerDay = corner.perNodeHour.times(24)
  if (self.autoscale && demandPerDay && !demandPerDay.isZero()) {
    const byHour = nodesByHour(tokensByHour(spread, demandPerDay), build).map(possible)
    const mean = quotient(nodeHoursPerDay(byHour), exact(24))
    const { reservedNodeHour, perNodeHour } = corner
    const terms = reservedNodeHour && { reservedUsdPerHour: reservedNodeHour, onDemandUsdPerHour: perNodeHour }
    return {
      nodes: mean,
      serving: mean.minus(spare_nodes),
      nodeUsdPerDay: terms && !mean.isZero() ? quotient(reserve(byHour, terms).usdPerDay, mean) : nodeUsdPerDay,
    }
  }
  const sized = (): number => {
    if (demandPerDay && !demandPerDay.isZero())
      return possible(nodesFor({ tokensPerDay: demandPerDay, peakToMean: pmr }, build))
    // A run has no peak to be ready for, nor has no work at all: one unit, beside what stands by.
    return build.unitNodes + spare_nodes
  }
  const paid = nodes ?? sized()
  return { nodes: exact(paid), serving: exact(servingOf(paid, build)), nodeUsdPerDay }
}

/** @throws {InputError} TOO_MUCH, at the cluster */
const possible = (nodes: number): number => {
  if (nodes <= MOST_NODES) return nodes
  throw new InputError([at(['self_host'], problems.tooManyNodes(MOST_NODES))])
}

/** What it is used to, and what that costs a period. */
const useOf = (
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
  // Without work a cluster is paid all the same.
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

/** Whether the traffic decides how many nodes there are. */
export const isSized = ({ nodes, autoscale }: SelfHost): boolean => nodes === null || autoscale

/**
 * The cluster against an API that asks this much for the same mix, USD per 1M tokens: its best case first, which is the
 * cheapest cluster against the dearest end of the API.
 */
export const contestsOf = (ends: Range<Hosting>, self: SelfHost, hosted: Range<Money>): RangedContest => {
  const { low, high } = ends
  return {
    fixedUsdPerDay: mapRange(ends, ({ cluster }) => cluster.fixedUsdPerDay),
    capacityPerDay: { low: high.cluster.capacityPerDay, high: low.cluster.capacityPerDay },
    variableUsdPer1M: both(low.cluster.variableUsdPer1M),
    hostedUsdPer1M: hosted,
    overheadUsdPerDay: low.overheadUsdPerDay,
    maxUtilisation: low.build.maxUtilisation,
    sizing: isSized(self)
      ? {
          nodeUsdPerDay: mapRange(ends, ({ nodeUsdPerDay }) => nodeUsdPerDay),
          nodeCapacityPerDay: { low: high.build.nodeCapacityPerDay, high: low.build.nodeCapacityPerDay },
          peakToMean: self.autoscale ? ONE : low.peakToMean,
        }
      : undefined,
  }
}
