import type { Book } from '../../model/book/book.ts'
import { distinct } from '../../model/distinct.ts'
import { type Exact, toDecimals } from '../../model/number/money.ts'
import { count, printCosts } from '../../model/result/print-exact.ts'
import type { Assumption, ScenarioResult, Warning } from '../../model/result/result.ts'
import { ALL_VIEWS, type CostView, VIEW_KEYS } from '../../model/views.ts'
import { whyBound } from '../api/cost-ceiling.ts'
import { readsOffered } from '../api/price-views.ts'
import { costsPerRequest, scaleCosts } from '../fleet/costs.ts'
import { legOnCluster, type PricedScenario } from '../fleet/price-scenario.ts'
import { type SelfHosting, selfHosting } from '../fleet/self-host.ts'
import { STANDARD } from '../rates/served-row.ts'
import { PERIOD_HOURS, periodsPerMonth } from '../time/spread-traffic.ts'
import { answerOf } from './answer.ts'
import { describeOverhead, estimatedShares } from './attribute-tokens.ts'
import { describeFleet, fleetFit, fleetReasons } from './describe-fleet.ts'
import * as leg from './describe-leg.ts'
import { toSelfHosted } from './describe-self-host.ts'
import { listLines } from './list-lines.ts'
import { streamAssumptions } from './notes/assumptions.ts'
import { cacheCostWarnings } from './notes/cache-cost.ts'
import { ruleInWords } from './notes/cache-rule-in-words.ts'
import { nameNotes } from './notes/name-notes.ts'
import { routingNotes } from './notes/routing-notes.ts'
import { selfHostNotes } from './notes/self-host-notes.ts'
import { selfHostWarnings } from './notes/self-host-warnings.ts'
import { streamWarnings } from './notes/warnings.ts'

/** A priced scenario in the form that results carry: printed digits only. */
export const toResult = (priced: PricedScenario, book: Book): ScenarioResult => {
  const { scenario, at } = priced
  const { traffic, description = null, file = null, routing } = scenario
  const months = periodsPerMonth(traffic)
  const { streams, apiStreams, nonApiCost } = priced
  const { model } = priced.legs[0].streams[0].low.offer
  const calls = leg.countCalls(streams)
  const self = selfHosting(priced)
  const bounds = boundsIn(priced)
  return {
    name: scenario.name,
    description,
    file,
    model: routing ? null : model.id,
    provider: routing ? null : model.provider,
    service: scenario.service ?? STANDARD,
    region: scenario.region ?? null,
    at,
    complete: VIEW_KEYS.every(view => leg.isNotOffered(apiStreams, view)) && nonApiCost !== null,
    per: traffic.per,
    period_hours: PERIOD_HOURS[traffic.per],
    periods_per_month: months && toDecimals(months, 12),
    requests: traffic.requests,
    calls: calls && count(calls),
    tags: scenario.tags,
    input: scenario,
    tokens: { ...leg.printTokens(priced.tokens), exact: streams.every(({ low, high }) => low === high) },
    ...costsInUnits(priced, months),
    answer: answerOf(priced, bounds),
    reasons: reasonsIn(priced, self),
    bounds,
    cache: describeCache(priced),
    estimated_share: estimatedShares(priced),
    overhead: describeOverhead(priced),
    windows: routing ? [] : leg.describeWindows(streams),
    fit: fleetFit(priced),
    routing: describeFleet(priced),
    self_host: self && toSelfHosted(self, priced),
    lines: listLines(priced, self),
    assumptions: assumptionsIn(priced, self, book),
    budget: [],
    warnings: warningsIn(priced, self, book),
  }
}

/** Costs of a period, at its cheapest and dearest hours, of a month and of a request. */
const costsInUnits = (
  { scenario: { request, traffic }, costs, apiStreams, nonApiCost }: PricedScenario,
  months: Exact | null,
) => ({
  costs: printCosts(costs),
  costs_range: leg.rangeOverHours(apiStreams, nonApiCost),
  per_month: months && printCosts(scaleCosts(costs, months)),
  per_request: request && printCosts(costsPerRequest(costs, traffic.requests)),
})

