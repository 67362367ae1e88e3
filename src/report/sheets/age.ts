import { rowAt } from '../../cost/rates/price-at.ts'
import { ageDays } from '../../cost/time/age-days.ts'
import type { Book } from '../../model/book/book.ts'
import { gathered } from '../../model/gathered.ts'
import { plural } from '../../model/plural.ts'
import { parseInstant } from '../../model/time.ts'
import { left, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'

/** `dsprice prices age`: days from the review to a moment, and how often each provider's prices need a review. */
export const ageSheet = (book: Book, at: string): Sheet => {
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
    columns: [left('provider'), right('models'), right('review every'), left('', { wraps: true })],
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
