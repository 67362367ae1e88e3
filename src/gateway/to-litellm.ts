import { windowAt } from '../cost/rates/peak-share.ts'
import { listCard, type RateCard, type Rates } from '../cost/rates/pick-rates.ts'
import { findModel, type Offer, offerAt } from '../cost/rates/price-at.ts'
import { moment } from '../cost/time/week.ts'
import { InputError, type Problem, problems } from '../errors/index.ts'
import type { Book, Model, Rate, Tier } from '../model/book/book.ts'
import { entryOf } from '../model/entry-of.ts'
import { exact } from '../model/number/money.ts'
import type { ScenarioResult } from '../model/result/result.ts'
import type { Routing } from '../model/scenario/routing.ts'
import { type CostKey, type LitellmConfig, litellmSchema, NAMES, PROVIDERS } from './litellm.ts'

export interface GatewayOptions {
  readonly book: Book
  /** Names of models in LiteLLM, by their ids or aliases in the book, instead of ours. */
  readonly names: Readonly<Record<string, string>>
}

/** A configuration, and where LiteLLM's rules are not quite those of the bill. */
export interface Gateway {
  readonly config: LitellmConfig
  readonly remarks: readonly string[]
}

type Path = readonly (string | number)[]

/** Deploys a model that stands at a key; `null` where it cannot be, which is noted as a fault. */
type Deploy = (model: string, path: Path) => Omit<Deployment, 'model_name'> | null

/**
 * The routing of a costed scenario as a config.yaml of LiteLLM's proxy: one model name, whose deployments are the legs
 * with their shares as weights and their prices as custom costs, and its fallbacks.
 *
 * @returns a configuration that fits the keys LiteLLM documents
 * @throws {InputError} every part that has no counterpart there: NO_ROUTING, NOT_IN_GATEWAY, NO_GATEWAY_MODEL, NO_RATE
 */
export const toLitellm = (
  { input, at, name, file, model }: ScenarioResult,
  { book, names }: GatewayOptions,
): Gateway => {
  const { routing } = input
  const located = (path: Path, problem: Problem): Problem => ({ ...problem, path, scenario: file ?? name })
  if (!routing) throw new InputError([located(['model'], problems.noRouting(model ?? ''))])
  const faults = [
    ...notThere(routing).map(({ path, fault }) => located(path, fault)),
    ...strayNames(names, routing, book),
  ]
  const remarks = unsaid(routing)
  const deploy: Deploy = (named, path) => {
    const found = deploymentOf(named, { book, at, names })
    faults.push(...found.faults.map(fault => located(path, fault)))
    remarks.push(...found.remarks)
    return found.deployment
  }
  const legs = legsOf(routing, name, deploy)
  const fallbacks = fallbacksOf(routing, name, deploy)
  if (faults.length > 0) throw new InputError(faults)
  const config: LitellmConfig = {
    model_list: [...legs, ...fallbacks].map(({ model_name, litellm_params, model_info }) => ({
      model_name,
      litellm_params,
      model_info,
    })),
    router_settings: {
      routing_strategy: 'simple-shuffle',
      // A retry may land on another leg, and is not in the costs: the fallback steps in at once.
      num_retries: 0,
      ...(fallbacks.length > 0 ? { fallbacks: [{ [name]: fallbacks.map(({ model_name }) => model_name) }] } : {}),
    },
  }
  return { config: litellmSchema.parse(config), remarks: [...new Set(remarks)] }
}

/** What of a routing the costs of dsprice have, and the file has no need of. */
const unsaid = ({ legs, fallback_share, router_usd_per_1k }: Routing): string[] => {
  const parts = [
    ...(exact(router_usd_per_1k).isZero() ? [] : ["the router's own cost"]),
    ...(fallback_share === 0 ? [] : ['fallback_share']),
    ...(legs.every(({ tokens }) => tokens === '1') ? [] : ["the legs' token multipliers"]),
  ]
  return parts.length === 0 ? [] : [`In the costs of dsprice, but nothing to configure here: ${parts.join(', ')}`]
}

