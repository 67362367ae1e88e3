import { InputError, problems } from '../../errors/index.ts'
import type { BatchRule, Book, CacheRule, Model, Price, Provider } from '../../model/book/book.ts'
import { NO_RULES } from '../../model/book/choices.ts'
import { entryOf } from '../../model/entry-of.ts'
import { parseInstant } from '../../model/instant.ts'
import { nearest } from '../../model/nearest.ts'
import { remembered } from '../../model/remembered.ts'
import type { NameRule } from './name-places.ts'
import { candidatesOf, coreOf } from './name-rules.ts'
import { STANDARD, serveRow, type Terms } from './served-row.ts'
import { span } from './span.ts'

type NoRule = (typeof NO_RULES)[number]

/** A model with the row and the rules that apply at one moment. */
export interface Offer {
  readonly model: Model
  readonly provider: Provider
  /** The row at the rates of the service and the region. */
  readonly row: Price
  /** The row as the book has it. */
  readonly listed: Price
  readonly terms: Terms
  /** Why prompts above the row's thresholds have no rate; `null` if they have one. */
  readonly longPrompts: string | null
  readonly cacheRule: CacheRule
  /** `known`: the provider's rule applies; `none`: nothing is cached; `unknown`: caching is undocumented. */
  readonly caching: 'known' | NoRule
  /** `null`: whether there is a batch tier is unknown. */
  readonly batchRule: BatchRule | 'not_offered' | null
}

/** Every name of a model: its id, its aliases, and its id prefixed with its provider's. */
export const namesOf = (model: Model): string[] => [model.id, ...model.aliases, `${model.provider}/${model.id}`]

/** Index of a book's models, built once for each list of models: a catalogue has thousands. */
interface Index {
  /** The first model with a name, by the name in lower case. */
  readonly byName: ReadonlyMap<string, Model>
  readonly providers: ReadonlySet<string>
  /** The models that rules find, cached for each other name asked for; `null`: none. */
  readonly byRule: Map<string, Resolved | null>
  /** The nearest names, cached for each unknown name asked for. */
  readonly near: Map<string, readonly string[]>
}

/** A model, and the rule by which its name was found; `null`: by its id or an alias. */
export interface Resolved {
  readonly model: Model
  readonly rule: NameRule | null
}

const indices = new WeakMap<Book['models'], Index>()

const indexOf = ({ models }: Pick<Book, 'models'>): Index => {
  const known = indices.get(models)
  if (known) return known
  const byName = new Map<string, Model>()
  for (const model of models) {
    for (const name of namesOf(model)) {
      const key = name.toLowerCase()
      if (!byName.has(key)) byName.set(key, model)
    }
  }
  const index = {
    byName,
    providers: new Set(models.map(({ provider }) => provider)),
    byRule: new Map(),
    near: new Map(),
  }
  indices.set(models, index)
  return index
}

/** The model with that id or alias, ignoring case, or with the name that a rule makes of it; never a similar one. */
export const findModel = (book: Pick<Book, 'models'>, name: string): Model | undefined => resolveName(book, name)?.model

/** The model of a name, and the rule that found it. */
export const resolveName = (book: Pick<Book, 'models'>, name: string): Resolved | undefined => {
  const index = indexOf(book)
  const model = index.byName.get(name.toLowerCase())
  if (model) return { model, rule: null }
  const known = index.byRule.get(name)
  if (known !== undefined) return known ?? undefined
  const found = byRule(index, name)
  if (index.byRule.size < MOST_KEPT) index.byRule.set(name, found)
  return found ?? undefined
}

/** Names kept with what rules found for them: a log may have any number. */
const MOST_KEPT = 1000

/** The one model that the closest names lead to; `null`: none, or several. */
const byRule = ({ byName, providers }: Index, name: string): Resolved | null => {
  for (const candidates of candidatesOf(name, id => providers.has(id))) {
    const hits = candidates.flatMap(({ name: one, providers: may, rule }) => {
      const model = byName.get(one)
      return model && (may === null || may.includes(model.provider)) ? [{ model, rule, plain: !one.includes('/') }] : []
    })
    // A maker's own row has the name without a path.
    const [hit, ...rest] = hits.some(({ plain }) => plain) ? hits.filter(({ plain }) => plain) : hits
    if (hit) return rest.every(({ model }) => model === hit.model) ? { model: hit.model, rule: hit.rule } : null
  }
  return null
}

/** Ids of models with similar names: of the provider that the name says, else of any. */
const nearestIn = (book: Book, name: string): readonly string[] => {
  const { near, providers } = indexOf(book)
  const known = near.get(name)
  if (known) return known
  const { core, providers: meant } = coreOf(name, id => providers.has(id))
  const close = (models: readonly Model[], called: (name: string, model: Model) => string): string[] => {
    const named = models.flatMap(model =>
      [model.id, ...model.aliases].map(one => [called(one, model), model.id] as const),
    )
    const ids = new Map(named.toReversed())
    return [...new Set(nearest(core, [...ids.keys()]).flatMap(one => ids.get(one) ?? []))]
  }
  const own = book.models.filter(({ provider }) => meant?.includes(provider))
  const here = close(own, (one, { provider }) =>
    one.startsWith(`${provider}/`) ? one.slice(provider.length + 1) : one,
  )
  const found = here.length > 0 ? here : close(book.models, one => one)
  near.set(name, found)
  return found
}

