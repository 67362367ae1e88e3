import { perMillion } from '../../../cost/cluster/cluster-cost.ts'
import { nodesFor } from '../../../cost/cluster/size-fleet.ts'
import type { Staircase, WholeNodes } from '../../../cost/cluster/staircase.ts'
import { wholeNodesOf } from '../../../cost/fleet/cluster-fleets.ts'
import { type SelfHosting, selfHosting } from '../../../cost/fleet/self-host.ts'
import { type PricedBook, priceOne } from '../../../cost/result/estimate.ts'
import { type Exact, exact, type Money, quotient, ZERO } from '../../../model/number/money.ts'
import { mapRange, type Range } from '../../../model/number/range.ts'
import type { Scenario } from '../../../model/scenario/scenario.ts'
import type { View } from '../../../model/views.ts'

/** One volume, served by whole nodes or by the API. USD a month, a month being 365/12 days. */
export interface VolumePoint {
  /** Whole tokens a day. */
  readonly tokensPerDay: Exact
  readonly hosted: Range<Money>
  /** `low`: the best case for self-hosting. */
  readonly owned: Range<{ readonly nodes: number; readonly usd: Money }>
}

/** The API's bill over volume, and that of a cluster that grows in whole nodes. */
export interface VolumeCurve {
  readonly view: View
  /** Ascending; each step of the staircase has its last volume and the first of the next. */
  readonly points: readonly VolumePoint[]
  readonly staircase: Range<Staircase>
  /** Highest mean utilisation of nodes that are sized for the busiest hour. */
  readonly meanAtMost: number
  /** Mean tokens a day of the scenario; `null`: a run. */
  readonly demandPerDay: Exact | null
}

/**
 * Both bills from nothing to beyond the volumes that matter: the scenario's own, and those from which self-hosting wins.
 *
 * @returns `null` without a cluster, without a price of the API, and for nodes that follow the traffic, which have no steps
 * @throws {InputError} see `estimate`
 */
export const volumeCurve = (scenario: Scenario, priced: PricedBook, at: string): VolumeCurve | null => {
  const found = selfHosting(priceOne(scenario, priced, scenario.at ?? at))
  const price = found?.hosted[found.view]
  if (!found?.staircase || !price) return null
  const fleets = {
    low: wholeNodesOf(found.self, found.hosting.low, price.high),
    high: wholeNodesOf(found.self, found.hosting.high, price.low),
  }
  const volumes = volumesTo(lastVolume(found, fleets), fleets)
  return {
    view: found.view,
    points: volumes.map(tokensPerDay => ({
      tokensPerDay,
      hosted: mapRange(price, usd => monthly(perMillion(tokensPerDay.times(usd)))),
      owned: mapRange(fleets, fleet => ownedAt(fleet, tokensPerDay)),
    })),
    staircase: found.staircase,
    meanAtMost: quotient(fleets.low.maxUtilisation, fleets.low.peakToMean).toNumber(),
    demandPerDay: found.hosting.low.demandPerDay,
  }
}

const DAYS_A_YEAR = 365
const MONTHS_A_YEAR = exact(12)

const monthly = (usdPerDay: Money): Money => quotient(usdPerDay.times(DAYS_A_YEAR), MONTHS_A_YEAR)

/** The bill of whole nodes sized for the peak of a volume: c_d·nodes + f0 + v·V. */
const ownedAt = (fleet: WholeNodes, tokensPerDay: Exact): { readonly nodes: number; readonly usd: Money } => {
  const nodes = nodesFor({ tokensPerDay, peakToMean: fleet.peakToMean }, fleet)
  const standing = fleet.nodeUsdPerDay.times(nodes).plus(fleet.overheadUsdPerDay)
  return { nodes, usd: monthly(standing.plus(perMillion(tokensPerDay.times(fleet.variableUsdPer1M)))) }
}

/** Ku: tokens a day of one unit at the highest mean utilisation. */
const unitTokens = ({ nodeCapacityPerDay, maxUtilisation, unitNodes, peakToMean }: WholeNodes): Exact =>
  quotient(nodeCapacityPerDay.times(maxUtilisation).times(unitNodes), peakToMean)

/** A quarter beyond the last volume of interest, and at least three units. */
const lastVolume = ({ hosting, staircase }: SelfHosting, fleets: Range<WholeNodes>): Exact => {
  const { demandPerDay } = hosting.low
  const wins = [staircase?.low, staircase?.high].flatMap(end => [end?.first, end?.always].flatMap(one => one ?? []))
  const units = unitTokens(fleets.low).times(3)
  return [units, demandPerDay ?? ZERO, ...wins.map(({ tokensPerDay }) => tokensPerDay)]
    .reduce((most, one) => (one.gt(most) ? one : most), ZERO)
    .times('1.25')
}

/** More steps than this cannot be told apart: as many volumes at equal distances. */
const MOST_STEPS = 100

/** The ends of every step, as whole tokens: the last volume of k units, and the first that needs one more. */
const volumesTo = (last: Exact, fleets: Range<WholeNodes>): Exact[] => {
  const edges = [fleets.low, fleets.high].flatMap(fleet => {
    const unit = unitTokens(fleet)
    const steps = last.dividedToIntegerBy(unit).toNumber()
    return steps > MOST_STEPS
      ? Array.from({ length: MOST_STEPS }, (_, i) => quotient(last.times(i + 1), exact(MOST_STEPS)))
      : Array.from({ length: steps }, (_, i) => unit.times(i + 1))
  })
  const whole = edges.map(edge => edge.dividedToIntegerBy(1))
  const all = [exact(0), exact(1), ...whole.flatMap(edge => [edge, edge.plus(1)]), last.dividedToIntegerBy(1)]
  const once = new Map(all.map(one => [one.toFixed(), one]))
  return [...once.values()].filter(one => one.lte(last)).sort((a, b) => a.comparedTo(b))
}