/** What of a routing LiteLLM has no counterpart for, each at its key. */
const notThere = ({ mode, legs }: Routing): { readonly path: Path; readonly fault: Problem }[] => {
  const fault = (path: Path, what: string, fix: string) => ({ path, fault: problems.notInGateway(what, fix) })
  return [
    ...(mode === 'cascade' ? [fault(['routing', 'mode'], 'a cascade', 'write mode: split')] : []),
    ...legs.flatMap(({ self_host, promote_at_turn }, i) => {
      const path = ['routing', 'legs', i]
      const endpoint = 'name the model of an API for the gateway, and point it at your cluster there'
      const early = 'leave promote_at_turn out for the gateway, and promote in your application'
      return [
        ...(self_host ? [fault([...path, 'self_host'], "where your cluster's endpoint is", endpoint)] : []),
        ...(promote_at_turn === null ? [] : [fault([...path, 'promote_at_turn'], 'a promotion at a turn', early)]),
      ]
    }),
  ]
}

/** A deployment a leg, all under one name, the share as its weight. */
const legsOf = ({ legs }: Routing, name: string, deploy: Deploy): Deployment[] =>
  legs.flatMap(({ model, share, self_host }, i) => {
    const own = self_host ? null : deploy(model, ['routing', 'legs', i, 'model'])
    if (!own || share === 0) return []
    return [{ ...own, model_name: name, litellm_params: { ...own.litellm_params, weight: share } }]
  })

/** A fallback under the fleet's own name would be one of its legs. */
const fallbacksOf = ({ fallback }: Routing, name: string, deploy: Deploy): Deployment[] =>
  fallback.flatMap((model, i) => {
    if (fallback.indexOf(model) < i) return []
    const own = deploy(model, ['routing', 'fallback', i])
    return own ? [{ ...own, model_name: model === name ? `${model}-fallback` : model }] : []
  })

/** Names given for models that the routing does not use, or twice for one. */
const strayNames = (names: GatewayOptions['names'], routing: Routing, book: Book): Problem[] => {
  const idOf = (name: string): string => findModel(book, name)?.id ?? name
  const used = [...routing.legs.map(({ model }) => model), ...routing.fallback]
  const known = new Set(used.map(idOf))
  const given = Object.keys(names)
  return given.flatMap((name, i) => {
    if (!known.has(idOf(name))) {
      return [problems.usage(`--map names ${name}, which the routing does not use`, `use one of ${used.join(', ')}`)]
    }
    const before = given.slice(0, i).find(other => idOf(other) === idOf(name))
    return before ? [problems.usage(`--map names one model twice: ${before} and ${name}`, 'keep one of the two')] : []
  })
}

type Deployment = LitellmConfig['model_list'][number]

interface Found {
  readonly deployment: Omit<Deployment, 'model_name'> | null
  readonly faults: readonly Problem[]
  readonly remarks: readonly string[]
}

/** What a model costs, or why it has no price: a fallback that is not costed may have none. */
const offerOrFaults = (book: Book, named: string, at: string): Offer | Problem[] => {
  try {
    return offerAt(book, named, at)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return [...error.problems]
  }
}

const deploymentOf = (named: string, { book, at, names }: GatewayOptions & { readonly at: string }): Found => {
  const offer = offerOrFaults(book, named, at)
  if (Array.isArray(offer)) return { deployment: null, faults: offer, remarks: [] }
  const given = Object.entries(names).find(([name]) => findModel(book, name)?.id === offer.model.id)
  const model = nameOf(offer.model, given?.[1])
  const costs = costsOf(offer, at)
  const faults = [...(model === null ? [problems.noGatewayModel(offer.model.id)] : []), ...costs.faults]
  if (model === null || faults.length > 0) return { deployment: null, faults, remarks: [] }
  // The name says who is asked, whatever the provider of our book is.
  const asked = Object.values(PROVIDERS).find(({ prefix }) => model.startsWith(`${prefix}/`))
  return {
    deployment: {
      litellm_params: { model, ...(asked?.key ? { api_key: `os.environ/${asked.key}` } : {}) },
      model_info: costs.info as Deployment['model_info'],
    },
    faults,
    remarks: [...costs.remarks, ...(asked ? [] : [`${model}: add the credentials that its provider asks for`])],
  }
}

