import { type Exact, type Money, quotient, ZERO } from '../../model/number/money.ts'
import type { Range } from '../../model/number/range.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import type { View } from '../../model/views.ts'
import type { Hosting } from '../cluster/host-cluster.ts'
import { type Hybrid, hybrid, isWithinReach } from '../cluster/hybrid.ts'
import { hoursOfWeek, tokensByHour, unitsFor } from '../cluster/size-fleet.ts'
import { type Staircase, staircase, type WholeNodes } from '../cluster/staircase.ts'
import { spreadTraffic } from '../time/spread-traffic.ts'
import type { PricedScenario } from './price-scenario.ts'

/** A cluster scaled to any size, at both ends. */
export interface Fleets {
  readonly staircase: Range<Staircase> | null
  readonly hybrid: Range<Hybrid> | null
}

/**
 * Whole nodes and the hybrid, at both ends; `null` for a fleet that follows its traffic, which has no fixed size, and
 * where no price is known.
 */
export const sizeFleets = (
  priced: PricedScenario,
  self: SelfHost,
  {
    hosting,
    price,
    view,
  }: { readonly hosting: Range<Hosting>; readonly price: Range<Money> | null; readonly view: View },
): Fleets => {
  if (!price || self.autoscale) return { staircase: null, hybrid: null }
  const at = (end: 'low' | 'high') =>
    fleetAt(priced, self, { own: hosting[end], hosted: { usdPer1M: end === 'low' ? price.high : price.low, view } })
  const [low, high] = [at('low'), at('high')]
  return {
    staircase: { low: low.staircase, high: high.staircase },
    hybrid: low.hybrid && high.hybrid ? { low: low.hybrid, high: high.hybrid } : null,
  }
}

/** The API's price for the mix, in a view. */
interface Hosted {
  readonly usdPer1M: Money
  readonly view: View
}

/** A cluster at one end, in whole units, against the API's price for its mix. */
export const wholeNodesOf = (self: SelfHost, own: Hosting, hostedUsdPer1M: Money): WholeNodes => {
  // As many whole units as the model needs to fit.
  const unitNodes = Math.max(1, unitsFor(self.min_nodes, self.unit_nodes)) * self.unit_nodes
  return {
    ...own.build,
    unitNodes,
    minNodes: unitNodes,
    nodeUsdPerDay: own.nodeUsdPerDay,
    overheadUsdPerDay: own.overheadUsdPerDay,
    variableUsdPer1M: own.cluster.variableUsdPer1M,
    hostedUsdPer1M,
    peakToMean: own.peakToMean,
  }
}

const fleetAt = (
  priced: PricedScenario,
  self: SelfHost,
  { own, hosted }: { readonly own: Hosting; readonly hosted: Hosted },
): { staircase: Staircase; hybrid: Hybrid | null } => {
  const hostedUsdPer1M = hosted.usdPer1M
  const nodes = wholeNodesOf(self, own, hostedUsdPer1M)
  const stairs = staircase(nodes)
  if (own.demandPerDay === null) return { staircase: stairs, hybrid: null }
  const spread = spreadTraffic(priced.scenario.traffic)
  const prices = hourPrices(priced, hoursOfWeek(spread), hosted)
  const hours = tokensByHour(spread, own.demandPerDay).map((tokens, hour) => ({
    tokens,
    hostedUsdPer1M: prices[hour] ?? hostedUsdPer1M,
  }))
  const load = { ...nodes, hours }
  return { staircase: stairs, hybrid: isWithinReach(load) ? hybrid(load) : null }
}

/**
 * The API's price in each hour of the week, if its price has hours: the blend of each set of rates, weighted by the
 * part of the hour in which it applies.
 */
const hourPrices = (
  { legs, scenario, fallback, router }: PricedScenario,
  week: readonly Exact[],
  { usdPer1M: mean, view }: Hosted,
): readonly Exact[] => {
  const [leg, ...others] = legs
  const [stream, ...more] = leg.streams
  // The legs of a fleet have their own hours, so the mean price is used.
  if (scenario.routing || others.length > 0 || more.length > 0 || fallback || router) return week.map(() => mean)
  const { bands, views } = stream.stated
  const priced = views[view]
  if (bands.length < 2 || !('lines' in priced)) return week.map(() => mean)
  const blends = bands.map(({ name }) => {
    const lines = priced.lines.filter(({ window }) => window === name)
    const tokens = lines.reduce((all, { quantity }) => all.plus(quantity), ZERO)
    const usd = lines.reduce((all, { cost }) => all.plus(cost), ZERO)
    return tokens.isZero() ? mean : quotient(usd.times(1_000_000), tokens)
  })
  return week.map((_, hour) =>
    bands.reduce((price, { parts }, i) => {
      const fraction = parts.find(part => part.hour.hour === hour)?.fraction
      return fraction ? price.plus(fraction.times(blends[i] ?? mean)) : price
    }, ZERO),
  )
}
