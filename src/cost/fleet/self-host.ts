import { type Exact, type Money, ONE, ZERO } from '../../model/number/money.ts'
import { encloseAll, mapRange, type Range } from '../../model/number/range.ts'
import { remembered } from '../../model/remembered.ts'
import { mapViews } from '../../model/result/print-exact.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import type { View } from '../../model/views.ts'
import type { StreamRange } from '../api/price-range.ts'
import { type BreakEven, type WouldBe, wouldBreakEven } from '../cluster/break-even.ts'
import { bestAndWorst, breakEvenRange, setAgainstApi } from '../cluster/break-even-range.ts'
import { blendedPrice, type Mix, totalOf, withoutHits } from '../cluster/capacity.ts'
import type { Bill } from '../cluster/cluster-bill.ts'
import { unitCost } from '../cluster/cluster-cost.ts'
import { demandOf } from '../cluster/demand.ts'
import { type Hosting, hostCluster } from '../cluster/host-cluster.ts'
import { type Fleets, sizeFleets } from './cluster-fleets.ts'
import type { PricedCluster } from './price-cluster.ts'
import { legOnCluster, type PricedScenario } from './price-scenario.ts'

/** A scenario's cluster against the API, exact. */
export interface SelfHosting extends Fleets {
  readonly self: SelfHost
  /** Models that would serve the work on the API. */
  readonly served: readonly string[]
  readonly mix: Mix
  /** The view that the mix comes from: `cached`, or `headline` if that is unknown. */
  readonly mixView: View
  readonly hosting: Range<Hosting>
  /** The view that the cluster is compared with. */
  readonly view: View
  /** The API's price for the mix by view, USD per 1M tokens, at both ends; `null`: unknown. */
  readonly hosted: Readonly<Record<View, Range<Money> | null>>
  readonly breakEven: Readonly<Record<View, Range<BreakEven> | null>>
  readonly unitFull: Range<Money>
  readonly unitUsed: Range<Money> | null
  /** Its bill over the band of the token counts; `null`: it cannot serve the traffic. */
  readonly bill: Range<Bill> | null
  /**
   * Values that would each alone make the cluster, at its utilisation, match the API's cost; `null` if it is not used.
   */
  readonly atUse: Range<WouldBe> | null
  readonly cacheEffect: CacheEffect | null
}

/** Break-even utilisation without cache hits on either side, and with them. */
export interface CacheEffect {
  readonly without: Range<Exact | null>
  readonly with: Range<Exact | null>
}

/**
 * Compares a scenario's cluster with the API: with the whole workload, or with that of the leg that it serves.
 *
 * @returns `null` if the scenario has no cluster, or there are no tokens to serve
 */
export const selfHosting = remembered((priced: PricedScenario): SelfHosting | null => {
  const self = priced.scenario.self_host
  const leg = legOnCluster(priced)
  const cluster = leg?.cluster ?? priced.cluster
  if (!self || !cluster || totalOf(cluster.mix).isZero()) return null
  const { ends, mix, mixView, hosting, bill } = cluster
  const streams = leg?.streams ?? priced.streams
  const hosted = mapViews(one => blendedPrices(streams, one, { ends, router: leg ? null : priced.router }))
  const view = priced.against ?? (hosted.cached ? 'cached' : 'headline')
  const price = hosted[view]
  const { low, high } = hosting
  return {
    self,
    served: [...new Set(streams.map(({ low }) => low.offer.model.id))],
    mix,
    mixView,
    hosting,
    view,
    hosted,
    breakEven: mapViews(one => hosted[one] && breakEvenAgainst(hosting, self, hosted[one])),
    unitFull: mapRange(hosting, ({ cluster }) => unitCost(cluster, ONE)),
    unitUsed:
      low.utilisation && high.utilisation && !low.utilisation.isZero()
        ? { low: unitCost(low.cluster, low.utilisation), high: unitCost(high.cluster, high.utilisation) }
        : null,
    bill,
    atUse: breakEvenAtUse(hosting, self, price),
    cacheEffect: reckonCacheEffect(priced, self, { mix, hosting, hosted }),
    ...sizeFleets(priced, self, { hosting, price, view }),
  }
})

/** The API's price for 1M tokens of the work: the lowest and highest over the band of the counts. */
const blendedPrices = (
  streams: readonly StreamRange[],
  view: View,
  { ends, router }: { readonly ends: PricedCluster['ends']; readonly router: PricedScenario['router'] },
): Range<Money> | null => {
  const blends: Money[] = []
  for (const [end, { mix }] of ends) {
    let usd = router?.cost ?? ZERO
    for (const stream of streams) {
      const one = stream[end].views[view]
      if (!('lines' in one)) return null
      usd = usd.plus(one.cost)
    }
    const blend = blendedPrice(usd, mix)
    if (blend) blends.push(blend)
  }
  return encloseAll(blends)
}

const breakEvenAgainst = (hosting: Range<Hosting>, self: SelfHost, hosted: Range<Money>): Range<BreakEven> =>
  breakEvenRange(setAgainstApi(hosting, self, hosted))

/**
 * The API's price, the cluster's price and its capacity that would each alone put break-even at the actual utilisation.
 */
const breakEvenAtUse = (hosting: Range<Hosting>, self: SelfHost, hosted: Range<Money> | null): SelfHosting['atUse'] => {
  const [low, high] = [hosting.low.utilisation, hosting.high.utilisation]
  if (!hosted || !low || !high || low.isZero()) return null
  const contests = bestAndWorst(setAgainstApi(hosting, self, hosted))
  return { low: wouldBreakEven(contests.low, low), high: wouldBreakEven(contests.high, high) }
}

interface Reckoned {
  readonly mix: Mix
  readonly hosting: Range<Hosting>
  readonly hosted: SelfHosting['hosted']
}

/** How cache hits move break-even: they reduce both the cluster's work and the API's bill. */
const reckonCacheEffect = (
  priced: PricedScenario,
  self: SelfHost,
  { mix, hosting, hosted }: Reckoned,
): CacheEffect | null => {
  if (mix.hit.isZero() || !hosted.cached || !hosted.headline) return null
  const plain = hostCluster(self, demandOf(priced.scenario, withoutHits(mix)))
  const used = (ends: Range<BreakEven>): Range<Exact | null> => mapRange(ends, ({ utilisation }) => utilisation)
  return {
    without: used(breakEvenAgainst(plain, self, hosted.headline)),
    with: used(breakEvenAgainst(hosting, self, hosted.cached)),
  }
}
