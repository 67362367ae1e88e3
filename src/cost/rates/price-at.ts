import { InputError, problems } from '../../errors/index.ts'
import type { BatchRule, Book, CacheRule, Model, Price, Provider } from '../../model/book/book.ts'
import { NO_RULES } from '../../model/book/choices.ts'
import { entryOf } from '../../model/entry-of.ts'
import { nearest } from '../../model/nearest.ts'
import { remembered } from '../../model/remembered.ts'
import { parseInstant } from '../../model/time.ts'

type NoRule = (typeof NO_RULES)[number]

/** A model with the row and the rules that hold for it at one moment. */
export interface Offer {
  readonly model: Model
  readonly provider: Provider
  readonly row: Price
  readonly cacheRule: CacheRule
  /** Whether that rule is the provider's; else `none`: nothing is cached, or `unknown`: nobody says how. */
  readonly caching: 'known' | NoRule
  /** `null`: whether there is a batch tier is unknown. */
  readonly batchRule: BatchRule | 'not_offered' | null
}

/** Every name a model answers to: its id, its aliases, and its id behind its provider's. */
export const namesOf = (model: Model): string[] => [model.id, ...model.aliases, `${model.provider}/${model.id}`]

/** What a book's models are looked up by, made once for each list of models: a catalogue has thousands. */
interface Index {
  /** The first model that claims a name, by the name in small letters. */
  readonly byName: ReadonlyMap<string, Model>
  /** The nearest names of those that were asked for and are not there. */
  readonly near: Map<string, readonly string[]>
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
  const index = { byName, near: new Map() }
  indices.set(models, index)
  return index
}

/** The model of that id or alias, whatever its case; never a sibling's. */
export const findModel = (book: Pick<Book, 'models'>, name: string): Model | undefined =>
  indexOf(book).byName.get(name.toLowerCase())

const nearestIn = (book: Book, name: string): readonly string[] => {
  const { near } = indexOf(book)
  const known = near.get(name)
  if (known) return known
  const names = book.models.flatMap(model => [model.id, ...model.aliases])
  const found = [...new Set(nearest(name, names).map(one => findModel(book, one)?.id ?? one))]
  near.set(name, found)
  return found
}

/** First and last moment of a row in milliseconds since 1970; an open row ends at Infinity. */
export const span = ({ from, to }: Pick<Price, 'from'> & { readonly to?: string | null | undefined }) => ({
  from: parseInstant(from) ?? Number.NEGATIVE_INFINITY,
  to: to == null ? Number.POSITIVE_INFINITY : (parseInstant(to) ?? Number.NEGATIVE_INFINITY),
})

const spanOf = remembered((row: Price) => span(row))

/** The row in force at a moment; rows are half-open. `ms`: milliseconds since 1970. */
export const rowAt = (model: Model, ms: number): Price | undefined =>
  model.prices.find(row => spanOf(row).from <= ms && ms < spanOf(row).to)

/** From when to when a model has prices, in words; rows that touch are one span. */
export const spansOf = (model: Model): string => {
  const spans: { from: string; to: string | null | undefined }[] = []
  for (const { from, to } of model.prices) {
    const last = spans.at(-1)
    if (last && span(last).to === span({ from }).from) last.to = to
    else spans.push({ from, to })
  }
  return spans.map(({ from, to }) => (to == null ? `from ${from} on` : `from ${from} until ${to}`)).join(' and ')
}

/**
 * What a model costs by rule and row at a moment.
 *
 * @param at - a date (00:00 UTC of it) or an instant
 * @throws {InputError} UNKNOWN_MODEL with the nearest names; NO_PRICE_AT with the spans that have one
 */
export const offerAt = (book: Book, name: string, at: string): Offer => {
  const model = findModel(book, name)
  if (!model) throw new InputError([unknownModel(book, name)])
  const row = rowAt(model, parseInstant(at) ?? Number.NaN)
  if (!row) throw new InputError([problems.noPriceAt(model.id, at, spansOf(model))])
  const provider = entryOf(book.providers, model.provider)
  const rule = provider && cacheRuleOf(provider, model, row)
  if (!provider || !rule) throw new Error(`book ${book.version}: ${model.id} names no known provider and cache rule`)
  const known = typeof rule === 'string' ? NOTHING_KEPT : rule
  return {
    model,
    provider,
    row,
    cacheRule: model.cache?.minimum === undefined ? known : { ...known, minimum: model.cache.minimum },
    caching: typeof rule === 'string' ? rule : 'known',
    batchRule: batchRuleOf(book, model),
  }
}

// Stands in where there is no rule: what is kept for no time is never found.
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

/** The cache rule by its name; `none` and `unknown` need no description. `undefined`: the provider has none of it. */
export const findRule = ({ cache }: Provider, name: string): CacheRule | NoRule | undefined =>
  entryOf(cache, name) ?? NO_RULES.find(one => one === name)

/** The cache rule that holds for a row. */
export const cacheRuleOf = (provider: Provider, model: Model, row: Price): CacheRule | NoRule | undefined =>
  findRule(provider, ruleNameOf(model, row))

/** A model's batch rule, else its provider's; `null`: unknown. */
export const batchRuleOf = ({ providers }: Book, { batch, provider }: Model): Offer['batchRule'] =>
  batch === undefined ? (entryOf(providers, provider)?.batch ?? null) : batch

/** Context and longest output in the row's time, tokens; `null`: unknown. */
export const limitsOf = ({ model, row }: Offer): Pick<Model, 'context' | 'max_output'> => ({
  context: row.context ?? model.context,
  max_output: row.max_output ?? model.max_output,
})

/** The fault of a name that no model has. `elsewhere`: other books that have it; `argument`: what the call names this one by. */
export const unknownModel = (
  book: Book,
  name: string,
  { elsewhere = [], argument = book.version }: { elsewhere?: readonly string[]; argument?: string } = {},
) => problems.unknownModel(name, book.version, { near: nearestIn(book, name), elsewhere, argument })
