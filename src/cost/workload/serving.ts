import type { Book } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { exact } from '../../model/number/money.ts'
import type { Counted } from '../../model/scenario/counted.ts'
import type { Routing } from '../../model/scenario/routing.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { findModel } from '../rates/price-at.ts'
import { STANDARD } from '../rates/served-row.ts'

/** What serves a scenario: one model, or the legs of a fleet; and a cluster that serves a leg or is compared. */
export type Serving = Pick<Scenario, 'model' | 'routing' | 'self_host' | 'service' | 'region'>

/** Every model that a scenario pays for, by its names in the scenario; neither baselines nor an unused fallback. */
export const servedModels = ({ model, routing }: Serving): string[] => {
  if (!routing) return [model ?? '']
  const { legs, fallback, fallback_share } = routing
  return [...new Set([...legs.map(leg => leg.model), ...(fallback_share === 0 ? [] : fallback.slice(0, 1))])]
}

/** The book's id for a name, or the name itself if the book has none. */
const modelId = (book: Book, name: string): string => findModel(book, name)?.id ?? name

const percent = (share: number): string => `${exact(String(share)).times(100).toFixed()}%`

type CalledIn = Pick<Scenario, 'service' | 'region'>

/** Only the service and the region that are stated. */
const calledIn = ({ service, region }: CalledIn): CalledIn => ({
  ...(service === undefined ? {} : { service }),
  ...(region === undefined ? {} : { region }),
})

/** A service and a region as a scenario states them, or as a result has them, where no region is `null`. */
interface Terms {
  readonly service?: string | undefined
  readonly region?: string | null | undefined
}

/** A service and a region in words; none for the standard service without a region. */
const termsInWords = ({ service = STANDARD, region }: Terms): string[] => [
  ...(service === STANDARD ? [] : [service]),
  ...(region == null ? [] : [`region ${region}`]),
]

/** A service and a region in brackets behind what they apply to. @example gpt-5.5 (flex, region us) */
export const withTerms = (served: string, terms: Terms): string => {
  const words = termsInWords(terms)
  return words.length === 0 ? served : `${served} (${words.join(', ')})`
}

/**
 * A fleet in a few words, each leg with the service and region that it is called in.
 *
 * @param scenarios - the scenario's service and region, for legs without their own
 * @example split of 80% deepseek-v4, 20% claude-sonnet-4 (fast, ×2 tokens)
 */
export const fleetInWords = (
  { mode, legs }: Routing,
  scenarios: CalledIn,
  nameOf: (model: string) => string = name => name,
): string => {
  const each = legs.map(({ model, share, tokens, promote_at_turn, self_host, ...own }) => {
    const extra = [
      ...(self_host ? ['self-hosted'] : termsInWords({ ...calledIn(scenarios), ...calledIn(own) })),
      ...(tokens === '1' ? [] : [`×${tokens} tokens`]),
      ...(promote_at_turn === null ? [] : [`from turn ${promote_at_turn}`]),
    ]
    return `${percent(share)} ${nameOf(model)}${extra.length > 0 ? ` (${extra.join(', ')})` : ''}`
  })
  return `${mode} of ${each.join(', ')}`
}

/** The serving models by the ids of a book, with every cost in addition to the legs. */
export const servingInWords = ({ model, routing, ...terms }: Serving, book: Book): string => {
  if (!routing) return withTerms(modelId(book, model ?? ''), terms)
  const { fallback, fallback_share, router_usd_per_1k } = routing
  const stepIn = withTerms(modelId(book, fallback[0] ?? ''), terms)
  return [
    fleetInWords(routing, terms, name => modelId(book, name)),
    ...(fallback_share === 0 ? [] : [`${percent(fallback_share)} falling back to ${stepIn}`]),
    ...(exact(router_usd_per_1k).isZero() ? [] : [`a router at $${router_usd_per_1k} per 1,000 requests`]),
  ].join('; ')
}

/** Whether two scenarios are served alike, each by the names of its own book; baselines do not count. */
export const isServedAlike = (a: Serving, b: Serving, books: { readonly a: Book; readonly b: Book }): boolean =>
  routeOf(a, books.a) === routeOf(b, books.b)

const routeOf = ({ model, routing, self_host, service = STANDARD, region }: Serving, book: Book): string => {
  const cluster = self_host ? clusterOf(self_host) : null
  const terms = { service, region: region ?? null }
  if (!routing) return JSON.stringify({ model: modelId(book, model ?? ''), ...terms, cluster })
  const { baselines, fallback, fallback_share, legs, ...rest } = routing
  return JSON.stringify({
    ...rest,
    ...terms,
    cluster,
    legs: legs.map(leg => ({ ...leg, model: modelId(book, leg.model) })),
    // A fallback without a share only affects the gateway.
    fallback: fallback_share === 0 ? null : [fallback_share, modelId(book, fallback[0] ?? '')],
  })
}

/** A scenario's cluster without what depends on its workload's prompt lengths. */
const clusterOf = ({ rates, nearest, notes, ...said }: SelfHost): unknown => ({
  ...said,
  rates: rates.kind === 'roofline' ? rates.kind : rates,
})

/**
 * A scenario's workload served the way another scenario is.
 *
 * @param counted - its text counted for the other's models, in addition to those it is already counted for
 * @returns `null` if its text is not counted for one of them
 */
export const servedAs = (
  scenario: Scenario,
  other: Serving,
  counted: Readonly<Record<string, Counted>> = {},
): Scenario | null => {
  const {
    model,
    routing,
    self_host,
    service: _,
    region: _region,
    counted: own = {},
    conversion,
    contents,
    ...work
  } = scenario
  const as = {
    model: other.model,
    ...(other.service === undefined ? {} : { service: other.service }),
    ...(other.region === undefined ? {} : { region: other.region }),
    ...(other.routing ? { routing: other.routing } : {}),
    ...(other.self_host ? { self_host: clusterFor(scenario, other.self_host) } : {}),
  }
  if (!countedByModel(scenario)) return { ...work, ...as }
  const known = { ...own, ...(model === null ? {} : { [model]: scenario }), ...counted }
  const wanted = servedModels(other).map(name => [name, entryOf(known, name)] as const)
  if (wanted.some(([, found]) => found === undefined)) return null
  const found = Object.fromEntries(wanted.flatMap(([name, one]) => (one ? [[name, countedOf(one)]] : [])))
  const first = found[servedModels(other)[0] ?? '']
  return {
    ...work,
    ...first,
    totals: first?.totals ?? work.totals,
    ...as,
    ...(other.routing ? { counted: found } : {}),
  }
}

/** Whether the workload's tokens depend on the model: it has text or pictures, or numbers that are one model's tokens. */
export const countedByModel = ({ counting, contents, request, totals }: Scenario): boolean =>
  counting !== null || contents !== undefined || (request ?? totals)?.tokens_of !== undefined

const countedOf = ({ request, counting, conversion, contents, totals }: Counted | Scenario): Counted => ({
  request,
  counting,
  ...(conversion ? { conversion } : {}),
  ...(contents ? { contents } : {}),
  ...(totals ? { totals } : {}),
})

/** The other's cluster; if both describe the same cluster, use the rates derived from this scenario's prompts. */
const clusterFor = ({ self_host }: Scenario, other: SelfHost): SelfHost =>
  self_host && JSON.stringify(clusterOf(self_host)) === JSON.stringify(clusterOf(other)) ? self_host : other
