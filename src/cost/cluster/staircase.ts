import { exceeds, wholeFrom } from '../../model/number/fraction.ts'
import { type Exact, MILLION, type Money, quotient, ZERO } from '../../model/number/money.ts'
import type { NeverKind } from './break-even.ts'
import { type Build, MOST_NODES, unitsFor } from './size-fleet.ts'

/** A fleet in whole units, sized for its busiest hour, against an API. */
export interface WholeNodes extends Build {
  /** c_d: USD per day of one node. */
  readonly nodeUsdPerDay: Money
  /** f0: USD per day, independent of the number of nodes. */
  readonly overheadUsdPerDay: Money
  /** v: USD per 1M tokens that the fleet serves. */
  readonly variableUsdPer1M: Money
  /** p: USD per 1M tokens of the same mix, hosted. */
  readonly hostedUsdPer1M: Money
  /** Busiest hour over mean hour. */
  readonly peakToMean: Exact
}

/** A volume in tokens per day, 50 digits, and the nodes that serve it, including spare ones. */
export interface Landing {
  readonly tokensPerDay: Exact
  readonly nodes: number
}

/** Volumes from which the fleet costs no more than the API: the first one, and the one after which it always holds. */
export interface Staircase {
  readonly kind: 'at' | 'never'
  readonly neverKind: NeverKind | null
  /** The smallest volume at which the fleet wins. Beyond it each new unit may lose again until it is filled. */
  readonly first: Landing | null
  /** The volume from which the fleet always wins; also `null` if that is beyond `MOST_NODES`. */
  readonly always: Landing | null
  /** Cost of 1M tokens as the fleet grows, USD, 50 digits: nodes at their highest mean utilisation, plus v. */
  readonly asymptoteUsdPer1M: Money
}

/**
 * Break-even in whole units. Step k, of k units, serves volumes in ((k−1)·Ku, k·Ku], where Ku = K·u_max/pmr tokens per
 * day of one unit. It costs the same as the API at be(k) = (f0 + c_d·spare + c·k)·1M/(p − v), c the cost of a unit, and
 * wins if its volume is at least be(k). If a full unit costs at least the API's price for its tokens, no step ever
 * wins.
 */
export const staircase = (stairs: WholeNodes): Staircase => {
  const { hostedUsdPer1M, variableUsdPer1M, overheadUsdPerDay, nodeUsdPerDay, spareNodes, unitNodes } = stairs
  const margin = hostedUsdPer1M.minus(variableUsdPer1M)
  const standing = overheadUsdPerDay.plus(nodeUsdPerDay.times(spareNodes))
  const unitUsd = nodeUsdPerDay.times(unitNodes)
  // All dollars of a step times 1M·pmr: the steps are counted without a division.
  const scale = MILLION.times(stairs.peakToMean)
  const peakTokens = stairs.nodeCapacityPerDay.times(stairs.maxUtilisation).times(unitNodes)
  const hosted = peakTokens.times(margin)
  const owned = unitUsd.times(scale)
  const gain = hosted.minus(owned)
  const asymptoteUsdPer1M = quotient(owned, peakTokens).plus(variableUsdPer1M)
  if (!exceeds(hosted, owned)) {
    const neverKind = margin.lte(ZERO) ? 'below_variable' : 'any_scale'
    return { kind: 'never', neverKind, first: null, always: null, asymptoteUsdPer1M }
  }
  const landing = (step: number): Landing => {
    const units = Math.max(1, unitsFor(stairs.minNodes, unitNodes), step)
    const tokensPerDay = quotient(standing.plus(unitUsd.times(units)).times(MILLION), margin)
    return { tokensPerDay, nodes: units * unitNodes + spareNodes }
  }
  const fixed = standing.times(scale)
  // be(k) ≤ k·Ku: step k wins at least when it is full.
  const first = landing(wholeFrom({ numerator: fixed, denominator: gain }))
  // be(k) > (k−1)·Ku: step k loses when it has just begun. The last such k is the whole number before this ratio.
  const always = landing(wholeFrom({ numerator: fixed.plus(hosted), denominator: gain }) - 1)
  // If a full unit costs nearly the API's price, the first step that wins may be beyond `MOST_NODES`.
  if (first.nodes > MOST_NODES) {
    return { kind: 'never', neverKind: 'any_scale', first: null, always: null, asymptoteUsdPer1M }
  }
  return { kind: 'at', neverKind: null, first, always: always.nodes > MOST_NODES ? null : always, asymptoteUsdPer1M }
}
