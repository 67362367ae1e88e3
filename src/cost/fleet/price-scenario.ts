import { InputError, type Problem } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { distinct } from '../../model/distinct.ts'
import { entryOf } from '../../model/entry-of.ts'
import { type Exact, exact, type Money, quotient, sum, ZERO } from '../../model/number/money.ts'
import { both, mapRange, type Range } from '../../model/number/range.ts'
import { remembered } from '../../model/remembered.ts'
import type { OneModel, Scenario, SizedShare } from '../../model/scenario/scenario.ts'
import type { View } from '../../model/views.ts'
import {
  type Bounds,
  boundsOf,
  isEstimated,
  type Most,
  mostIn,
  priceBounds,
  TOKEN_ENDS,
  type TokenEnd,
} from '../api/price-bounds.ts'
import { requireHeadline } from '../api/price-stream.ts'
import { tokensOf } from '../api/price-views.ts'
import { addMixes, type Mix, totalOf } from '../cluster/capacity.ts'
import { type Bill, billEnds } from '../cluster/cluster-bill.ts'
import { demandOf, type Hosting, hostCluster } from '../cluster/host-cluster.ts'
import { callsIn, LIMIT, tooManyCalls } from '../workload/measure-workload.ts'
import { type Route, type Routes, sizesOf, splitRoutes, streamsOf } from '../workload/split-routes.ts'
import { addCosts, type Cost } from './costs.ts'

/** What one model of a fleet costs, stream by stream. */
export interface PricedLeg {
  readonly route: Route
  /** As the API bills them; of a cluster's leg they say what it is asked to do. */
  readonly streams: readonly [Bounds, ...Bounds[]]
  /** The cluster that serves it instead of the API, at the stated token counts. */
  readonly hosting: Range<Hosting> | null
  /** What that cluster bills, over the band of the counts; `null` too where it cannot serve the leg. */
  readonly bill: Range<Bill> | null
}

/** What the router costs; USD per period. */
export interface PricedRouter {
  readonly requests: Exact
  /** USD per 1,000 requests, decimal digits. */
  readonly rate: string
  readonly cost: Money
}

/** A scenario priced: the one model that serves it, or every leg of its fleet. */
export interface PricedScenario {
  readonly scenario: Scenario
  readonly at: string
  readonly legs: readonly [PricedLeg, ...PricedLeg[]]
  readonly fallback: PricedLeg | null
  readonly router: PricedRouter | null
  /** What a cluster that serves no leg would bill for all of it; `null`: there is none, or it cannot serve it. */
  readonly clusterBill: Range<Bill> | null
  /** The single models that it is compared with. */
  readonly baselines: readonly PricedLeg[]
  /** The view that a cluster is set beside; left out: `cached`, or `headline` where that is unknown. */
  readonly against?: View
}

/** The scenario with one model in place of whatever serves it, counted for that model. */
const onModel = (scenario: Scenario, model: string): OneModel => {
  const { routing, counted, sizes, ...rest } = scenario
  const own = counted && entryOf(counted, model)
  const sized = routing ? sizesOf(routing) : sizes
  return { ...rest, ...own, model, ...(isPlain(sized) ? {} : { sizes: sized }) }
}

const isPlain = (sizes: readonly SizedShare[] | undefined): boolean =>
  sizes === undefined || sizes.every(({ tokens }) => tokens === '1')

/**
 * Prices a scenario on whatever serves it.
 *
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, NO_RATE, TOO_MANY_SAMPLES: of all its legs at once, each at its key
 */
