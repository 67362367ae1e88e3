import { windowAt } from '../../cost/rates/peak-share.ts'
import { pickRates } from '../../cost/rates/pick-rates.ts'
import { limitsOf, namesOf, rowAt } from '../../cost/rates/price-at.ts'
import type { Book, Price, Window } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { agree, plural } from '../../model/plural.ts'
import { isDate, parseInstant } from '../../model/time.ts'
import { left, names, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { formatCount } from '../figures/format.ts'
import { rateCell } from './rate-cell.ts'

interface ListQuery {
  readonly filter: string | undefined
  /** A date or an instant. */
  readonly at: string
}

/** `dsprice prices list`: every model with a price at that moment; USD per 1M tokens. */
export const listSheet = (book: Book, { filter, at }: ListQuery): Sheet => {
  const wanted = filter?.toLowerCase()
  const named = book.models.filter(
    model =>
      wanted === undefined || [...namesOf(model), model.provider].some(name => name.toLowerCase().includes(wanted)),
  )
  const ms = parseInstant(at) ?? Number.NaN
  const priced = named.flatMap(model => {
    const row = rowAt(model, ms)
    const provider = entryOf(book.providers, model.provider)
    if (!row || !provider) return []
    // A date has many hours: base rates are shown and the hours named. An instant has one rate.
    const window = isDate(at) ? null : windowAt(row, provider, ms)
    return [{ model, row, rates: pickRates(row, null, window), hours: hoursOf(row, { window, at }) }]
  })
  return {
    title: `Price book ${book.version}, prices of ${at}: USD per 1M tokens`,
    columns: [
      names('model'),
      right('input'),
      right('cache read'),
      right('cache write', { drop: 2 }),
      right('output'),
      right('context', { drop: 3 }),
      left('', { wraps: true, drop: 1 }),
    ],
    rows: priced.map(({ model, row, rates, hours }) => [
      model.id,
      ...[rates.input, rates.cache_read, rates.cache_write, rates.output].map(rateCell),
      contextCell(limitsOf({ model, row }).context),
      [
        ...(row.tiers ?? []).map(({ operator, threshold }) => `dearer ${operator} ${formatCount(threshold)}`),
        ...hours,
      ].join(', '),
    ]),
    notes: [
      `${priced.length} of ${plural(named.length, 'model')} ${agree(priced.length, 'has', 'have')} a price at that time. "-" is not offered, "?" is unknown; prices show MODEL has the history.`,
    ],
    data: {
      book: book.version,
      at,
      models: priced.map(({ model: { prices: _, ...model }, row }) => ({ ...model, price: row })),
    },
  }
}

const hoursOf = (row: Price, { window, at }: { window: Window | null; at: string }): string[] => {
  if (!row.windows?.length) return []
  return isDate(at)
    ? row.windows.map(({ name }) => `${name} hours priced separately`)
    : [window?.name ?? row.base_window ?? 'other hours']
}

const contextCell = (context: number | null): string => (context === null ? '?' : formatCount(context))
