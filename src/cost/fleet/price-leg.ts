import type { Book } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import type { Exact } from '../../model/number/money.ts'
import { mapViews, type ViewCosts } from '../../model/result/print-exact.ts'
import type { OneModel, Scenario, SizedShare } from '../../model/scenario/scenario.ts'
import { addTokens, isEstimated, priceRange, type StreamRange, type TokenRanges } from '../api/price-range.ts'
import { requireHeadline } from '../api/price-stream.ts'
import { demandOf } from '../cluster/demand.ts'
import type { When } from '../rates/calendar-bands.ts'
import { callsIn, LIMIT, tooManyCalls } from '../workload/measure-workload.ts'
import { fleetSizes, type Route, splitBySize } from '../workload/split-routes.ts'
import { addCosts } from './costs.ts'
import { type PricedCluster, priceCluster } from './price-cluster.ts'

/** Costs of one model of a fleet, stream by stream. */
export interface PricedLeg {
  readonly route: Route
  /** As the API bills them; for a leg on a cluster they describe its work. */
  readonly streams: readonly [StreamRange, ...StreamRange[]]
  readonly tokens: TokenRanges
  /** The cluster that serves it instead of the API. */
  readonly cluster: PricedCluster | null
  /** The API's price of the leg. */
  readonly apiCosts: ViewCosts
  /** Cost of the leg: the API's price or, in every view alike, its cluster's bill. */
  readonly costs: ViewCosts
}

/** The scenario on a single model, with text counted for that model, in the route's service and region. */
export const onModel = (scenario: Scenario, { model, on = {} }: Pick<Route, 'model' | 'on'>): OneModel => {
  const { routing, counted, sizes, conversion, contents, totals, service, region, ...others } = scenario
  const terms = { service: on.service ?? service, region: on.region === undefined ? region : on.region }
  const rest = {
    ...others,
    ...(terms.service === undefined ? {} : { service: terms.service }),
    ...(terms.region == null ? {} : { region: terms.region }),
  }
  const own = counted && entryOf(counted, model)
  const sized = routing ? fleetSizes(routing) : sizes
  const { conversion: converted, contents: said } = own ?? { conversion, contents }
  return {
    ...rest,
    ...own,
    totals: own?.totals ?? totals,
    ...(converted ? { conversion: converted } : {}),
    ...(said ? { contents: said } : {}),
    model,
    ...(isPlain(sized) ? {} : { sizes: sized }),
  }
}

const isPlain = (sizes: readonly SizedShare[] | undefined): boolean =>
  sizes === undefined || sizes.every(({ tokens }) => tokens === '1')

/** @throws {InputError} TOO_MANY_SAMPLES if all models together have too many calls to compute */
export const refuseEndless = (scenario: Scenario, routes: readonly Route[]): void => {
  let calls = 0
  for (const route of routes) {
    const { streams } = route
    const single = onModel(scenario, route)
    // An estimate is also computed at both ends of its band.
    const ends = isEstimated(single) ? 3 : 1
    for (const { extent } of streams) calls += single.request ? callsIn(single.request, extent) * ends : 0
  }
  if (calls > LIMIT) throw tooManyCalls(calls)
}

/**
 * Splits a workload's requests over models, each serving a share of every size.
 *
 * @param shares - the workload counted for each model, and the share of the requests that it serves
 * @throws {InputError} see `priceScenario`
 */
export const priceShares = (
  shares: readonly { readonly work: OneModel; readonly share: Exact }[],
  given: { readonly book: Book; readonly at: string },
): PricedLeg[] =>
  shares.map(({ work, share }) => {
    const streams = splitBySize(work.sizes, work.request?.turns ?? 1).map(size => ({
      ...size,
      share: size.share.times(share),
    }))
    return priceLeg({ model: work.model, selfHost: false, served: share, tried: share, streams }, work, given)
  })

/** The work with a leg's own cache marks and lifetime; they say nothing where the cache is not counted from prompts. */
const withCache = (work: OneModel, { marks, ttl_s }: Pick<Route, 'marks' | 'ttl_s'>): OneModel => {
  if ((marks === undefined && ttl_s === undefined) || work.cache.policy !== 'prefix') return work
  const own = { ...(marks === undefined ? {} : { marks }), ...(ttl_s === undefined ? {} : { ttl_s }) }
  return { ...work, cache: { ...work.cache, ...own } }
}

/** Prices the part of a scenario that one model serves. @throws {InputError} see `priceScenario` */
export const priceLeg = (route: Route, scenario: Scenario, given: When & { readonly book: Book }): PricedLeg => {
  const single = withCache(onModel(scenario, route), route)
  const all = route.streams
  const [first, ...others] = all.map(stream => {
    const priced = priceRange(single, { ...given, portion: { stream, all } })
    requireHeadline(priced.low)
    return priced
  })
  if (!first) throw new Error('a route has at least one stream')
  const streams = [first, ...others] as const
  const apiCosts = mapViews(view => addCosts(streams.map(({ costs }) => costs[view])))
  const self = route.selfHost ? scenario.self_host : undefined
  const cluster = self ? priceCluster(self, mix => demandOf(scenario, mix), streams) : null
  const costs = cluster ? mapViews(() => cluster.cost) : apiCosts
  return { route, streams, tokens: addTokens(streams.map(({ tokens }) => tokens)), cluster, apiCosts, costs }
}