export const priceScenario = (scenario: Scenario, book: Book, at: string): PricedScenario => {
  const { routing, request, traffic, model } = scenario
  const turns = request?.turns ?? 1
  const faults: Problem[] = []
  const price = (route: Route, path: Problem['path']): PricedLeg[] => {
    try {
      return [priceRoute(route, scenario, { book, at })]
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.problems.map(problem => (path ? { path, ...problem } : problem)))
      return []
    }
  }
  const routes = routing ? splitRoutes(routing, turns) : alone(model ?? '', scenario)
  const besides = (routing?.baselines ?? []).map(
    name => alone(name, { ...scenario, sizes: routing ? sizesOf(routing) : undefined }).legs,
  )
  refuseEndless(scenario, [...routes.legs, ...(routes.fallback ? [routes.fallback] : []), ...besides.flat()])
  const legs = routes.legs.flatMap((route, i) => price(route, routing ? ['routing', 'legs', i, 'model'] : undefined))
  const [fallback = null] = routes.fallback ? price(routes.fallback, ['routing', 'fallback', 0]) : []
  const baselines = besides.flatMap((all, i) => all.flatMap(route => price(route, ['routing', 'baselines', i])))
  // What is wrong with the request is wrong for every model.
  if (faults.length > 0) throw new InputError(distinct(faults))
  // Two names of one model are one baseline.
  const apart = new Map(baselines.map(leg => [leg.streams[0].low.offer.model.id, leg]))
  const [first, ...others] = legs
  if (!first) throw new Error('a scenario has a model or legs')
  const rate = routing?.router_usd_per_1k ?? '0'
  const requests = exact(traffic.requests)
  const router = exact(rate).isZero()
    ? null
    : { requests, rate, cost: quotient(requests.times(exact(rate)), exact(1000)) }
  const parts = { legs: [first, ...others] as const, fallback }
  return { scenario, at, ...parts, router, clusterBill: billCluster(scenario, parts), baselines: [...apart.values()] }
}

/** @throws {InputError} TOO_MANY_SAMPLES where all models together would have too many calls to work out */
const refuseEndless = (scenario: Scenario, routes: readonly Route[]): void => {
  let calls = 0
  for (const { model, streams } of routes) {
    const single = onModel(scenario, model)
    // An estimate is worked out at both ends of its band as well.
    const ends = isEstimated(single) ? TOKEN_ENDS.length : 1
    for (const { extent } of streams) calls += single.request ? callsIn(single.request, extent) * ends : 0
  }
  if (calls > LIMIT) throw tooManyCalls(calls)
}

/** The leg that the scenario's cluster serves. */
export const legOnCluster = ({ legs }: Pick<PricedScenario, 'legs'>): PricedLeg | undefined =>
  legs.find(({ hosting }) => hosting !== null)

const billCluster = (
  scenario: Scenario,
  parts: Pick<PricedScenario, 'legs' | 'fallback'>,
): PricedScenario['clusterBill'] => {
  if (!scenario.self_host || legOnCluster(parts)) return null
  const mixes = mixesOf(allStreams(parts))
  return mixes.every(mix => totalOf(mix).isZero()) ? null : billEnds(scenario.self_host, scenario, mixes)
}

/** One model that serves every request once. */
const alone = (model: string, { sizes, request }: Pick<Scenario, 'sizes' | 'request'>): Routes => ({
  legs: [{ model, selfHost: false, served: exact(1), tried: exact(1), streams: streamsOf(sizes, request?.turns ?? 1) }],
  fallback: null,
})

/**
 * A workload's requests spread over models, each serving a share of every size.
 *
 * @param shares - the workload counted for each model, and the share of the requests that it serves
 * @throws {InputError} what `priceFleet` throws
 */
export const priceShares = (
  shares: readonly { readonly work: OneModel; readonly share: Exact }[],
  given: { readonly book: Book; readonly at: string },
): PricedLeg[] =>
  shares.map(({ work, share }) => {
    const streams = streamsOf(work.sizes, work.request?.turns ?? 1).map(size => ({
      ...size,
      share: size.share.times(share),
    }))
    return priceRoute({ model: work.model, selfHost: false, served: share, tried: share, streams }, work, given)
  })

const priceRoute = (
  route: Route,
  scenario: Scenario,
  { book, at }: { readonly book: Book; readonly at: string },
): PricedLeg => {
  const single = onModel(scenario, route.model)
  const all = route.streams
  const [first, ...others] = all.map(stream => {
    const bounds = priceBounds(single, { book, at, portion: { stream, all } })
    requireHeadline(bounds.low)
    return bounds
  })
  if (!first) throw new Error('a route has at least one stream')
  const streams = [first, ...others] as const
  const self = route.selfHost ? scenario.self_host : undefined
  if (!self) return { route, streams, hosting: null, bill: null }
  const hosting = hostCluster(self, demandOf(scenario, mixOf(streams).mix))
  return { route, streams, hosting, bill: billEnds(self, scenario, mixesOf(streams)) }
}

