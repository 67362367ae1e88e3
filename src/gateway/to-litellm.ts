import { findModel, type Offer, offerAt } from '../cost/rates/price-at.ts'
import { STANDARD, type Terms } from '../cost/rates/served-row.ts'
import { withTerms } from '../cost/workload/serving.ts'
import { faultsOf, InputError, type Problem, problems } from '../errors/index.ts'
import type { Book, Model } from '../model/book/book.ts'
import type { GatewayNames } from '../model/book/market-schema.ts'
import { entryOf } from '../model/entry-of.ts'
import { exact } from '../model/number/money.ts'
import type { ScenarioResult, Warning } from '../model/result/result.ts'
import type { Leg, Routing } from '../model/scenario/routing.ts'
import { customCosts } from './custom-costs.ts'
import { type LitellmConfig, litellmSchema } from './litellm.ts'

export interface GatewayOptions {
  readonly book: Book
  /** LiteLLM's names of our providers and models. */
  readonly gatewayNames: GatewayNames
  /** Names from the user that override them, by id or alias in the book. */
  readonly names: Readonly<Record<string, string>>
}

/** A configuration, and remarks on where LiteLLM's rules differ from the provider's billing. */
export interface Gateway {
  readonly config: LitellmConfig
  readonly remarks: readonly string[]
  /** Parts of the billing that the configuration cannot express, at their keys. */
  readonly warnings: readonly Warning[]
}

type Path = readonly (string | number)[]

/** A model, and its service and region where they differ from the scenario's. */
type Called = Pick<Leg, 'model' | 'service' | 'region'>

/** Builds the deployment of the model named at a key; `null` if that fails, with the problem recorded. */
type Deploy = (called: Called, path: Path) => Omit<Deployment, 'model_name'> | null

/**
 * Converts the routing of a priced scenario to a config.yaml for LiteLLM's proxy: one model name and its fallbacks.
 * Each leg becomes a deployment, with its share as weight and its prices as custom costs.
 *
 * @returns a configuration with only keys that LiteLLM documents
 * @throws {InputError} every part that LiteLLM cannot express: NO_ROUTING, NOT_IN_GATEWAY, NO_GATEWAY_MODEL, NO_RATE
 */
export const toLitellm = ({ input, at, name, file, model }: ScenarioResult, options: GatewayOptions): Gateway => {
  const { routing } = input
  const { book, names } = options
  const located = (path: Path, problem: Problem): Problem => ({ ...problem, path, scenario: file ?? name })
  if (!routing) throw new InputError([located(['model'], problems.noRouting(model ?? ''))])
  const faults = [
    ...notThere(routing).map(({ path, fault }) => located(path, fault)),
    ...strayNames(names, routing, book),
  ]
  const remarks = unsaid(routing)
  const warnings: Warning[] = []
  const deploy: Deploy = (
    { model: named, service = input.service ?? STANDARD, region = input.region ?? null },
    path,
  ) => {
    const found = deploymentOf(named, { ...options, at, terms: { service, region } })
    faults.push(...found.faults.map(fault => located(path, fault)))
    remarks.push(...found.remarks)
    if (found.holidays) warnings.push({ ...noHolidays(named), path: path.join('.'), scenario: file ?? name, at: null })
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
      // A retry may go to another leg and is not in the costs, so the fallback is used at once.
      num_retries: 0,
      ...(fallbacks.length > 0 ? { fallbacks: [{ [name]: fallbacks.map(({ model_name }) => model_name) }] } : {}),
    },
  }
  return { config: litellmSchema.parse(config), remarks: [...new Set(remarks)], warnings }
}

const noHolidays = (model: string): Pick<Warning, 'code' | 'what' | 'fix'> => ({
  code: 'NO_GATEWAY_HOLIDAYS',
  what: `LiteLLM has no holidays: on those of ${model}'s provider it takes the rates of an ordinary day`,
  fix: 'expect its costs to differ on public holidays',
})