/** What LiteLLM calls a model: as the call says, else its name at its provider behind the provider's prefix. */
const nameOf = ({ id, provider, aliases }: Model, given: string | undefined): string | null => {
  if (given !== undefined) return given
  const reached = entryOf(PROVIDERS, provider)
  if (!reached) return null
  const own = `${provider}/`
  // A host's own name for a model stands among its aliases: together/deepseek-ai/DeepSeek-V4-Pro.
  const hosted = aliases.find(alias => alias.startsWith(own))
  const plain = id.startsWith(own) ? id.slice(own.length) : id
  return `${reached.prefix}/${entryOf(NAMES, id) ?? hosted?.slice(own.length) ?? plain}`
}

interface Costs {
  readonly info: Readonly<Partial<Record<string, number>>>
  readonly faults: readonly Problem[]
  /** Where LiteLLM's rule is not quite that of the bill. */
  readonly remarks: readonly string[]
}

/** The rates in force as custom costs, USD per token. */
const costsOf = ({ model, provider, row }: Offer, at: string): Costs => {
  const { ms, plainDate } = moment(at)
  if (plainDate && row.windows?.length) {
    const fix = `name a moment, and the file has its rates: --at ${at}T12:00Z`
    return {
      info: {},
      faults: [problems.notInGateway(`rates by the hour, as ${model.id} has them,`, fix)],
      remarks: [],
    }
  }
  const rates: Rates = (plainDate ? null : windowAt(row, provider, ms)) ?? row
  const base = cardCosts(listCard(rates), '', model.id)
  const tiers = (row.tiers ?? []).map(tier => tierCosts(tier, model.id))
  return {
    info: Object.assign({}, base.info, ...tiers.map(({ info }) => info)),
    faults: [...base.faults, ...tiers.flatMap(({ faults }) => faults)],
    remarks: [...base.remarks, ...tiers.flatMap(({ remarks }) => remarks)],
  }
}

const tierCosts = (tier: Tier, model: string): Costs => {
  const { threshold, operator } = tier
  if (threshold % 1000 !== 0) {
    const what = `a tier from ${threshold} tokens on, as ${model} has it,`
    return { info: {}, faults: [problems.notInGateway(what, 'route to another model')], remarks: [] }
  }
  // LiteLLM prices the whole request at a tier beyond its threshold; at exactly the threshold, still at the base.
  const remarks =
    operator === '>='
      ? [
          `LiteLLM takes the base rates of ${model} for a prompt of exactly ${threshold} tokens, which is billed at the tier`,
        ]
      : []
  return { ...cardCosts(listCard(tier), `_above_${threshold / 1000}k_tokens`, model), remarks }
}

const PER_TOKEN: readonly { readonly meter: keyof RateCard; readonly key: CostKey }[] = [
  { meter: 'input', key: 'input_cost_per_token' },
  { meter: 'output', key: 'output_cost_per_token' },
  { meter: 'cache_read', key: 'cache_read_input_token_cost' },
  { meter: 'cache_write', key: 'cache_creation_input_token_cost' },
  { meter: 'cache_write_1h', key: 'cache_creation_input_token_cost_above_1hr' },
]

const cardCosts = (card: RateCard, suffix: string, model: string): Costs => {
  const info: Record<string, number> = {}
  const faults: Problem[] = []
  for (const { meter, key } of PER_TOKEN) {
    const rate = rateOf(card, meter)
    if (rate === null) faults.push(problems.noRate(model, meter, 'LiteLLM would take it for 0'))
    else if (rate !== 'not_offered') info[`${key}${suffix}`] = Number(exact(rate).times('0.000001').toFixed())
  }
  const uncached = `${model} offers no cache reads: tokens that LiteLLM counts as cached cost as input`
  return { info, faults, remarks: card.cache_read === 'not_offered' ? [uncached] : [] }
}

/** Cached tokens without a rate of their own are input; LiteLLM would take a cost that is missing for 0. */
const rateOf = (card: RateCard, meter: keyof RateCard): Rate =>
  meter === 'cache_read' && card.cache_read === 'not_offered' ? card.input : card[meter]