/** Every model's part of the fleet's own cost: legs, then the fallback. */
export const partsOf = ({ legs, fallback }: Pick<PricedScenario, 'legs' | 'fallback'>): readonly PricedLeg[] =>
  fallback ? [...legs, fallback] : legs

/** Every stream of the fleet's own cost. */
export const allStreams = remembered((priced: Pick<PricedScenario, 'legs' | 'fallback'>): readonly Bounds[] =>
  partsOf(priced).flatMap(({ streams }) => streams),
)

/** What a leg costs in a view, from its low end to its high one, USD per period; `null` where it is unknown. */
export const legEnds = (leg: PricedLeg, view: View): Cost =>
  // A cluster costs what it costs, however the API would bill the work.
  leg.hosting ? billedEnds(leg.bill) : hostedEnds(leg.streams, view)

/** What a cluster bills, USD per period; `null`: it cannot serve the work, or there is none. */
export const billedEnds = (bill: Range<Bill> | null): Cost => bill && mapRange(bill, ({ usd }) => usd)

/** What the API asks for streams in a view, USD per period. */
export const hostedEnds = (streams: readonly Bounds[], view: View): Cost =>
  addCosts(streams.map(bounds => boundsOf(bounds, view)))

/** Tokens of a period at every count that is known of them: one mix where they are exact. */
export const mixesOf = (streams: readonly Bounds[]): Mix[] => {
  const exactly = streams.every(({ low, high }) => low === high)
  return (exactly ? (['stated'] as const) : TOKEN_ENDS).map(end => mixOf(streams, end).mix)
}

/** Tokens of a period by what a cluster has to do with them; the hits are those of `cached`. */
export const mixOf = (
  streams: readonly Bounds[],
  end: TokenEnd = 'stated',
): { readonly mix: Mix; readonly view: View } => {
  const used = streams.map(bounds => tokensOf(bounds[end]))
  const known = used.every(({ cache_read }) => cache_read !== null)
  const mixes = used.map(({ prompt, output, cache_read }): Mix => {
    const hit = known && cache_read ? cache_read : ZERO
    return { miss: prompt.minus(hit), hit, output }
  })
  return { mix: addMixes(mixes), view: known ? 'cached' : 'headline' }
}

/** What a scenario costs in a view; of a fleet it is known only where every leg's is. USD per period. */
export const costEnds = (priced: PricedScenario, view: View): Cost =>
  addCosts([hostedEnds(hostedStreams(priced), view), nonApiCost(priced)])

/** The streams that the API bills. */
export const hostedStreams = remembered((priced: PricedScenario): readonly Bounds[] =>
  partsOf(priced).flatMap(({ streams, hosting }) => (hosting ? [] : streams)),
)

/** What is billed beside the API: the router and the cluster, at both ends; `null`: the cluster cannot serve its leg. */
export const nonApiCost = ({ router, legs }: PricedScenario): Cost =>
  addCosts([
    ...(router ? [both(router.cost)] : []),
    ...legs.flatMap(leg => (leg.hosting ? [billedEnds(leg.bill)] : [])),
  ])

/** What a view cannot cost more than, USD per period; `null`: its high end is its most. */
export const hostedCostCeiling = (priced: PricedScenario, view: View): Most | null => {
  const beside = nonApiCost(priced)
  const parts = hostedStreams(priced).map(bounds => ({ most: mostIn(bounds, view), ends: boundsOf(bounds, view) }))
  const why = worstOf(parts.map(({ most }) => most))
  if (!beside || why === null) return null
  return { usd: sum([beside.high, ...parts.flatMap(({ most, ends }) => most?.usd ?? ends?.high ?? [])]), why }
}

/** Why any of several figures may be more than its high end; `null`: none may. */
export const worstOf = (mosts: readonly (Most | null)[]): Most['why'] | null => {
  const whys = mosts.flatMap(most => most?.why ?? [])
  return whys.includes('band') ? 'band' : (whys[0] ?? null)
}

/** Whether every token count of the fleet is exact. */
export const isExact = (priced: PricedScenario): boolean =>
  allStreams(priced).every(({ scenario }) => !isEstimated(scenario))
