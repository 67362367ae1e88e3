import { type Evidence, evidenceDay } from '../cost/rates/evidence.ts'
import { findModel, resolveName } from '../cost/rates/price-at.ts'
import { span } from '../cost/rates/span.ts'
import { at, type Problem, problems } from '../errors/index.ts'
import type { Book, Layer, Model, Price, Rate, Service, Tier } from '../model/book/book.ts'
import { RATE_KEYS } from '../model/meters.ts'
import { exact, ONE } from '../model/number/money.ts'
import { MOST_CHARACTERS } from '../model/units.ts'
import { cutRow, layRows } from './lay-rows.ts'

const NEW_MODEL = ['provider', 'aliases', 'context', 'max_output', 'tokenizer'] as const

type LayerModel = NonNullable<Layer['models']>[number]

/** Whether a model of a layer needs none below it. */
export const isComplete = (model: Omit<LayerModel, 'id' | 'prices'>): boolean => missingIn(model).length === 0

const missingIn = (model: Omit<LayerModel, 'id' | 'prices'>) => NEW_MODEL.filter(key => model[key] === undefined)

/**
 * Layers a user's rows and discounts over a book, within their own dates; rows below are cut but not changed.
 *
 * @returns the new book, and problems for keys missing in a new model; `lintBook` checks the rest
 */
export const layOver = (book: Book, layer: Layer): { book: Book; faults: Problem[] } => {
  const faults: Problem[] = []
  const sources = { ...book.sources, ...layer.sources }
  const providers = { ...book.providers, ...layer.providers }
  const models = new Map(book.models.map(model => [model, model]))
  for (const [i, { prices, ...own }] of (layer.models ?? []).entries()) {
    const path = ['models', i]
    const below = modelBelow(book, own)
    const missing = below ? [] : [...missingIn(own), ...(prices ? [] : (['prices'] as const))]
    faults.push(...missing.map(key => at([...path, key], problems.missingKey(key))))
    if (missing.length > 0) continue
    // The model as merged so far, in case the layer names it twice.
    const base = below ? (models.get(below) ?? below) : ({ ...own, prices: [] } as unknown as Model)
    // A layer may name a model by an alias; the id in the book below is kept.
    const merged = {
      ...base,
      ...defined(own),
      id: base.id,
      prices: prices ? layRows(base.prices, prices) : base.prices,
    } as Model
    models.set(below ?? base, merged)
  }
  const laid = { ...book, sources, providers, models: [...models.values()] }
  return discountAll(laid, layer.discounts ?? [], faults)
}

/**
 * The model of the book that a layer's model lies over. One with all its keys is a model of its own unless the book has
 * that very name: a rule of names is for names that nobody has.
 */
const modelBelow = (book: Book, own: Omit<LayerModel, 'prices'>): Model | undefined => {
  const found = resolveName(book, own.id)
  return found && (found.rule === null || !isComplete(own)) ? found.model : undefined
}

const defined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Partial<T>

type Printed = Pick<Price, 'from' | 'to'>

/** The part of a row within a period. */
const within = (row: Price, cut: Printed): Price =>
  cutRow(row, {
    from: span(row).from >= span(cut).from ? row.from : cut.from,
    to: span(row).to <= span(cut).to ? row.to : cut.to,
  })

type Discount = NonNullable<Layer['discounts']>[number]

/** Maximum number of rows changed by all discounts together; a discount on a provider changes all of its rows. */
const MOST_ROWS = 100_000

