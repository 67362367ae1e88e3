import { collect, InputError, type Problem } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { distinct } from '../../model/distinct.ts'
import { type Exact, exact, type Money, quotient } from '../../model/number/money.ts'
import { both } from '../../model/number/range.ts'
import { type Costs, mapViews } from '../../model/result/print-exact.ts'
import type { Routing } from '../../model/scenario/routing.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { View } from '../../model/views.ts'
import { addTokens, type StreamRange, type TokenRanges } from '../api/price-range.ts'
import { demandOf } from '../cluster/demand.ts'
import { isSameModel } from '../rates/price-at.ts'
import {
  fleetSizes,
  type Route,
  type Routes,
  splitBySize,
  splitRoutes,
  termsOfModel,
} from '../workload/split-routes.ts'
import { addCosts, type Cost } from './costs.ts'
import { hasWork, type PricedCluster, priceCluster } from './price-cluster.ts'
import { type PricedLeg, priceLeg, refuseEndless } from './price-leg.ts'

/** Cost of the router; USD per period. */
export interface PricedRouter {
  readonly requests: Exact
  /** USD per 1,000 requests, decimal digits. */
  readonly rate: string
  readonly cost: Money
}

/**
 * A priced scenario: its one model, or every leg of its fleet. Costs are USD per period. Costs and tokens that
 * documents use are computed here once.
 */
export interface PricedScenario {
  readonly scenario: Scenario
  readonly at: string
  readonly legs: readonly [PricedLeg, ...PricedLeg[]]
  readonly fallback: PricedLeg | null
  /** Legs, then the fallback: every model that is part of the scenario's own cost. */
  readonly parts: readonly [PricedLeg, ...PricedLeg[]]
  readonly router: PricedRouter | null
  /** The single models that the fleet is compared with. */
  readonly baselines: readonly PricedLeg[]
  /** A cluster that serves no leg, given all of the work; `null`: no cluster, or no work. */
  readonly cluster: PricedCluster | null
  /** All streams that are part of its cost, and those of them that the API bills. */
  readonly streams: readonly StreamRange[]
  readonly apiStreams: readonly StreamRange[]
  readonly tokens: TokenRanges
  /** Every view, known only if it is known for every part, and the bill of a cluster that serves no leg. */
  readonly costs: Costs
  /** Billed in addition to the API: the router, and a leg's cluster; `null`: the cluster cannot serve its leg. */
  readonly nonApiCost: Cost
  /** The view that a cluster is compared with; default: `cached`, or `headline` if that is unknown. */
  readonly against?: View
}

/**
 * Prices a scenario on all that serves it.
 *
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, NO_SERVICE, NO_REGION, NO_RATE, TOO_MANY_SAMPLES: of all its legs at once, each at its key
 */
export const priceScenario = (scenario: Scenario, book: Book, at: string): PricedScenario => {
  const { legs, fallback, baselines } = priceRoutes(scenario, book, at)
  const parts = fallback ? ([...legs, fallback] as const) : legs
  const streams = parts.flatMap(part => part.streams)
  const router = priceRouter(scenario)
  const routed = router ? [both(router.cost)] : []
  const { self_host: self } = scenario
  const isCompared = self && !legOnCluster({ legs }) && hasWork(streams)
  const cluster = isCompared ? priceCluster(self, mix => demandOf(scenario, mix), streams) : null
  return {
    scenario,
    at,
    legs,
    fallback,
    parts,
    router,
    baselines,
    cluster,
    streams,
    apiStreams: parts.flatMap(part => (part.cluster ? [] : part.streams)),
    tokens: addTokens(parts.map(({ tokens }) => tokens)),
    costs: {
      ...mapViews(view => addCosts([...parts.map(({ costs }) => costs[view]), ...routed])),
      self_hosted: cluster?.cost ?? null,
    },
    nonApiCost: addCosts([...routed, ...legs.flatMap(leg => (leg.cluster ? [leg.cluster.cost] : []))]),
  }
}

/** The leg that the scenario's cluster serves. */
export const legOnCluster = ({ legs }: Pick<PricedScenario, 'legs'>): PricedLeg | undefined =>
  legs.find(({ cluster }) => cluster !== null)

