import type { Book } from '../../model/book/book.ts'
import { BOOK_SCHEMA } from '../../model/book/choices.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'

/** The rows and rules used, as a small price book that is enough to reproduce the result. */
export const excerptBook = (book: Book, priced: readonly PricedScenario[]): Book => {
  const legs = priced.flatMap(one => [...one.parts, ...one.baselines])
  const rows = new Set(legs.map(({ streams: [{ low }] }) => low.offer.listed))
  const models = book.models.flatMap(model => {
    const prices = model.prices.filter(row => rows.has(row))
    return prices.length === 0 ? [] : [{ ...model, prices }]
  })
  const providers = pick(book.providers, new Set(models.map(({ provider }) => provider)))
  const named = new Set(sourcesIn([models, providers]))
  const { $schema: _schema, note: _note, ...rest } = book
  return { ...rest, schema: BOOK_SCHEMA, sources: pick(book.sources, named), providers, models }
}

const pick = <T>(record: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)))

/** Every source id in a value, found under `source` or `also`. */
export const sourcesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(sourcesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'source' && typeof inner === 'string') return [inner]
    if (key === 'also' && Array.isArray(inner)) return inner.map(String)
    return sourcesIn(inner)
  })
}
