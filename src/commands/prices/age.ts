import { rowAt } from '../../cost/rates/price-at.ts'
import { ageDays } from '../../cost/time/age-days.ts'
import type { Io } from '../../io.ts'
import { readBook } from '../../load/book/book.ts'
import { gathered } from '../../model/gathered.ts'
import { plural } from '../../model/plural.ts'
import { parseInstant } from '../../model/time.ts'
import type { Sheet } from '../../report/sheet.ts'

/** `dsprice prices age`: days from the review to a moment, beside how often each provider's prices want one. */
export const ageSheet = async (io: Io, { at, pricing }: { at: string; pricing: readonly string[] }): Promise<Sheet> => {
  const { book } = await readBook(pricing, io)
  const age = ageDays(book.reviewed, at)
  const ms = parseInstant(at) ?? Number.NaN
  const models = gathered(
    book.models.filter(model => rowAt(model, ms)).map(({ id, provider }) => [provider, id] as const),
  )
  const providers = Object.entries(book.providers).map(([provider, { review_every_days }]) => ({
    provider,
    models: models.get(provider)?.length ?? 0,
    review_every_days,
    old: age > review_every_days,
  }))
  return {
    title: `Price book ${book.version}: reviewed ${book.reviewed}, ${plural(age, 'day')} before ${at}`,
    columns: [
      { title: 'provider' },
      { title: 'models', align: 'right' },
      { title: 'review every', align: 'right' },
      { title: '', wraps: true },
    ],
    rows: providers.map(({ provider, models, review_every_days, old }) => [
      provider,
      String(models),
      plural(review_every_days, 'day'),
      old ? 'old: check before you rely on it' : 'fresh',
    ]),
    notes: [],
    data: { book: book.version, reviewed: book.reviewed, at, age_days: age, providers },
  }
}
