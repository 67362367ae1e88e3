import { findModel, findRule, ruleNameOf } from '../cost/rates/price-at.ts'
import { span } from '../cost/rates/span.ts'
import type { Book, CacheRule, Model, Price, Provider, Rate, WrittenLayer } from '../model/book/book.ts'
import { BOOK_SCHEMA } from '../model/book/choices.ts'
import { entryOf } from '../model/entry-of.ts'

/** A price as the user states it. Days are YYYY-MM-DD. */
export interface StatedPrice {
  readonly rates: Pick<Price, 'input' | 'output' | 'cache_read'> &
    Partial<Pick<Price, 'cache_write' | 'cache_write_1h'>>
  readonly from: string
  /** Where the price is from. */
  readonly source: string
  /** The day on which it was added. */
  readonly today: string
  /** Whether it takes the place of a row that begins on the same day. */
  readonly replace?: boolean
}

/** What the user states of a model. */
export interface Stated {
  readonly model: string
  /** `null`: its prices stay as they are. */
  readonly price: StatedPrice | null
  /** A model of the book that gives what neither the user nor the book says: provider, limits, tokenizer, cache rule. */
  readonly like?: Model | undefined
  readonly provider?: string | undefined
  readonly context?: number | undefined
  readonly maxOutput?: number | undefined
  readonly tokenizer?: string | undefined
}

/** The layer with the model, and what is to be said of it. */
export interface Added {
  readonly layer: WrittenLayer
  readonly id: string
  readonly provider: string
  /** Whether the book has the model, so that what is added lies over what the book says. */
  readonly known: boolean
  /** The new row; `null`: no price was stated. */
  readonly row: Price | null
  /** The row that it takes the place of. */
  readonly replaced: Price | null
  /** What was stated, or taken from the model that it is like, besides the price. */
  readonly facts: Facts
}

type Facts = Partial<Pick<Model, 'context' | 'max_output' | 'tokenizer' | 'chat_template'>>

/**
 * Adds a model to a layer, or a dated row or other facts of a known one; everything else in the layer stays as it is.
 *
 * @param layer - the file's content; `null`: a new file
 * @param book - the book with the file laid over it
 * @returns the row of the file that begins on the same day, if there is one and it is not to be replaced
 */
export const addModel = (layer: WrittenLayer | null, book: Book, stated: Stated): Added | { readonly taken: Price } => {
  const known = findModel(book, stated.model)
  const id = known?.id ?? stated.model
  const { like, price } = stated
  const provider = known?.provider ?? stated.provider ?? like?.provider ?? ''
  const alike = known ?? (like?.provider === provider ? like : undefined)
  const rule =
    ruleOf(book, alike, provider) ?? (Object.hasOwn(book.providers, provider) ? null : ruleOf(book, like, provider))
  const sources = price && sourcesWith(layer, book, price)
  const row = price && sources && rowOf(price, { source: sources.id, rule, alike })
  const models = layer?.models ?? []
  const own = known && models.find(one => findModel(book, one.id) === known)
  const replaced = own?.prices?.find(one => row && span(one).from === span(row).from) ?? null
  if (replaced && price?.replace !== true) return { taken: replaced }
  const facts = factsOf(stated, known)
  const prices = row ? { prices: withRow(own?.prices ?? [], row) } : {}
  const described = own
    ? { ...own, ...facts, ...prices }
    : { ...(known ? { id } : newModel(id, provider, like)), ...facts, ...prices }
  const providers = {
    ...layer?.providers,
    ...(Object.hasOwn(book.providers, provider) ? {} : { [provider]: newProvider(provider, { like, book }) }),
  }
  return {
    ...{ id, provider, row, replaced, facts, known: known !== undefined && own?.provider === undefined },
    layer: {
      ...(layer ?? { schema: BOOK_SCHEMA }),
      ...(sources ? { sources: sources.all } : {}),
      ...(Object.keys(providers).length === 0 ? {} : { providers }),
      models: own ? models.map(one => (one === own ? described : one)) : [...models, described],
    },
  }
}

type Entry = NonNullable<WrittenLayer['models']>[number]

/**
 * Rows with one more, in order of time; the row that it begins in ends there, and one that begins with it makes room: the
 * new row then ends when that one did.
 */
