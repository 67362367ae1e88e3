import { type Fraction, ratioOf } from '../../model/number/fraction.ts'
import { type Exact, exact, MILLION, type Money, ONE, quotient, ZERO } from '../../model/number/money.ts'
import { type Cluster, perMillion } from './cluster-cost.ts'

/** A fleet that is as large as its traffic wants, rather than a number of nodes. */
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
  /** Part of the fixed cost that is not paid for nodes: engineers, storage. USD per day. */
  readonly overheadUsdPerDay: Money
  /** p: what the API asks for the same mix, USD per 1M tokens. */
  readonly hostedUsdPer1M: Money
  /** Highest mean utilisation that can be kept up, a share above 0. */
  readonly maxUtilisation: Exact
  /** Only where nodes are not given; decides between this cluster and any scale. */
  readonly sizing?: Sizing | undefined
}

/** What alone would move break-even to one utilisation, everything else as it is; `null` where nothing would. */
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
  /** u*: share of the capacity, 50 digits; above 1 where this cluster never gets there, `null` where none is finite. */
  readonly utilisation: Exact | null
  /** V* = u*·C, which does not depend on the capacity; 50 digits. */
  readonly tokensPerDay: Exact | null
  /** u* before it was divided: F·1M over C·(p − v). */
  readonly fraction: Fraction | null
  /** Whether the cluster may be used to that extent; `null` where break-even is never. */
  readonly attainable: boolean | null
  /** What would make it 100%; only where break-even is never. */
  readonly wouldBe: WouldBe | null
}

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

/** Whether nodes alone cost at least the hosted price when used as far as their traffic lets them, without overhead. */
const losesAtAnyScale = ({ sizing, hostedUsdPer1M, variableUsdPer1M, maxUtilisation }: ClusterVsApi): boolean => {
  if (!sizing) return false
  const { nodeUsdPerDay, nodeCapacityPerDay, peakToMean } = sizing
  const hosted = nodeCapacityPerDay.times(maxUtilisation).times(hostedUsdPer1M.minus(variableUsdPer1M))
  return nodeUsdPerDay.times(peakToMean).times(MILLION).gte(hosted)
}

/**
 * Where a cluster and an API cost the same: u* = F·1M/(C·(p − v)). Above 100% is never, and which never: hosted
 * costs less than the variable part alone; so does a sized fleet of any scale; this cluster does not get there.
 *
 * @returns never ∞ or NaN: `null` where there is no finite figure
 */
export const breakEven = (contest: ClusterVsApi): BreakEven => {
  const { fixedUsdPerDay, capacityPerDay, hostedUsdPer1M, variableUsdPer1M, maxUtilisation } = contest
  const margin = hostedUsdPer1M.minus(variableUsdPer1M)
  if (margin.lte(ZERO)) {
    const wouldBe = wouldBreakEven(contest, ONE)
    const nowhere = { utilisation: null, tokensPerDay: null, fraction: null, attainable: null }
    return { kind: 'never', neverKind: 'below_variable', ...nowhere, wouldBe }
  }
  const numerator = fixedUsdPerDay.times(MILLION)
  const fraction = { numerator, denominator: capacityPerDay.times(margin) }
  const found = { utilisation: ratioOf(fraction), tokensPerDay: quotient(numerator, margin), fraction }
  if (numerator.gt(fraction.denominator)) {
    const neverKind = losesAtAnyScale(contest) ? 'any_scale' : 'this_cluster'
    return { kind: 'never', neverKind, ...found, attainable: null, wouldBe: wouldBreakEven(contest, ONE) }
  }
  const attainable = numerator.lte(maxUtilisation.times(fraction.denominator))
  return { kind: numerator.isZero() ? 'always' : 'at', neverKind: null, ...found, attainable, wouldBe: null }
}