const reasonsIn = (priced: PricedScenario, self: SelfHosting | null): ScenarioResult['reasons'] => ({
  ...fleetReasons(priced),
  ...(priced.costs.self_hosted ? {} : { self_hosted: whyNotSelf(priced, self) }),
  ...(priced.scenario.request ? {} : { per_request: NO_REQUESTS }),
})

const NO_REQUESTS = 'totals do not say how many requests there are'

const whyNotSelf = (priced: PricedScenario, self: SelfHosting | null): string => {
  if (!self) return priced.scenario.self_host ? 'there are no tokens to serve' : 'the scenario describes no cluster'
  const why = self.hosting.low.why ?? self.hosting.high.why
  if (why !== null) return why
  return legOnCluster(priced) ? 'the cluster serves a leg: its cost is in every view' : 'unknown'
}

/** The views with a figure that is a bound for any stream; an unknown view has no figure. */
export const boundsIn = ({ apiStreams, costs }: PricedScenario): ScenarioResult['bounds'] =>
  Object.fromEntries(
    VIEW_KEYS.flatMap(view => {
      const why = costs[view] && apiStreams.flatMap(stream => whyBound(stream, view) ?? [])[0]
      return why ? [[view, why]] : []
    }),
  )

const describeCache = (priced: PricedScenario): ScenarioResult['cache'] => {
  const { scenario, streams } = priced
  const marks = scenario.routing ? null : leg.marksIn(streams)
  const common = { policy: scenario.cache.policy, hit_share: leg.hitShare(priced.tokens), marks }
  if (scenario.routing || priced.legs[0].streams[0].low.offer.caching !== 'known') {
    return { ...common, warm_share: null, rule: null, match: null, block: null, minimum: null, ttl_s: null }
  }
  const { low: used, scenario: work } = priced.legs[0].streams[0]
  const { offer, ttl_s } = used
  const { provider, cacheRule } = offer
  const prefix = scenario.request !== null && scenario.cache.policy === 'prefix' && readsOffered(offer)
  return {
    ...common,
    warm_share: leg.warmShare(streams),
    rule: prefix ? ruleInWords(provider.name, cacheRule, { ...used, stated: work.cache.marks !== undefined }) : null,
    match: prefix ? cacheRule.match : null,
    block: cacheRule.block,
    minimum: cacheRule.minimum,
    ttl_s,
  }
}

/** Assumptions about all streams, each once, with all the views that rest on it and have a figure. */
const assumptionsIn = (priced: PricedScenario, self: SelfHosting | null, book: Book): Assumption[] => {
  const noted = new Map<string, Assumption>()
  for (const note of [
    ...nameNotes(priced, book),
    ...routingNotes(priced),
    ...priced.streams.flatMap(streamAssumptions),
    ...(self ? selfHostNotes(self, priced.at) : []),
  ]) {
    const other = noted.get(note.what)
    const views = ALL_VIEWS.filter(view => note.views.includes(view) || other?.views.includes(view))
    noted.set(note.what, { ...note, views })
  }
  // Assumptions about a cluster also apply to its break-even, which has no view.
  const known = (view: CostView): boolean => view === 'self_hosted' || priced.costs[view] !== null
  return [...noted.values()].flatMap(note => {
    const views = note.views.filter(known)
    return views.length === 0 ? [] : [{ ...note, views }]
  })
}

/** The key of the scenario that names the model of a part; of several legs with one model, the first. */
const modelKey = ({ scenario, legs }: PricedScenario, { route }: PricedScenario['parts'][number]): string => {
  if (!scenario.routing) return 'model'
  const leg = legs.findIndex(one => one.route.model === route.model)
  return leg < 0 ? 'routing.fallback.0' : `routing.legs.${leg}.model`
}

const warningsIn = (priced: PricedScenario, self: SelfHosting | null, book: Book): Warning[] =>
  distinct([
    ...priced.parts.flatMap(part =>
      part.cluster ? [] : part.streams.flatMap(stream => streamWarnings(stream, book, modelKey(priced, part))),
    ),
    ...priced.parts.flatMap(({ cluster, streams }) =>
      cluster ? [] : cacheCostWarnings(streams, { leg: priced.scenario.routing !== undefined }),
    ),
    ...(self ? selfHostWarnings(self, priced.scenario.file ?? priced.scenario.name) : []),
  ])