/** Remarks on parts of a routing that dsprice prices but the configuration does not contain. */
const unsaid = ({ legs, fallback_share, router_usd_per_1k }: Routing): string[] => {
  const parts = [
    ...(exact(router_usd_per_1k).isZero() ? [] : ["the router's own cost"]),
    ...(fallback_share === 0 ? [] : ['fallback_share']),
    ...(legs.every(({ tokens }) => tokens === '1') ? [] : ["the legs' token multipliers"]),
  ]
  return parts.length === 0 ? [] : [`Included in the costs, but not part of this configuration: ${parts.join(', ')}`]
}

/** Problems for parts of a routing without a counterpart in LiteLLM, each at its key. */
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

/** One deployment per leg, all under the same name, with the share as weight. */
const legsOf = ({ legs }: Routing, name: string, deploy: Deploy): Deployment[] =>
  legs.flatMap((leg, i) => {
    const { share, self_host } = leg
    const own = self_host ? null : deploy(leg, ['routing', 'legs', i, 'model'])
    if (!own || share === 0) return []
    return [{ ...own, model_name: name, litellm_params: { ...own.litellm_params, weight: share } }]
  })

/** The fallbacks, under names of their own: under the fleet's name they would become legs. */
const fallbacksOf = ({ fallback }: Routing, name: string, deploy: Deploy): Deployment[] =>
  fallback.flatMap((model, i) => {
    if (fallback.indexOf(model) < i) return []
    const own = deploy({ model }, ['routing', 'fallback', i])
    return own ? [{ ...own, model_name: model === name ? `${model}-fallback` : model }] : []
  })

/** Problems for names given for a model that the routing does not use, or twice for one model. */
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
  readonly holidays?: boolean
}

/** The book, moment, service and region of a deployment's rates. */
interface Priced {
  readonly book: Book
  readonly at: string
  readonly terms: Terms
}

/** A model's rates or, as a fallback that is not priced may have none, the problems. */
const offerOrFaults = (named: string, { book, at, terms }: Priced): Offer | Problem[] => {
  try {
    return offerAt(book, named, at, terms)
  } catch (error) {
    return [...faultsOf(error)]
  }
}

const deploymentOf = (named: string, options: GatewayOptions & Priced): Found => {
  const { book, at, names, gatewayNames } = options
  const offer = offerOrFaults(named, options)
  if (Array.isArray(offer)) return { deployment: null, faults: offer, remarks: [] }
  const given = Object.entries(names).find(([name]) => findModel(book, name)?.id === offer.model.id)
  const model = given?.[1] ?? litellmName(offer.model, gatewayNames)
  const costs = customCosts(offer, at)
  const faults = [...(model === null ? [problems.noGatewayModel(offer.model.id)] : []), ...costs.faults]
  if (model === null || faults.length > 0) return { deployment: null, faults, remarks: [] }
  // The name determines which provider LiteLLM calls, whatever the provider in our book is.
  const asked = Object.values(gatewayNames.providers)
    .flatMap(({ litellm }) => litellm ?? [])
    .find(({ prefix }) => model.startsWith(`${prefix}/`))
  return {
    deployment: {
      litellm_params: { model, ...(asked?.key ? { api_key: `os.environ/${asked.key}` } : {}) },
      model_info: costs.info as Deployment['model_info'],
    },
    faults,
    holidays: costs.holidays ?? false,
    remarks: [
      ...costs.remarks,
      ...notAsked(offer),
      ...(asked ? [] : [`${model}: add the credentials that its provider asks for`]),
    ],
  }
}

/** A remark on rates that hold only for requests that ask for them. */
const notAsked = ({ model: { id }, terms }: Offer): string[] => {
  const called = withTerms(id, terms)
  return called === id ? [] : [`The rates of ${called} are written, but nothing here asks the provider for them`]
}

/** LiteLLM's name of a model: the provider's prefix and the name in its API; `null` if no prefix is known. */
const litellmName = ({ id, provider, aliases }: Model, { providers, models }: GatewayNames): string | null => {
  const reached = entryOf(providers, provider)?.litellm
  if (!reached) return null
  const own = `${provider}/`
  // The name in a host's API is one of the aliases: together/deepseek-ai/DeepSeek-V4-Pro.
  const hosted = aliases.find(alias => alias.startsWith(own))
  const plain = id.startsWith(own) ? id.slice(own.length) : id
  return `${reached.prefix}/${entryOf(models, id) ?? hosted?.slice(own.length) ?? plain}`
}
