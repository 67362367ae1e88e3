import { exceeds } from '../../model/number/fraction.ts'
import { type Exact, exact, type Money, ONE, quotient, sum, ZERO } from '../../model/number/money.ts'
import { perMillion } from './cluster-cost.ts'
import { type Build, largest, MOST_NODES, nodesFor, unitsFor } from './size-fleet.ts'

/** One hour of a day or of a week. */
export interface LoadHour {
  /** Tokens of the workload in this hour. */
  readonly tokens: Exact
  /** p: the API's price in this hour for the same mix, USD per 1M tokens. */
  readonly hostedUsdPer1M: Money
}

/** A fleet that serves the base load, with an API for the overflow. */
export interface BaseLoad extends Build {
  /** Every hour of a day or of a week, hours without traffic included. */
  readonly hours: readonly LoadHour[]
  /** c_d: USD per day of one node. */
  readonly nodeUsdPerDay: Money
  /** USD per day if there is any node: engineers, storage. */
  readonly overheadUsdPerDay: Money
  /** v: USD per 1M tokens that the nodes serve. */
  readonly variableUsdPer1M: Money
}

/** The best size of a base fleet, compared with owning no nodes and owning all. Money is USD per day. */
export interface Hybrid {
  /** Nodes owned, none of them spare, since the API is the backup. 0 where the API alone costs least. */
  readonly nodes: number
  /** Share of the tokens that the nodes serve, 50 digits. */
  readonly selfServedShare: Exact
  readonly usdPerDay: Money
  readonly allHostedUsdPerDay: Money
  /** A fleet sized for the busiest hour, with spare nodes and overhead. */
  readonly allOwnedUsdPerDay: Money
  readonly allOwnedNodes: number
}

/** Work that some units take over from the API, summed over the hours at their daily pace. */
interface Taken {
  readonly tokens: Exact
  /** Hosted bill avoided minus the variable cost of serving it. USD. */
  readonly saved: Money
}

// An hour counts at its daily pace, 24 times its tokens. The mean over the hours is then the figure per day, and
// nothing is divided before the end.
const paceOf = ({ tokens }: LoadHour): Exact => tokens.times(24)

/** Work that some units take over; an hour in which the API costs less than the variable cost stays with the API. */
const takenBy = (load: BaseLoad, units: number): Taken => {
  const capacity = load.nodeCapacityPerDay.times(load.maxUtilisation).times(load.unitNodes).times(units)
  let [tokens, saved] = [ZERO, ZERO]
  for (const hour of load.hours) {
    const margin = hour.hostedUsdPer1M.minus(load.variableUsdPer1M)
    if (margin.lte(ZERO)) continue
    const pace = paceOf(hour)
    const taken = pace.lt(capacity) ? pace : capacity
    tokens = tokens.plus(taken)
    saved = saved.plus(perMillion(taken.times(margin)))
  }
  return { tokens, saved }
}

/**
 * The number of units that saves most. Unit k takes over the tokens between (k−1)·q and k·q of each hour, q =
 * K/24·u_max·unit, and pays off if they are worth more than its cost. No unit is worth more than the one before, so a
 * binary search finds the last one that pays off.
 *
 * @param most - units needed by the busiest hour
 */
const bestUnits = (load: BaseLoad, most: number): number => {
  const unitUsd = load.nodeUsdPerDay.times(load.unitNodes).times(load.hours.length)
  const pays = (unit: number): boolean =>
    exceeds(takenBy(load, unit).saved.minus(takenBy(load, unit - 1).saved), unitUsd)
  let [paying, beyond] = [0, most + 1]
  while (beyond - paying > 1) {
    const middle = Math.floor((paying + beyond) / 2)
    if (pays(middle)) paying = middle
    else beyond = middle
  }
  return paying
}

const nodesAtPeak = (load: BaseLoad): number =>
  nodesFor({ tokensPerDay: largest(load.hours.map(paceOf)), peakToMean: ONE }, load)

/** Whether the busiest hour needs at most `MOST_NODES`: the binary search does not end above 2^53. */
export const isWithinReach = (load: BaseLoad): boolean => nodesAtPeak(load) <= MOST_NODES

/**
 * Owns nodes for the base load and lets the rest overflow to the API, at the number of nodes that costs least.
 *
 * The overhead is paid once, from the first node on; if the nodes do not save more than that, none are owned.
 *
 * @param load - one whose busiest hour `isWithinReach`
 */
export const hybrid = (load: BaseLoad): Hybrid => {
  const { hours, nodeUsdPerDay, overheadUsdPerDay, unitNodes } = load
  const daily = (total: Exact): Exact => quotient(total, exact(hours.length))
  const allOwnedNodes = nodesAtPeak(load)
  const tokens = sum(hours.map(paceOf))
  const hosted = sum(hours.map(hour => perMillion(paceOf(hour).times(hour.hostedUsdPer1M))))
  const served = perMillion(tokens.times(load.variableUsdPer1M))
  const owning = (nodes: number): Money => nodeUsdPerDay.times(nodes).plus(overheadUsdPerDay).times(hours.length)

  const units = bestUnits(load, unitsFor(allOwnedNodes - load.spareNodes, unitNodes))
  const taken = takenBy(load, units)
  const mixed = hosted.minus(taken.saved).plus(owning(units * unitNodes))
  const pays = exceeds(hosted, mixed)
  return {
    nodes: pays ? units * unitNodes : 0,
    selfServedShare: pays ? quotient(taken.tokens, tokens) : ZERO,
    usdPerDay: daily(pays ? mixed : hosted),
    allHostedUsdPerDay: daily(hosted),
    allOwnedUsdPerDay: daily(owning(allOwnedNodes).plus(served)),
    allOwnedNodes,
  }
}