const withRow = (rows: readonly Price[], row: Price): readonly Price[] => {
  const start = span(row).from
  const rest = rows
    .filter(one => span(one).from !== start)
    .map(one => (span(one).from < start && start < span(one).to ? { ...one, to: row.from } : one))
  const next = rest.filter(one => span(one).from > start).sort((a, b) => span(a).from - span(b).from)[0]
  const to = rows.find(one => span(one).from === start)?.to ?? next?.from
  return [...rest, to === undefined ? row : { ...row, to }].sort((a, b) => span(a).from - span(b).from)
}

/** What is stated, and of the model that it is like what the book does not know; a chat template goes with a tokenizer. */
const factsOf = ({ like, ...stated }: Stated, known: Model | undefined): Facts => {
  const wanting = <K extends keyof Facts>(key: K): Model[K] | undefined =>
    known?.[key] == null ? (like?.[key] ?? undefined) : undefined
  const facts = {
    context: stated.context ?? wanting('context'),
    max_output: stated.maxOutput ?? wanting('max_output'),
    tokenizer: stated.tokenizer ?? wanting('tokenizer'),
  }
  const sameTokens = (facts.tokenizer ?? known?.tokenizer) === like?.tokenizer
  const all = { ...facts, chat_template: sameTokens ? wanting('chat_template') : undefined }
  return Object.fromEntries(Object.entries(all).filter(([, fact]) => fact !== undefined)) as Facts
}

/** A model that the book lacks, without its facts and prices. */
const newModel = (id: string, provider: string, like: Model | undefined): Omit<Entry, 'prices'> => {
  // Another provider's rules have other names.
  const cache = like?.provider === provider ? like.cache : undefined
  return {
    ...{ id, provider, aliases: [], context: null, max_output: null, tokenizer: null },
    ...(cache === undefined ? {} : { cache }),
  }
}

/** The cache rule that the row will be priced by; `null`: none, or unknown. */
const ruleOf = (book: Book, of: Model | undefined, provider: string): CacheRule | null => {
  const own = entryOf(book.providers, of?.provider ?? provider)
  const last = of?.prices.at(-1)
  const rule = own && findRule(own, of && last ? ruleNameOf(of, last) : 'default')
  return typeof rule === 'object' ? rule : null
}

/** A write that the rule bills and nobody stated is unknown; one that it does not bill is not offered. */
const rowOf = (
  { rates, from }: StatedPrice,
  {
    source,
    rule,
    alike,
  }: { readonly source: string; readonly rule: CacheRule | null; readonly alike: Model | undefined },
): Price => {
  const billed = new Set(rule?.lifetimes.map(({ write }) => write))
  const write = (key: 'cache_write' | 'cache_write_1h'): { readonly [key: string]: Rate } =>
    rates[key] !== undefined ? { [key]: rates[key] } : billed.has(key) ? { [key]: null } : {}
  const cache = alike?.prices.at(-1)?.cache
  return {
    ...{ from, input: rates.input, cache_read: rates.cache_read },
    ...write('cache_write'),
    ...write('cache_write_1h'),
    ...{ output: rates.output, source, grade: 'own' },
    ...(cache === undefined ? {} : { cache }),
  }
}

/** A provider that the book lacks: its rules are those of the model that this one is like, else unknown. */
const newProvider = (
  id: string,
  { like, book }: { readonly like: Model | undefined; readonly book: Book },
): Provider => {
  const rule = like && ruleOf(book, like, id)
  return {
    ...{ name: id, usage: 'unknown', review_every_days: 30 },
    cache: { default: rule ?? 'unknown' },
    batch: null,
  }
}

/** The file's sources with one for the row: that of the same words, else a new one. */
const sourcesWith = (
  layer: WrittenLayer | null,
  book: Book,
  { source: title, today }: StatedPrice,
): { readonly id: string; readonly all: Book['sources'] } => {
  const all = layer?.sources ?? {}
  const same = Object.entries(all).find(([, one]) => one.title === title && one.grade === 'own')
  if (same) return { id: same[0], all }
  const taken = (id: string): boolean => Object.hasOwn(all, id) || Object.hasOwn(book.sources, id)
  let id = 'own'
  for (let i = 2; taken(id); i++) id = `own-${i}`
  return {
    id,
    all: { ...all, [id]: { title, where: 'typed into dsprice prices add', retrieved: today, grade: 'own' } },
  }
}