const spanOf = remembered((row: Price) => span(row))

/** The row in force at a moment; rows are half-open. `ms`: milliseconds since 1970. */
export const rowAt = (model: Model, ms: number): Price | undefined =>
  model.prices.find(row => spanOf(row).from <= ms && ms < spanOf(row).to)

/** The spans of time in which a model has prices, in words; adjacent rows form one span. */
export const spansOf = (model: Model): string => {
  const spans: { from: string; to: string | null | undefined }[] = []
  for (const { from, to } of model.prices) {
    const last = spans.at(-1)
    if (last && span(last).to === span({ from }).from) last.to = to
    else spans.push({ from, to })
  }
  return spans.map(({ from, to }) => (to == null ? `from ${from} on` : `from ${from} until ${to}`)).join(' and ')
}

/** Whether two names are those of one model. */
export const isSameModel = (book: Book, a: string, b: string): boolean =>
  a === b || (findModel(book, a)?.id ?? a) === (findModel(book, b)?.id ?? b)

/**
 * A model's rates and rules at a moment.
 *
 * @param at - a date (00:00 UTC) or an instant
 * @param terms - service and region; default: standard, none
 * @throws {InputError} UNKNOWN_MODEL with the nearest names; NO_PRICE_AT with the spans that have a price; NO_SERVICE,
 *   NO_REGION
 */
export const offerAt = (book: Book, name: string, at: string, terms: Terms = PLAIN): Offer => {
  const model = findModel(book, name)
  if (!model) throw new InputError([unknownModel(book, name)])
  const row = rowAt(model, parseInstant(at) ?? Number.NaN)
  if (!row) throw new InputError([problems.noPriceAt(model.id, at, spansOf(model))])
  const provider = entryOf(book.providers, model.provider)
  const rule = provider && cacheRuleOf(provider, model, row)
  if (!provider || !rule) throw new Error(`book ${book.version}: ${model.id} names no known provider and cache rule`)
  const known = typeof rule === 'string' ? NOTHING_KEPT : inTodaysWords(rule)
  return {
    model,
    provider,
    ...serveRow({ model, provider, row, at }, terms),
    listed: row,
    terms,
    cacheRule: model.cache?.minimum === undefined ? known : { ...known, minimum: model.cache.minimum },
    caching: typeof rule === 'string' ? rule : 'known',
    batchRule: batchRuleOf(book, model),
  }
}

/** Older books call marks that the caller sets breakpoints. */
const inTodaysWords = (rule: CacheRule): CacheRule =>
  rule.match === 'breakpoints' ? { ...rule, match: 'marks', marks: 'caller' } : rule

const PLAIN: Terms = { service: STANDARD, region: null }

// Used without a rule: a prefix with a lifetime of zero is never found.
const NOTHING_KEPT: CacheRule = {
  match: 'blocks',
  block: 1,
  minimum: 0,
  lifetimes: [{ ttl_s: 1, write: null }],
  stores_output: false,
  source: '',
}

/** The name of the cache rule of a row, else of its model, else the provider's `default`. */
export const ruleNameOf = (model: Pick<Model, 'cache'>, row: Pick<Price, 'cache'>): string =>
  row.cache ?? model.cache?.rule ?? 'default'

/**
 * The cache rule of that name; `none` and `unknown` need no entry. `undefined`: the provider has no rule of that name.
 */
export const findRule = ({ cache }: Provider, name: string): CacheRule | NoRule | undefined =>
  entryOf(cache, name) ?? NO_RULES.find(one => one === name)

/** The cache rule that applies to a row. */
export const cacheRuleOf = (provider: Provider, model: Model, row: Price): CacheRule | NoRule | undefined =>
  findRule(provider, ruleNameOf(model, row))

/** A model's batch rule, else its provider's; `null`: unknown. */
export const batchRuleOf = ({ providers }: Book, { batch, provider }: Model): Offer['batchRule'] =>
  batch === undefined ? (entryOf(providers, provider)?.batch ?? null) : batch

/** Context and longest output while the row is in force, tokens; `null`: unknown. */
export const limitsOf = ({ model, row }: Pick<Offer, 'model' | 'row'>): Pick<Model, 'context' | 'max_output'> => ({
  context: row.context ?? model.context,
  max_output: row.max_output ?? model.max_output,
})

/**
 * The problem for an unknown model name. `elsewhere`: other books that have the model; `argument`: the option that
 * chose this book; `beyond`: the catalogue under it.
 */
export const unknownModel = (
  book: Book,
  name: string,
  {
    elsewhere = [],
    argument = book.version,
    beyond,
  }: { readonly elsewhere?: readonly string[]; readonly argument?: string; readonly beyond?: Book | undefined } = {},
) => {
  const near = nearestIn(book, name)
  return problems.unknownModel(name, book.version, {
    near: near.length === 0 && beyond ? nearestIn(beyond, name) : near,
    elsewhere,
    argument,
  })
}
