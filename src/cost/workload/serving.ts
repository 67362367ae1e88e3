import type { Book } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { exact } from '../../model/number/money.ts'
import type { Counted } from '../../model/scenario/counted.ts'
import type { Routing } from '../../model/scenario/routing.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { findModel } from '../rates/price-at.ts'

/** Who serves a scenario: one model, or the legs of a fleet; and the cluster that could, or that serves a leg. */
export type Serving = Pick<Scenario, 'model' | 'routing' | 'self_host'>

/** Every model that a scenario pays, by the names it gives them: neither its baselines nor an unused fallback. */
export const modelsOf = ({ model, routing }: Serving): string[] => {
  if (!routing) return [model ?? '']
  const { legs, fallback, fallback_share } = routing
  return [...new Set([...legs.map(leg => leg.model), ...(fallback_share === 0 ? [] : fallback.slice(0, 1))])]
}

/** The id that a book has for a name, else the name itself. */
const modelId = (book: Book, name: string): string => findModel(book, name)?.id ?? name

const percent = (share: number): string => `${exact(String(share)).times(100).toFixed()}%`

/** A fleet in a few words. @example split of 80% deepseek-v4, 20% claude-sonnet-4 (×2 tokens) */
export const fleetInWords = ({ mode, legs }: Routing, nameOf: (model: string) => string = name => name): string => {
  const each = legs.map(({ model, share, tokens, promote_at_turn, self_host }) => {
    const extra = [
      ...(self_host ? ['self-hosted'] : []),
      ...(tokens === '1' ? [] : [`×${tokens} tokens`]),
      ...(promote_at_turn === null ? [] : [`from turn ${promote_at_turn}`]),
    ]
    return `${percent(share)} ${nameOf(model)}${extra.length > 0 ? ` (${extra.join(', ')})` : ''}`
  })
  return `${mode} of ${each.join(', ')}`
}

/** Who serves, by the ids of a book, with all that costs something in addition to the legs. */
export const servingInWords = ({ model, routing }: Serving, book: Book): string => {
  if (!routing) return modelId(book, model ?? '')
  const { fallback, fallback_share, router_usd_per_1k } = routing
  const failing = `${percent(fallback_share)} falling back to ${modelId(book, fallback[0] ?? '')}`
  return [
    fleetInWords(routing, name => modelId(book, name)),
    ...(fallback_share === 0 ? [] : [failing]),
    ...(exact(router_usd_per_1k).isZero() ? [] : [`a router at $${router_usd_per_1k} per 1,000 requests`]),
  ].join('; ')
}

/** Whether two scenarios are served alike, each by the names of its own book; baselines cost nothing. */
export const isServedAlike = (a: Serving, b: Serving, books: { readonly a: Book; readonly b: Book }): boolean =>
  routeOf(a, books.a) === routeOf(b, books.b)

const routeOf = ({ model, routing, self_host }: Serving, book: Book): string => {
  const cluster = self_host ? clusterOf(self_host) : null
  if (!routing) return JSON.stringify({ model: modelId(book, model ?? ''), cluster })
  const { baselines, fallback, fallback_share, legs, ...rest } = routing
  return JSON.stringify({
    ...rest,
    cluster,
    legs: legs.map(leg => ({ ...leg, model: modelId(book, leg.model) })),
    // A fallback without a share is for the gateway alone.
    fallback: fallback_share === 0 ? null : [fallback_share, modelId(book, fallback[0] ?? '')],
  })
}

/** What a scenario says of its cluster; what follows from the length of its prompts is the workload's. */
const clusterOf = ({ rates, nearest, notes, ...said }: SelfHost): unknown => ({
  ...said,
  rates: rates.kind === 'roofline' ? rates.kind : rates,
})

/**
 * A scenario's work served as another one is.
 *
 * @param counted - its texts counted for the models of the other, beside those that it is counted for already
 * @returns `null` where its texts are not counted for one of them
 */
export const servedAs = (
  scenario: Scenario,
  other: Serving,
  counted: Readonly<Record<string, Counted>> = {},
): Scenario | null => {
  const { model, routing, self_host, counted: own = {}, ...work } = scenario
  const as = {
    model: other.model,
    ...(other.routing ? { routing: other.routing } : {}),
    ...(other.self_host ? { self_host: clusterFor(scenario, other.self_host) } : {}),
  }
  if (work.counting === null) return { ...work, ...as }
  const known = { ...own, ...(model === null ? {} : { [model]: scenario }), ...counted }
  const wanted = modelsOf(other).map(name => [name, entryOf(known, name)] as const)
  if (wanted.some(([, found]) => found === undefined)) return null
  const found = Object.fromEntries(
    wanted.flatMap(([name, one]) => (one ? [[name, { request: one.request, counting: one.counting }]] : [])),
  )
  const first = found[modelsOf(other)[0] ?? '']
  return { ...work, ...first, ...as, ...(other.routing ? { counted: found } : {}) }
}

/** The other's cluster; where both say the same of it, with the rates that follow from this one's prompts. */
const clusterFor = ({ self_host }: Scenario, other: SelfHost): SelfHost =>
  self_host && JSON.stringify(clusterOf(self_host)) === JSON.stringify(clusterOf(other)) ? self_host : other