/** Which model serves which requests of a scenario. */
export const routesOf = (scenario: Scenario): Routes => {
  const { routing, request, model } = scenario
  return routing ? splitRoutes(routing, request?.turns ?? 1) : { legs: [alone(model ?? '', scenario)], fallback: null }
}

/** Prices every leg, the fallback and the baselines, and collects the faults of all of them. */
const priceRoutes = (
  scenario: Scenario,
  book: Book,
  at: string,
): Pick<PricedScenario, 'legs' | 'fallback' | 'baselines'> => {
  const { routing } = scenario
  const faults: Problem[] = []
  const price = (route: Route, path: Problem['path']): PricedLeg[] => {
    const atKey = (problem: Problem): Problem => (path ? { path, ...problem } : problem)
    const placed = (problem: Problem): Problem => atKey(atOwnTerms(problem, { route, routing, book }))
    const leg = collect(faults, () => priceLeg(route, scenario, { book, at }), placed)
    return leg ? [leg] : []
  }
  const routes = routesOf(scenario)
  const singles = routing ? baselineRoutes(scenario, routing, book) : []
  refuseEndless(scenario, [...routes.legs, ...(routes.fallback ? [routes.fallback] : []), ...singles.flat()])
  const [first, ...others] = routes.legs.flatMap((route, i) =>
    price(route, routing ? ['routing', 'legs', i, 'model'] : undefined),
  )
  const [fallback = null] = routes.fallback ? price(routes.fallback, ['routing', 'fallback', 0]) : []
  const baselines = singles.flatMap((all, i) => all.flatMap(route => price(route, ['routing', 'baselines', i])))
  // A fault of the request occurs for every model, so it is reported once.
  if (faults.length > 0) throw new InputError(distinct(faults))
  if (!first) throw new Error('a scenario has a model or legs')
  return { legs: [first, ...others], fallback, baselines: apart(baselines) }
}

/** Two names of one model, called alike, make one baseline. */
const apart = (baselines: readonly PricedLeg[]): PricedLeg[] => {
  const called = ({ streams: [{ low }] }: PricedLeg): string =>
    JSON.stringify([low.offer.model.id, low.offer.terms.service, low.offer.terms.region])
  return [...new Map(baselines.map(leg => [called(leg), leg])).values()]
}

/** A problem with a service or region that a leg sets itself, at the leg's key instead of the scenario's. */
const atOwnTerms = (
  problem: Problem,
  { route: { model, on }, routing, book }: { route: Route; routing: Scenario['routing']; book: Book },
): Problem => {
  const [key] = problem.path ?? []
  if ((key !== 'service' && key !== 'region') || on?.[key] == null) return problem
  const leg = routing?.legs.findIndex(one => one[key] === on[key] && isSameModel(book, one.model, model)) ?? -1
  return leg < 0 ? problem : { ...problem, path: ['routing', 'legs', leg, key] }
}

/** The routes of each baseline: one for every service and region in which its legs call it, or the scenario's. */
const baselineRoutes = (scenario: Scenario, routing: Routing, book: Book): Route[][] =>
  routing.baselines.map(model => {
    const all = alone(model, { ...scenario, sizes: fleetSizes(routing) })
    const { service, region } = scenario
    const terms = termsOfModel(routing.legs, name => isSameModel(book, name, model))
    const called = new Map(terms.map(on => [JSON.stringify(Object.values({ service, region, ...on })), on]))
    return called.size === 0 ? [all] : [...called.values()].map(on => ({ ...all, on }))
  })

/** A route in which one model serves every request. */
const alone = (model: string, { sizes, request }: Pick<Scenario, 'sizes' | 'request'>): Route => ({
  model,
  selfHost: false,
  served: exact(1),
  tried: exact(1),
  streams: splitBySize(sizes, request?.turns ?? 1),
})

const priceRouter = ({ routing, traffic }: Scenario): PricedRouter | null => {
  const rate = routing?.router_usd_per_1k ?? '0'
  if (exact(rate).isZero()) return null
  const requests = exact(traffic.requests)
  return { requests, rate, cost: quotient(requests.times(exact(rate)), exact(1000)) }
}
