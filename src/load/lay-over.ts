import { findModel, span } from '../cost/price-at.ts'
import { at, type Problem, problems } from '../errors.ts'
import type { Book, Layer, Model, Price, Rate } from '../model/book.ts'
import { METERS } from '../model/meters.ts'
import { exact, ONE } from '../model/money.ts'

const NEW_MODEL = ['provider', 'aliases', 'context', 'max_output', 'tokenizer'] as const
const RATES = [...METERS.map(({ key }) => key), 'cache_storage_hour'] as const

/**
 * Lays a user's rows and discounts over a book, inside their own dates; the rows below are cut, not changed.
 *
 * @returns the new book, and what a new model lacks, with its path; whether the rest holds, `lintBook` says
 */
export const layOver = (book: Book, layer: Layer): { book: Book; faults: Problem[] } => {
  const faults: Problem[] = []
  const sources = { ...book.sources, ...layer.sources }
  const providers = { ...book.providers, ...layer.providers }
  const models = [...book.models]
  for (const [i, { prices, ...own }] of (layer.models ?? []).entries()) {
    const path = ['models', i]
    const below = findModel(book, own.id)
    const missing = below ? [] : NEW_MODEL.filter(key => own[key] === undefined)
    faults.push(...missing.map(key => at([...path, key], problems.missingKey(key))))
    if (missing.length > 0) continue
    const base = below ?? ({ ...own, prices: [] } as unknown as Model)
    const laid = prices.reduce<readonly Price[]>((rows, row) => [...cutOut(rows, row), row], base.prices)
    // A layer may name a model by its alias; the id below stays.
    const merged = { ...base, ...defined(own), id: base.id, prices: inOrder(laid) } as Model
    if (below) models[models.indexOf(below)] = merged
    else models.push(merged)
  }
  const discounted = (layer.discounts ?? []).reduce((all, discount) => {
    const { provider, model } = discount
    const named = model === undefined ? undefined : findModel({ ...book, models: all }, model)
    return all.map(one =>
      one === named || one.provider === provider ? { ...one, prices: reduce(one.prices, discount) } : one,
    )
  }, models)
  return { book: { ...book, sources, providers, models: discounted }, faults }
}

const defined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Partial<T>

type Span = Pick<Price, 'from' | 'to'>

/** What is left of rows outside a span. */
const cutOut = (rows: readonly Price[], cut: Span): Price[] =>
  rows.flatMap(row => {
    const [own, other] = [span(row), span(cut)]
    if (own.to <= other.from || other.to <= own.from) return [row]
    return [
      ...(own.from < other.from ? [{ ...row, to: cut.from }] : []),
      ...(other.to < own.to && cut.to != null ? [{ ...row, from: cut.to }] : []),
    ]
  })

/** What of a row lies inside a span. */
const within = (row: Price, cut: Span): Price => ({
  ...row,
  from: span(row).from >= span(cut).from ? row.from : cut.from,
  to: span(row).to <= span(cut).to ? row.to : cut.to,
})

const inOrder = (rows: readonly Price[]): Price[] => [...rows].sort((a, b) => span(a).from - span(b).from)

type Discount = NonNullable<Layer['discounts']>[number]

/** Rows with every rate reduced inside the discount's dates. */
const reduce = (rows: readonly Price[], discount: Discount): Price[] => {
  const kept = ONE.minus(exact(discount.off))
  const inside = rows.filter(row => span(row).from < span(discount).to && span(discount).from < span(row).to)
  const reduced = inside.map(row => ({
    ...scale(within(row, discount), kept),
    source: discount.source,
    also: [row.source, ...(row.also ?? [])],
  }))
  return inOrder([...cutOut(rows, discount), ...reduced])
}

const scale = <T extends Price | NonNullable<Price['tiers']>[number]>(row: T, kept: ReturnType<typeof exact>): T => {
  const scaled = <R extends object>(rates: R): R => {
    const copy = { ...rates } as Record<string, unknown>
    for (const key of RATES) {
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
      }
    : own
}
