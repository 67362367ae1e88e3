import { findModel, rowAt } from '../../cost/rates/price-at.ts'
import { allPrompts } from '../../cost/result/attribute-tokens.ts'
import type { ServedCalls } from '../../cost/result/resolve-cluster.ts'
import { keepsReasoning } from '../../cost/workload/keeps-reasoning.ts'
import { fleetSizes } from '../../cost/workload/split-routes.ts'
import { at, collectLater, faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { distinct } from '../../model/distinct.ts'
import { entryOf } from '../../model/entry-of.ts'
import { parseInstant } from '../../model/instant.ts'
import { type CachePolicy, cachePolicy } from '../../model/scenario/cache.ts'
import type { Counted } from '../../model/scenario/counted.ts'
import { modelsIn, type Routing, toRouting } from '../../model/scenario/routing.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { readClusters } from '../book/clusters.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { countWorkload } from './count-workload.ts'
import { clusterFaults, missingModels } from './name-faults.ts'
import type { Draft } from './scenario.ts'

interface CountOptions {
  readonly priced: LoadedBook
  readonly files: Pick<Files, 'shipped' | 'shippedNames'>
  /** Id or alias that overrides the scenario's model. */
  readonly model?: string | undefined
  /** Further models to count the scenario's texts for. */
  readonly also?: readonly string[]
  /** Whether to resolve the cluster; default: yes. */
  readonly cluster?: boolean
}

/**
 * Counts a draft's texts for the models that serve it; lengths given as numbers are the same for all, unless
 * `tokens_of` says whose tokens they are.
 *
 * @throws {InputError} MISSING_KEY without a model; UNKNOWN_MODEL in `tokens_of`; NO_TOKENIZER, REASONING_OVER_OUTPUT, located
 */
export const countScenario = async (
  draft: Draft,
  { priced, files, model, also = [], cluster: wanted = true }: CountOptions,
): Promise<Scenario> => {
  const { written, file, defaults } = draft
  const routing = written.routing && toRouting(written.routing, written.self_host?.model ?? '')
  const names = namesIn({ model, written, routing })
  const [first] = names
  if (first === undefined) throw new InputError([draft.locate(at(['model'], problems.noRoute()))])
  const counted = await countFor(draft, [...new Set([...names, ...also])], { priced, files })
  const own = entryOf(counted, first)
  const alone = model ?? written.model ?? null
  const calls = { traffic: written.traffic, totals: written.totals ?? null, request: own?.request ?? null, counted }
  const cluster = wanted ? await clusterOf(draft, { ...calls, model: alone, routing }, { priced, files }) : undefined
  const { name, description, at: moment, tags, traffic, totals = null, cache } = written
  return {
    name,
    ...(description === undefined ? {} : { description }),
    file,
    ...(moment === undefined ? {} : { at: moment }),
    model: alone,
    ...(alone === null && routing ? { routing } : {}),
    tags,
    traffic,
    request: own?.request ?? null,
    ...(alone === null && byModel(written, own) ? { counted } : {}),
    ...(alone !== null && routing ? sizesIn(routing) : {}),
    totals: own?.totals ?? totals,
    cache: await cacheOf(draft, cachePolicy(cache), { priced, files }),
    ...(cluster ? { self_host: cluster } : {}),
    ...carried(written),
    counting: own?.counting ?? null,
    ...(own?.conversion ? { conversion: own.conversion } : {}),
    ...(own?.contents ? { contents: own.contents } : {}),
    defaults,
    ...configuredIn(draft),
  }
}

/** Known usage with the prompt tokens that it is a part of, where both are tokens of a model that `tokens_of` names. */
const cacheOf = async (
  draft: Draft,
  policy: CachePolicy,
  { priced, files }: Pick<CountOptions, 'priced' | 'files'>,
): Promise<CachePolicy> => {
  const { request, totals, at: moment } = draft.written
  const owner = (request ?? totals)?.tokens_of
  if (policy.policy !== 'usage' || owner === undefined) return policy
  if (totals) return { ...policy, of: totals.input }
  const counted = (await countWorkload(draft, owner, { priced, files })).request
  if (!counted) return policy
  const model = findModel(priced.book, owner)
  const row = model && (moment === undefined ? model.prices.at(-1) : rowAt(model, parseInstant(moment) ?? Number.NaN))
  const keeps = keepsReasoning(counted, { model: model ?? {}, row })
  return { ...policy, of: allPrompts(counted, keeps).toNumber() }
}

/** What the configuration set, for results: keys with their values and places. */
const configuredIn = ({ configured }: Draft): Pick<Scenario, 'configured'> => {
  if (configured.length === 0) return {}
  const said = configured.map(({ path, value, place: { at = '' } }) => ({
    key: path.join('.'),
    value: typeof value === 'string' ? value : JSON.stringify(value),
    at,
  }))
  return { configured: said }
}

/** Whether the tokens differ from model to model. */
const byModel = ({ request, totals }: Draft['written'], own: Counted | undefined): boolean =>
  (own?.counting ?? null) !== null || own?.contents !== undefined || (request ?? totals)?.tokens_of !== undefined

/** The keys that a counted scenario passes through unchanged, including any added in future. */
const carried = (written: Draft['written']) => {
  const { name, description, pricing, at: moment, model, routing, tags, traffic, ...rest } = written
  const { request, totals, cache, self_host, ...kept } = rest
  return kept
}

/**
 * Resolves the cluster's prices and rates for the calls that it serves.
 *
 * @throws {InputError} every problem at its key
 */
const clusterOf = async (
  draft: Draft,
  served: ServedCalls,
  { priced, files }: Pick<CountOptions, 'priced' | 'files'>,
): Promise<SelfHost | undefined> => {
  const { self_host: written } = draft.written
  if (!written) return undefined
  const { resolveCluster } = await import('../../cost/result/resolve-cluster.ts')
  try {
    return resolveCluster(written, served, { book: priced.book, clusters: readClusters(files) })
  } catch (error) {
    throw new InputError(faultsOf(error).map(draft.locate))
  }
}

/** The models to count for: the requested one, else those that the scenario names. */
const namesIn = ({
  model,
  written,
  routing,
}: {
  model: string | undefined
  written: Draft['written']
  routing: Routing | undefined
}): string[] => {
  const alone = model ?? written.model
  if (alone !== undefined) return [alone]
  return routing ? modelsIn(routing) : []
}

/** A fleet's requests keep their sizes when one model serves them all. */
const sizesIn = (routing: Routing): Pick<Scenario, 'sizes'> => {
  const sizes = fleetSizes(routing)
  return sizes.every(({ tokens }) => tokens === '1') ? {} : { sizes }
}

/** Counts the workload for each model; without text the counts are the same for all. */
const countFor = async (
  draft: Draft,
  names: readonly string[],
  { priced, files }: Pick<CountOptions, 'priced' | 'files'>,
): Promise<Record<string, Counted>> => {
  const counted = new Map<string, Counted>()
  const faults: Problem[] = []
  for (const name of names) {
    const found = await collectLater(faults, () => countWorkload(draft, name, { priced, files }))
    if (found) counted.set(name, found)
  }
  if (faults.length > 0) throw new InputError(distinct(faults))
  return Object.fromEntries(counted)
}

/**
 * Counts a draft's texts for its models, which the book must have.
 *
 * @throws {InputError} UNKNOWN_MODEL for each at its key, with problems of the cluster; else as `countScenario`
 */
export const countPriced = async (
  draft: Draft,
  priced: LoadedBook,
  files: Files,
  options: Pick<CountOptions, 'model' | 'also'> = {},
): Promise<Scenario> => {
  const named = { data: draft.written, model: options.model, selfHost: draft.written.self_host }
  const missing = missingModels(named, { priced, files })
  if (missing.length > 0) {
    throw new InputError([...missing, ...(await clusterFaults(named, { priced, files }))].map(draft.locate))
  }
  return countScenario(draft, { priced, files, ...options })
}
