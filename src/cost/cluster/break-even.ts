import { exceeds, type Fraction, ratioOf } from '../../model/number/fraction.ts'
import { type Exact, exact, MILLION, type Money, ONE, quotient, ZERO } from '../../model/number/money.ts'
import { type Cluster, perMillion } from './cluster-cost.ts'

/** A fleet sized to its traffic, rather than a given number of nodes. */
export interface Sizing {
  /** USD per day of one node. */
  readonly nodeUsdPerDay: Money
  /** Tokens per day of one node at full utilisation. */
  readonly nodeCapacityPerDay: Exact
  /** Highest hour over mean hour; 1 for a fleet that follows its traffic. */
  readonly peakToMean: Exact
}

/** A cluster against an API, at one end of every range. */
export interface ClusterVsApi extends Cluster {
  /** Part of the fixed cost that does not pay for nodes: engineers, storage. USD per day. */
  readonly overheadUsdPerDay: Money
  /** p: the API's price for the same mix, USD per 1M tokens. */
  readonly hostedUsdPer1M: Money
  /** Highest sustainable mean utilisation, a share above 0. */
  readonly maxUtilisation: Exact
  /** Only for a fleet without given nodes; tells "never on this cluster" from "never at any scale". */
  readonly sizing?: Sizing | undefined
}

/** Values that would each alone put break-even at one utilisation; `null` where no value would. */
export interface WouldBe {
  /** Tokens per day at full utilisation. */
  readonly capacityPerDay: Exact | null
  /** USD per 1M tokens. */
  readonly hostedUsdPer1M: Money
  /** The whole cluster's price, USD per hour. */
  readonly usdPerHour: Money | null
}

export type NeverKind = 'this_cluster' | 'any_scale' | 'below_variable'

/** Where a cluster and an API cost the same. */
export interface BreakEven {
  readonly kind: 'at' | 'never' | 'always'
  readonly neverKind: NeverKind | null
  /** u*: share of the capacity, 50 digits; above 1 if out of this cluster's reach, `null` if no finite value exists. */
  readonly utilisation: Exact | null
  /** V* = u*·C, which does not depend on the capacity; 50 digits. */
  readonly tokensPerDay: Exact | null
  /** u* as an undivided fraction: F·1M over C·(p − v). */
  readonly fraction: Fraction | null
  /** Whether the cluster can run at that utilisation; `null` where break-even is never. */
  readonly attainable: boolean | null
  /** Values that would put break-even at 100%; only where break-even is never. */
  readonly wouldBe: WouldBe | null
  /** Values that would put break-even at the highest mean utilisation; only where it lies above that. */
  readonly wouldPay: WouldBe | null
}

/** The highest mean utilisation; of a fleet sized for its peak, what the peak leaves. */
const highestMean = ({ maxUtilisation, sizing }: ClusterVsApi): Exact =>
  sizing ? quotient(maxUtilisation, sizing.peakToMean) : maxUtilisation

/**
 * The capacity, the hosted price and the hourly price that would each alone put break-even at a utilisation.
 *
 * @param utilisation - share of the capacity, above 0
 */
export const wouldBreakEven = (contest: ClusterVsApi, utilisation: Exact): WouldBe => {
  const { fixedUsdPerDay, overheadUsdPerDay, capacityPerDay, hostedUsdPer1M, variableUsdPer1M } = contest
  const margin = hostedUsdPer1M.minus(variableUsdPer1M)
  const fixed = fixedUsdPerDay.times(MILLION)
  const forNodes = perMillion(utilisation.times(capacityPerDay).times(margin)).minus(overheadUsdPerDay)
  return {
    capacityPerDay: margin.gt(ZERO) ? quotient(fixed, utilisation.times(margin)) : null,
    hostedUsdPer1M: quotient(fixed, utilisation.times(capacityPerDay)).plus(variableUsdPer1M),
    usdPerHour: margin.gt(ZERO) && !forNodes.isNegative() ? quotient(forNodes, exact(24)) : null,
  }
}

/** Whether nodes alone cost at least the hosted price at their highest mean utilisation, without overhead. */
const losesAtAnyScale = ({ sizing, hostedUsdPer1M, variableUsdPer1M, maxUtilisation }: ClusterVsApi): boolean => {
  if (!sizing) return false
  const { nodeUsdPerDay, nodeCapacityPerDay, peakToMean } = sizing
  const hosted = nodeCapacityPerDay.times(maxUtilisation).times(hostedUsdPer1M.minus(variableUsdPer1M))
  return nodeUsdPerDay.times(peakToMean).times(MILLION).gte(hosted)
}

/**
 * Where a cluster and an API cost the same: u* = F·1M/(C·(p − v)). Above 100% it is never, and `neverKind` says why:
 * the hosted price is below the variable cost; a sized fleet loses at any scale; or this cluster is too small.
 *
 * @returns never ∞ or NaN: `null` where there is no finite value
 */
export const breakEven = (contest: ClusterVsApi): BreakEven => {
  const { fixedUsdPerDay, capacityPerDay, hostedUsdPer1M, variableUsdPer1M, maxUtilisation } = contest
  const margin = hostedUsdPer1M.minus(variableUsdPer1M)
  if (margin.lte(ZERO)) {
    const would = { wouldBe: wouldBreakEven(contest, ONE), wouldPay: wouldBreakEven(contest, highestMean(contest)) }
    const nowhere = { utilisation: null, tokensPerDay: null, fraction: null, attainable: null }
    return { kind: 'never', neverKind: 'below_variable', ...nowhere, ...would }
  }
  const numerator = fixedUsdPerDay.times(MILLION)
  const fraction = { numerator, denominator: capacityPerDay.times(margin) }
  const found = { utilisation: ratioOf(fraction), tokensPerDay: quotient(numerator, margin), fraction }
  const highest = highestMean(contest)
  const wouldPay = exceeds(found.utilisation, highest) ? wouldBreakEven(contest, highest) : null
  if (numerator.gt(fraction.denominator)) {
    const neverKind = losesAtAnyScale(contest) ? 'any_scale' : 'this_cluster'
    return { kind: 'never', neverKind, ...found, attainable: null, wouldBe: wouldBreakEven(contest, ONE), wouldPay }
  }
  const attainable = numerator.lte(maxUtilisation.times(fraction.denominator))
  return { kind: numerator.isZero() ? 'always' : 'at', neverKind: null, ...found, attainable, wouldBe: null, wouldPay }
}