/** Applies discounts to a book, one after the other. */
const discountAll = (
  book: Book,
  discounts: readonly Discount[],
  faults: Problem[],
): { book: Book; faults: Problem[] } => {
  if (discounts.length === 0) return { book, faults }
  const models = [...book.models]
  const indexOf = new Map(book.models.map((model, i) => [model, i]))
  const byProvider = new Map<string, number[]>()
  for (const [i, { provider }] of models.entries()) {
    const others = byProvider.get(provider)
    if (others) others.push(i)
    else byProvider.set(provider, [i])
  }
  let rows = 0
  for (const [i, discount] of discounts.entries()) {
    const path = ['discounts', i]
    const { provider, model } = discount
    if ((provider === undefined) === (model === undefined)) continue
    const named = model === undefined ? undefined : findModel(book, model)
    const places = named ? [indexOf.get(named) ?? -1] : (byProvider.get(provider ?? '') ?? [])
    for (const place of places) {
      const one = models[place]
      if (!one) continue
      rows += one.prices.length
      if (rows > MOST_ROWS) return { book, faults: [...faults, at(path, problems.tooManyDiscounts(MOST_ROWS))] }
      const prices = reduce(one.prices, discount, book)
      if (prices === null) return { book, faults: [...faults, at(path, problems.rateTooLong(one.id, MOST_CHARACTERS))] }
      models[place] = { ...one, prices }
    }
  }
  return { book: { ...book, models }, faults }
}

/**
 * Multiplies every rate within the discount's dates. What is known of the listed price stays as old as it is.
 *
 * @returns `null` if a rate then has too many digits
 */
const reduce = (rows: readonly Price[], discount: Discount, evidence: Evidence): Price[] | null => {
  const kept = discount.factor === undefined ? ONE.minus(exact(discount.off ?? '0')) : exact(discount.factor)
  const { from, to } = span(discount)
  const inside = rows.filter(row => span(row).from < to && from < span(row).to)
  if (inside.length === 0) return [...rows]
  const reduced = inside.map(row => ({
    ...scale(within(row, discount), kept),
    source: discount.source,
    also: [row.source, ...(row.also ?? [])],
    seen: evidenceDay(row, evidence),
  }))
  return reduced.every(hasShortRates) ? layRows(rows, reduced) : null
}

/** Whether every rate is within the number of digits that a book allows; each discount adds digits. */
const hasShortRates = (row: Price): boolean =>
  [
    row,
    ...(row.tiers ?? []),
    ...(row.windows ?? []),
    ...Object.values(row.services ?? {})
      .flat()
      .flatMap(ratesOf),
  ]
    .flatMap(own =>
      typeof own.batch === 'object' && own.batch !== null && 'input' in own.batch ? [own, own.batch] : [own],
    )
    .every(rates =>
      RATE_KEYS.every(key => String((rates as Record<string, unknown>)[key] ?? '').length <= MOST_CHARACTERS),
    )

/** A service's rates, and those of its tiers. */
const ratesOf = (service: Service): readonly (Service | Tier)[] => [
  service,
  ...(Array.isArray(service.tiers) ? service.tiers : []),
]

/** Changes the rates of every service; a factor stands, since what it multiplies is changed already. */
const mapServices = (
  services: NonNullable<Price['services']>,
  change: <R extends object>(rates: R) => R,
): NonNullable<Price['services']> => {
  const one = (service: Service): Service => {
    const { tiers, ...own } = change(service)
    return tiers === undefined ? own : { ...own, tiers: Array.isArray(tiers) ? tiers.map(change) : tiers }
  }
  return Object.fromEntries(
    Object.entries(services).map(([name, given]) => [
      name,
      Array.isArray(given) ? given.map(one) : one(given as Service),
    ]),
  )
}

const scale = <T extends Price | NonNullable<Price['tiers']>[number]>(row: T, kept: ReturnType<typeof exact>): T => {
  const scaled = <R extends object>(rates: R): R => {
    const copy = { ...rates } as Record<string, unknown>
    for (const key of RATE_KEYS) {
      const rate = copy[key] as Rate | undefined
      if (rate != null && rate !== 'not_offered') copy[key] = exact(rate).times(kept).toFixed()
    }
    const batch = copy['batch']
    if (typeof batch === 'object' && batch !== null && 'input' in batch) copy['batch'] = scaled(batch)
    return copy as R
  }
  const own = scaled(row)
  return 'from' in own
    ? {
        ...own,
        ...(own.tiers ? { tiers: own.tiers.map(scaled) } : {}),
        ...(own.windows ? { windows: own.windows.map(scaled) } : {}),
        ...(own.services ? { services: mapServices(own.services, scaled) } : {}),
      }
    : own
}
