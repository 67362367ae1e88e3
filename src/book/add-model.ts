import { findModel, findRule, ruleNameOf } from '../cost/rates/price-at.ts'
import { span } from '../cost/rates/span.ts'
import type { Book, CacheRule, Layer, Model, Price, Provider, Rate } from '../model/book/book.ts'
import { BOOK_SCHEMA } from '../model/book/choices.ts'
import { entryOf } from '../model/entry-of.ts'

/** A model's price as the user states it. Days are YYYY-MM-DD. */
export interface Stated {
  readonly model: string
  readonly rates: Pick<Price, 'input' | 'output' | 'cache_read'> &
    Partial<Pick<Price, 'cache_write' | 'cache_write_1h'>>
  readonly from: string
  /** Where the price is from. */
  readonly source: string
  /** The day on which it was added. */
  readonly today: string
  /** A model of the book whose provider, limits, tokenizer and cache rule hold for this one too. */
  readonly like?: Model | undefined
  readonly provider?: string | undefined
  readonly context?: number | undefined
  readonly maxOutput?: number | undefined
  readonly tokenizer?: string | undefined
}

/** The layer with the model, and what is to be said of it. */
export interface Added {
  readonly layer: Layer
  readonly id: string
  readonly provider: string
  /** Whether the book has the model, so that the row lies over its own. */
  readonly known: boolean
  readonly row: Price
}

/**
 * Adds a model, or a dated row of a known one, to a layer; everything else in the layer stays as it is.
 *
 * @param layer - the file's content; `null`: a new file
 * @param book - the book with the file laid over it
 * @returns why it cannot be, in words, if the file already has a row from that day on
 */
export const addModel = (layer: Layer | null, book: Book, stated: Stated): Added | { readonly taken: string } => {
  const known = findModel(book, stated.model)
  const id = known?.id ?? stated.model
  const { like } = stated
  const provider = known?.provider ?? stated.provider ?? like?.provider ?? ''
  const sources = sourcesWith(layer, book, stated)
  const alike = known ?? (like?.provider === provider ? like : undefined)
  const rule =
    ruleOf(book, alike, provider) ?? (Object.hasOwn(book.providers, provider) ? null : ruleOf(book, like, provider))
  const row = rowOf(stated, { source: sources.id, rule, alike })
  const models = layer?.models ?? []
  const own = known && models.find(one => findModel(book, one.id) === known)
  if (own?.prices.some(({ from }) => from === row.from)) return { taken: row.from }
  const described = own
    ? { ...own, ...limitsOf(stated), prices: withRow(own.prices, row) }
    : entryFor(id, { stated, known, provider, row })
  const providers = {
    ...layer?.providers,
    ...(Object.hasOwn(book.providers, provider) ? {} : { [provider]: newProvider(provider, { like, book }) }),
  }
  return {
    ...{ id, provider, row, known: known !== undefined && own?.provider === undefined },
    layer: {
      ...(layer ?? { schema: BOOK_SCHEMA }),
      sources: sources.all,
      ...(Object.keys(providers).length === 0 ? {} : { providers }),
      models: own ? models.map(one => (one === own ? described : one)) : [...models, described],
    },
  }
}

type Entry = NonNullable<Layer['models']>[number]

/** Rows with one more, in order of time; the row that it begins in ends there. */
const withRow = (rows: readonly Price[], row: Price): readonly Price[] => {
  const start = span(row).from
  const before = rows.map(one => (span(one).from < start && start < span(one).to ? { ...one, to: row.from } : one))
  const next = rows.filter(one => span(one).from > start).sort((a, b) => span(a).from - span(b).from)[0]
  const added = next ? { ...row, to: next.from } : row
  return [...before, added].sort((a, b) => span(a).from - span(b).from)
}

const limitsOf = ({
  context,
  maxOutput,
  tokenizer,
}: Stated): Partial<Pick<Model, 'context' | 'max_output' | 'tokenizer'>> => ({
  ...(context === undefined ? {} : { context }),
  ...(maxOutput === undefined ? {} : { max_output: maxOutput }),
  ...(tokenizer === undefined ? {} : { tokenizer }),
})

interface About {
  readonly stated: Stated
  readonly known: Model | undefined
  readonly provider: string
  readonly row: Price
}

const entryFor = (id: string, { stated, known, provider, row }: About): Entry => {
  if (known) return { id, ...limitsOf(stated), prices: [row] }
  const { like } = stated
  // Another provider's rules have other names.
  const cache = like?.provider === provider ? like.cache : undefined
  return {
    ...{ id, provider, aliases: [] },
    ...{ context: like?.context ?? null, max_output: like?.max_output ?? null, tokenizer: like?.tokenizer ?? null },
    ...(like?.chat_template === undefined ? {} : { chat_template: like.chat_template }),
    ...(cache === undefined ? {} : { cache }),
    ...limitsOf(stated),
    prices: [row],
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
  { rates, from }: Stated,
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
  layer: Layer | null,
  book: Book,
  { source: title, today }: Stated,
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
