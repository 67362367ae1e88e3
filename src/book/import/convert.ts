import type { Book, Model, Price } from '../../model/book/book.ts'
import { disagreesWith } from '../lint/disagree.ts'
import { lintDates } from '../lint/lint-dates.ts'
import { lintOrder } from '../lint/lint-order.ts'
import { lintRow } from '../lint/lint-rates.ts'
import type { Catalogue, Listed, ListedRow, Listing } from './catalogue.ts'
import { type ImportCode, inOrder, isImportCode, type Told } from './codes.ts'
import { convertRow } from './convert-row.ts'
import { claimsOf, isName, nameModel, ourModels, ownAliases } from './naming.ts'
import { leftOut } from './sellers.ts'
import { countOf } from './shape.ts'

/** How a catalogue is imported. Days are YYYY-MM-DD. */
export interface ImportOptions {
  /** The day on which rows without a date of their own begin; `null`: they are left out. */
  readonly asOf: string | null
  /** An earlier first day of those rows, on the user's word. */
  readonly since?: string | undefined
  /** Providers to take, by our id or the catalogue's; left out: all but plans and resellers. */
  readonly only?: readonly string[] | undefined
  /** The book that the layer will lie over; `null`: none. */
  readonly book: Pick<Book, 'models' | 'providers'> | null
}

/** What became of a catalogue. */
export interface Imported {
  readonly models: readonly Model[]
  readonly skipped: readonly Told[]
  readonly warnings: readonly Told[]
}

/** Turns a catalogue's entries into models of a layer. Nothing is lost in silence: every entry is a model or skipped. */
export const convertListing = (listing: Listing, catalogue: Catalogue, options: ImportOptions): Imported => {
  const { book } = options
  const there = { ours: ourModels(book), fixed: claimsOf([], book).fixed, windowed: windowedIn(book) }
  const work: Work = { catalogue, options, ...there, ids: new Set() }
  const made: { readonly entry: Listed; readonly model: Model; readonly codes: Set<ImportCode> }[] = []
  const [skipped, warnings]: [Told[], Told[]] = [[], []]
  const told = new Map<Listed, Iterable<ImportCode>>()
  for (const entry of listing.models) {
    const codes = new Set(entry.warnings ?? [])
    const model = convertEntry(entry, codes, work)
    if (typeof model !== 'string') {
      made.push({ entry, model, codes })
      told.set(entry, codes)
      continue
    }
    skipped.push({ name: entry.name, code: model })
    // Of an entry that is left out, only what concerns names still matters, and where the book differs.
    told.set(
      entry,
      [...codes].filter(code => code === 'PATTERN' || code === 'DISAGREES'),
    )
  }
  const claims = claimsOf(
    made.map(({ model }) => model),
    book,
  )
  const models = made.map(({ model, codes }) => {
    const aliases = ownAliases(model, claims)
    if (aliases.length < model.aliases.length) codes.add('AMBIGUOUS_ALIAS')
    return { ...model, aliases }
  })
  for (const [{ name }, codes] of told) warnings.push(...inOrder(codes).map(code => ({ name, code })))
  return { models, skipped, warnings }
}

interface Work {
  readonly catalogue: Catalogue
  readonly options: ImportOptions
  /** Finds an entry's model in the book; and every name in the book. */
  readonly ours: ReturnType<typeof ourModels>
  readonly fixed: ReadonlySet<string>
  /** Providers with prices by the hour in the book. */
  readonly windowed: ReadonlySet<string>
  /** Ids so far, in lower case. */
  readonly ids: Set<string>
}

const windowedIn = (book: ImportOptions['book']): ReadonlySet<string> =>
  new Set(
    book?.models.flatMap(({ provider, prices }) =>
      prices.some(({ windows = [], to }) => windows.length > 0 && to == null) ? [provider] : [],
    ),
  )

/** The entry as a model, or why it is left out. */
const convertEntry = (entry: Listed, codes: Set<ImportCode>, work: Work): Model | ImportCode => {
  const { only } = work.options
  if (only && !only.includes(entry.provider) && !only.includes(entry.seller)) return 'NOT_SELECTED'
  if (entry.skip) return entry.skip
  if (![entry.model, entry.provider].every(isName)) return 'NOT_A_MODEL'
  if (entry.rows.length === 0) return 'NO_PRICE'
  const prices: Price[] = []
  for (const row of entry.rows) {
    if (row.from === undefined && work.options.asOf === null) return 'UNDATED'
    const rates = convertRow(row, entry, { ...work.catalogue, notes: codes })
    if (typeof rates === 'string') return rates
    prices.push(dated(rates, row, work))
  }
  // A list of one provider alone is that of its own bill.
  const off = only || entry.seller === work.catalogue.name ? null : leftOut(entry.seller)
  if (off) return off
  const { id, aliases } = nameModel(entry)
  const { context, maxOutput, openWeights, note } = entry
  const model: Model = {
    ...{ id, provider: entry.provider, aliases },
    ...{ context: countOf(context), max_output: entry.embedding ? null : countOf(maxOutput), tokenizer: null },
    ...(openWeights === undefined ? {} : { open_weights: openWeights }),
    prices: prices.map(row =>
      note === undefined ? row : { ...row, note: [row.note, note].filter(Boolean).join('. ') },
    ),
  }
  const fault = faultOf(prices) ?? clash(entry, model, { codes, work })
  if (fault) return fault
  const flat = prices.every(({ windows = [] }) => windows.length === 0)
  if (flat && work.windowed.has(model.provider)) codes.add('FLAT_OVER_WINDOWS')
  return model
}

/** A row with its dates and evidence; the user's word moves the start of a row without a date of its own. */
const dated = (
  rates: Omit<Price, 'from' | 'source' | 'grade'>,
  { from, to }: Pick<ListedRow, 'from' | 'to'>,
  { catalogue: { name }, options: { asOf, since } }: Work,
): Price => {
  const { input, cache_read, cache_write, cache_write_1h, output, ...rest } = rates
  const moved = since !== undefined && from === undefined
  return {
    ...{ from: moved ? since : (from ?? asOf ?? ''), ...(to === undefined ? {} : { to }), input, cache_read },
    ...(cache_write === undefined ? {} : { cache_write }),
    ...(cache_write_1h === undefined ? {} : { cache_write_1h }),
    ...{ output, source: name, grade: moved ? ('own' as const) : ('catalogue' as const) },
    ...rest,
    ...(moved ? { note: `Listed on ${asOf}; begins earlier on your word` } : {}),
  }
}

/** The first fault that lint would find in the rows. */
const faultOf = (prices: readonly Price[]): ImportCode | null => {
  const found = [...prices.flatMap(row => [...lintRow(row, []), ...lintDates(row, [])]), ...lintOrder(prices, [])]
  const [first] = found.map(({ code }): string => code)
  return first === undefined ? null : isImportCode(first) ? first : 'NOT_A_RATE'
}

interface Around {
  readonly codes: Set<ImportCode>
  readonly work: Work
}

/** Why the model cannot stand beside those that are there: the book has it, or its id is taken. */
const clash = ({ model: plain }: Listed, model: Model, { codes, work }: Around): ImportCode | null => {
  const ours = work.ours(model, plain)
  if (ours) {
    if (disagreesWith(model, ours)) codes.add('DISAGREES')
    return 'OURS'
  }
  const key = model.id.toLowerCase()
  if (work.ids.has(key)) return 'DUPLICATE'
  if (work.fixed.has(key)) return 'NAME_TAKEN'
  work.ids.add(key)
  return null
}
