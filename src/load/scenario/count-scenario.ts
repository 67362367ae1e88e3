import type { Load } from '../../cost/cluster/lookup/lookup.ts'
import { findModel, rowAt } from '../../cost/rates/price-at.ts'
import { allPrompts, meanCall } from '../../cost/result/attribute-tokens.ts'
import { keepsReasoning } from '../../cost/workload/keeps-reasoning.ts'
import { fleetSizes } from '../../cost/workload/split-routes.ts'
import { at, collectLater, faultsOf, InputError, type Problem, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import type { Model } from '../../model/book/book.ts'
import { distinct } from '../../model/distinct.ts'
import { entryOf } from '../../model/entry-of.ts'
import { parseInstant } from '../../model/instant.ts'
import { exact, sum } from '../../model/number/money.ts'
import { type CachePolicy, cachePolicy } from '../../model/scenario/cache.ts'
import type { Counted, Request } from '../../model/scenario/counted.ts'
import { type Leg, modelsIn, type Routing, toRouting } from '../../model/scenario/routing.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { readClusters } from '../book/clusters.ts'
import type { LoadedBook } from '../book/loaded-book.ts'
import { countWorkload } from './count-workload.ts'
import { clusterFaults, loadFor, missingModels } from './name-faults.ts'
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
  const cluster = wanted ? await clusterOf(draft, { counted, own, routing, model: alone, priced, files }) : undefined
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

interface Served extends Pick<CountOptions, 'priced' | 'files'> {
  readonly counted: Readonly<Record<string, Counted>>
  /** The workload counted for the first model. */
  readonly own: Counted | undefined
  readonly routing: Routing | undefined
  readonly model: string | null
}

/**
 * Resolves the cluster's prices and rates for the calls that it serves.
 *
 * @throws {InputError} every problem at its key
 */
const clusterOf = async (
  draft: Draft,
  { counted, own, routing, model, priced, files }: Served,
): Promise<SelfHost | undefined> => {
  const { self_host: written, traffic } = draft.written
  if (!written) return undefined
  const { book } = priced
  const leg = model === null ? routing?.legs.find(({ self_host }) => self_host) : undefined
  const request = (leg ? entryOf(counted, leg.model) : own)?.request ?? null
  const load = {
    ...loadFor(written.model ?? model, book, traffic.per === 'run'),
    ...callsOf(draft, { request, leg, routing }, findModel(book, leg?.model ?? model ?? written.model ?? '')),
  }
  const { resolveSelfHost } = await import('../../cost/cluster/lookup/resolve-cluster.ts')
  try {
    return resolveSelfHost(written, load, readClusters(files))
  } catch (error) {
    throw new InputError(faultsOf(error).map(draft.locate))
  }
}

/** The mean call that a cluster serves: that of its leg or, if it is an alternative to the API, of all requests. */
const callsOf = (
  { written: { totals } }: Draft,
  { request, leg, routing }: { request: Request | null; leg: Leg | undefined; routing: Routing | undefined },
  served: Model | undefined,
): Pick<Load, 'prompt' | 'output' | 'lengthKnown'> => {
  if (!request) return { prompt: totals?.input ?? null, output: totals?.output ?? null, lengthKnown: false }
  const legs = leg ? [{ share: 1, tokens: leg.tokens }] : (routing?.legs ?? [{ share: 1, tokens: '1' }])
  const times = sum(legs.map(({ share, tokens }) => exact(tokens).times(exact(String(share))))).toNumber()
  const { prompt, output } = meanCall(
    request,
    keepsReasoning(request, { model: served ?? {}, row: served?.prices.at(-1) }),
  )
  return { prompt: prompt * times, output: output * times, lengthKnown: true }
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
