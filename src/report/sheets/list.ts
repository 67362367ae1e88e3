import { windowAt } from '../../cost/rates/peak-share.ts'
import { pickRates } from '../../cost/rates/pick-rates.ts'
import { limitsOf, namesOf, rowAt } from '../../cost/rates/price-at.ts'
import type { CatalogueUsed } from '../../cost/result/notes/name-notes.ts'
import type { Book, Price, Window } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { isDate, parseInstant } from '../../model/instant.ts'
import { agree, plural } from '../../model/plural.ts'
import { left, names, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { formatCount } from '../figures/format.ts'
import { rateCell } from './rate-cell.ts'

interface ListQuery {
  readonly filter: string | undefined
  /** A date or an instant. */
  readonly at: string
  /** The catalogue whose models are listed too. */
  readonly catalogue?: CatalogueUsed | undefined
}

const COLUMNS = [
  names('model'),
  right('input'),
  right('cache read'),
  right('cache write', { drop: 2 }),
  right('output'),
  right('context', { drop: 3 }),
  left('', { wraps: true, drop: 1 }),
]

/** `dsprice prices list`: every model with a price at that moment; USD per 1M tokens. */
export const listSheet = (book: Book, { filter, at, catalogue }: ListQuery): Sheet => {
  const marked = new Set(catalogue?.models)
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
    title: `Price book ${book.version}${catalogue ? ` and the catalogue of ${catalogue.version}` : ''}, prices of ${at}: USD per 1M tokens`,
    columns: COLUMNS,
    rows: priced.map(({ model, row, rates, hours }) => [
      model.id,
      ...[rates.input, rates.cache_read, rates.cache_write, rates.output].map(rateCell),
      contextCell(limitsOf({ model, row }).context),
      [
        ...(row.tiers ?? []).map(({ operator, threshold }) => `dearer ${operator} ${formatCount(threshold)}`),
        ...hours,
        ...(marked.has(model.id) ? ['catalogue'] : []),
      ].join(', '),
    ]),
    notes: [
      `${priced.length} of ${plural(named.length, 'model')} ${agree(priced.length, 'has', 'have')} a price at that time. "-" is not offered, "?" is unknown; prices show MODEL has the history.`,
      ...(catalogue ? [markInWords(catalogue)] : []),
    ],
    data: {
      book: book.version,
      at,
      ...(catalogue ? { catalogue: headOf(catalogue) } : {}),
      models: priced.map(({ model: { prices: _, ...model }, row }) => ({ ...model, price: row })),
    },
  }
}

const markInWords = ({ version, title }: CatalogueUsed): string =>
  `"catalogue": from a catalogue of ${version} (${title}), not from a vendor's page.`

const headOf = ({ version, hash, title }: CatalogueUsed) => ({ version, hash, title })

const hoursOf = (row: Price, { window, at }: { window: Window | null; at: string }): string[] => {
  if (!row.windows?.length) return []
  return isDate(at)
    ? row.windows.map(({ name }) => `${name} hours priced separately`)
    : [window?.name ?? row.base_window ?? 'other hours']
}

const contextCell = (context: number | null): string => (context === null ? '?' : formatCount(context))
