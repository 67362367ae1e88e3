import { evidenceDay, rowAge } from '../../cost/rates/evidence.ts'
import { rowAt } from '../../cost/rates/price-at.ts'
import { ageDays } from '../../cost/time/age-days.ts'
import type { Book, Provider } from '../../model/book/book.ts'
import { gathered } from '../../model/gathered.ts'
import { parseInstant } from '../../model/instant.ts'
import { plural } from '../../model/plural.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'

/** The catalogue under a book: the day it was made on, what from, and its number of models. */
interface CatalogueAge {
  readonly version: string
  readonly title: string
  readonly models: number
}

/** `dsprice prices age`: when the rows in force were last seen, and how often each provider's prices need a review. */
export const ageSheet = (book: Book, at: string, catalogue: CatalogueAge | null = null): Sheet => {
  const age = ageDays(book.reviewed, at)
  const ms = parseInstant(at) ?? Number.NaN
  const rows = gathered(
    book.models.flatMap(model => {
      const row = rowAt(model, ms)
      return row ? [[model.provider, { id: model.id, row }] as const] : []
    }),
  )
  const selling = new Set(book.models.map(({ provider }) => provider))
  const providers = Object.entries(book.providers).flatMap(([id, provider]) =>
    // A provider may be described without a price of its own.
    !selling.has(id) ? [] : ageOf({ id, provider, rows: rows.get(id) ?? [] }, book, at),
  )
  return {
    title: `Price book ${book.version}: reviewed ${book.reviewed}, ${plural(age, 'day')} before ${at}`,
    columns: [
      left('provider'),
      right('models'),
      left('oldest evidence'),
      right('review every'),
      left('', { wraps: true }),
    ],
    rows: providers.map(({ provider, models, oldest_seen, review_every_days, old_models }) => [
      provider,
      String(models),
      oldest_seen ?? '-',
      plural(review_every_days, 'day'),
      verdict(old_models.length, models),
    ]),
    notes: catalogue
      ? [
          `Under it lies a catalogue of ${catalogue.version} (${catalogue.title}), ${plural(ageDays(catalogue.version, at), 'day')} before ${at}: ${plural(catalogue.models, 'model')}, for those that the book does not have.`,
        ]
      : [],
    data: {
      book: book.version,
      reviewed: book.reviewed,
      at,
      age_days: age,
      providers,
      ...(catalogue ? { catalogue: { ...catalogue, age_days: ageDays(catalogue.version, at) } } : {}),
    },
  }
}

interface Rows {
  readonly id: string
  readonly provider: Provider
  /** Its models' rows in force. */
  readonly rows: readonly { readonly id: string; readonly row: Parameters<typeof evidenceDay>[0] }[]
}

/** A provider's models, the oldest day on which one of their open rows was seen, and the models that need a review. */
const ageOf = ({ id, provider: { review_every_days }, rows }: Rows, book: Book, at: string) => {
  const open = rows.filter(({ row }) => rowAge(row, book, at) !== null)
  const [oldest = null] = open.map(({ row }) => evidenceDay(row, book)).sort()
  const old = open.filter(({ row }) => (rowAge(row, book, at) ?? 0) > review_every_days).map(({ id }) => id)
  return {
    provider: id,
    models: rows.length,
    oldest_seen: oldest,
    review_every_days,
    old: old.length > 0,
    old_models: old,
  }
}

const verdict = (old: number, models: number): string => {
  if (old === 0) return 'fresh'
  return old === models ? 'old: check before you rely on it' : `${old} of ${models} old: check before you rely on them`
}
