import { at, InputError, problems } from '../../errors/index.ts'
import { type Exact, exact, type Money, quotient } from '../../model/number/money.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { reserve } from './reserve.ts'
import {
  type Build,
  MOST_NODES,
  nodeHoursPerDay,
  nodesByHour,
  nodesFor,
  servingOf,
  tokensInHours,
} from './size-fleet.ts'

/** Cost of a cluster and capacity of a node, at one end of their ranges. */
export interface ClusterPriceEnd {
  /** Price of the whole cluster, if stated; then nodes are given too. */
  readonly wholeHour: Money | null
  readonly perNodeHour: Money
  /** Price of a node reserved around the clock, where nodes follow the traffic. */
  readonly reservedNodeHour: Money | null
  readonly nodeCapacity: Exact
}

export interface Sized {
  /** Nodes paid for, and those that serve: means over the hours where they follow the traffic. */
  readonly nodes: Exact
  readonly serving: Exact
  /** USD per day of one node. */
  readonly nodeUsdPerDay: Money
}

/** Inputs that decide the number of nodes. */
interface SizeOptions {
  readonly build: Build
  readonly demandPerDay: Exact | null
  readonly pmr: Exact
  /** Weights of every hour. */
  readonly hours: readonly Exact[]
  readonly corner: ClusterPriceEnd
}

/** Number of nodes: as stated, as the busiest hour needs, or as each hour needs. */
export const sizeCluster = (self: SelfHost, { build, demandPerDay, pmr, hours, corner }: SizeOptions): Sized => {
  const { nodes, spare_nodes } = self
  const nodeUsdPerDay = corner.perNodeHour.times(24)
  if (self.autoscale && demandPerDay && !demandPerDay.isZero()) {
    const byHour = nodesByHour(tokensInHours(hours, demandPerDay), build).map(possible)
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
    // A run or an idle cluster has no peak: one unit plus the spare nodes.
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

/** Whether the traffic decides the number of nodes. */
export const isSized = ({ nodes, autoscale }: SelfHost): boolean => nodes === null || autoscale
