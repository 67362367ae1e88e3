import { findModel } from '../../cost/rates/price-at.ts'
import type { PricedBook } from '../../cost/result/estimate.ts'
import { sourcesIn } from '../../cost/result/excerpt.ts'
import { servedModels } from '../../cost/workload/serving.ts'
import type { Book } from '../../model/book/book.ts'
import type { Clusters } from '../../model/book/clusters.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'

/** Every model whose prices a page of these scenarios can ask for, by the names that the scenarios give them. */
export const namesIn = (scenarios: readonly Scenario[]): string[] => [
  ...new Set(
    scenarios.flatMap(scenario => [
      ...servedModels(scenario),
      ...(scenario.routing ? [...scenario.routing.baselines, ...scenario.routing.fallback] : []),
      ...(scenario.self_host?.model ? [scenario.self_host.model] : []),
    ]),
  ),
]

/** A book with the whole history of some models, their providers and sources; `null`: it lacks one of the required. */
export const excerptHistory = (
  priced: PricedBook,
  { required, also }: { readonly required: readonly string[]; readonly also: readonly string[] },
): PricedBook | null => {
  const { book } = priced
  const found = required.map(name => findModel(book, name))
  if (found.some(model => model === undefined)) return null
  const models = new Set([...found, ...also.map(name => findModel(book, name))].flatMap(model => model ?? []))
  const own = book.models.filter(model => models.has(model)).map(unjudged)
  const named = pick(book.providers, new Set(own.map(({ provider }) => provider)))
  const providers = Object.fromEntries(Object.entries(named).map(([id, provider]) => [id, unjudged(provider)]))
  const { $schema: _schema, note: _note, ...rest } = book
  const excerpt: Book = {
    ...rest,
    providers,
    models: own,
    sources: pick(book.sources, new Set(sourcesIn([own, providers]))),
  }
  return { ...priced, book: excerpt }
}

/** Without what `route` and `--require` judge by, which no figure of a page rests on. */
const unjudged = <T extends { readonly scores?: unknown; readonly facts?: unknown }>(one: T): T => {
  const { scores: _scores, facts: _facts, ...kept } = one
  return kept as T
}

const pick = <T>(record: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)))

/** The cluster book without the measurements and prices of GPUs that none of these clusters has. */
export const excerptClusters = (clusters: Clusters, scenarios: readonly Scenario[]): Clusters | null => {
  const own = scenarios.flatMap(({ self_host }) => self_host ?? [])
  if (own.length === 0) return null
  const gpus = new Set(own.flatMap(({ gpu }) => gpu ?? []))
  const rows = new Set(own.flatMap(({ row, nearest }) => [row?.id, nearest?.id].flatMap(id => id ?? [])))
  return {
    ...clusters,
    throughput: clusters.throughput.filter(({ id, gpu }) => rows.has(id) || gpus.has(gpu)),
    gpu_prices: clusters.gpu_prices.filter(({ gpu }) => gpus.has(gpu)),
  }
}
