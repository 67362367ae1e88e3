import { rowAge } from '../../cost/rates/evidence.ts'
import { namesOf, rowAt } from '../../cost/rates/price-at.ts'
import type { Code } from '../../errors/index.ts'
import type { Book, Layer, Model, Price, Rate } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { parseInstant } from '../../model/instant.ts'
import { exact } from '../../model/number/money.ts'
import { isMaker } from '../import/sellers.ts'
import { disagreements } from './disagree.ts'
import { modelsByName } from './lint-names.ts'

/** What looks odd in a price file and may be right: no error. */
export interface Note {
  readonly code: Code
  readonly model: string
  readonly what: string
}

/** A price file and what it is held against. */
export interface Noted {
  readonly file: Pick<Layer, 'models' | 'sources'>
  /** The book that results from the file and the book below. */
  readonly book: Book
  /** The book below; `null`: the file is a book of its own. */
  readonly below: Book | null
  /** YYYY-MM-DD. */
  readonly today: string
}

type Written = NonNullable<Layer['models']>[number]

/** What looks odd in the rows in force of a file, model by model, and where it disagrees with the book below. */
export const noteFile = ({ file, book, below, today }: Noted): Note[] => {
  const laid = modelsByName(book)
  // Of our own book vendors' pages say which models have no fee for writes.
  const writers = below === null ? new Set<string>() : writersIn(book)
  const found = (file.models ?? []).flatMap(written => {
    const model = laid.get(written.id.toLowerCase())
    return model ? noteModel(written, model, { book, writers, today }) : []
  })
  return [...found, ...(below === null ? [] : differing(below, file))]
}

/** Where a catalogue's rows disagree with a book's. */
const differing = (book: Book, file: Noted['file']): Note[] =>
  disagreements(book, file).map(({ model, meter, ours, theirs, source }) => ({
    code: 'DISAGREES',
    model,
    what: `${meter} ${theirs} (${source.theirs}), the book has ${ours} (${source.ours})`,
  }))

/** Providers that bill cache writes of some model. */
const writersIn = ({ models }: Book): ReadonlySet<string> =>
  new Set(
    models.flatMap(({ provider, prices }) =>
      prices.some(row => isOpen(row) && isRate(row.cache_write)) ? [provider] : [],
    ),
  )

const isOpen = ({ to }: Price): boolean => to == null

const isRate = (rate: Rate | undefined): rate is string => typeof rate === 'string' && rate !== 'not_offered'

const isZero = (rate: Rate | undefined): boolean => isRate(rate) && exact(rate).isZero()

interface Around extends Pick<Noted, 'book' | 'today'> {
  readonly writers: ReadonlySet<string>
}

const noteModel = (written: Written, model: Model, around: Around): Note[] =>
  (written.prices ?? [])
    .filter(isOpen)
    .flatMap(row => [
      ...oddRates(row, model, around).map(({ code, what }): Note => ({ code, model: model.id, what })),
      ...stale(row, model, around),
    ])

type Odd = Omit<Note, 'model'>

const oddRates = (row: Price, { id, provider, context }: Model, { writers }: Around): Odd[] => {
  const { input, output, cache_read: cached, cache_write: write, grade, tiers = [] } = row
  const limit = row.context ?? context
  const free = isZero(input) && isZero(output)
  const below = isRate(input) && isRate(output) && !isZero(output) && exact(output).lt(input)
  const unbilled = grade === 'catalogue' && writers.has(provider) && isRate(cached) && write === undefined
  const odd: (Odd | false)[] = [
    free && !id.endsWith(':free') && { code: 'ZERO_PRICE', what: 'costs 0 in and out' },
    isZero(cached) && !isZero(input) && { code: 'ZERO_CACHE', what: 'cache reads cost 0' },
    below && { code: 'OUTPUT_BELOW_INPUT', what: `output ${output}, input ${input}` },
    unbilled && { code: 'WRITE_MISSING', what: 'no cache write' },
    tiers.some(({ threshold }) => threshold === limit) && {
      code: 'CONTEXT_CAPPED',
      what: `context ${limit}, where other rates begin`,
    },
  ]
  return odd.filter(one => one !== false)
}

const stale = (row: Price, { id, provider }: Model, { book, today }: Around): Note[] => {
  const every = entryOf(book.providers, provider)?.review_every_days ?? Number.POSITIVE_INFINITY
  const age = rowAge(row, book, today) ?? 0
  return age > every
    ? [{ code: 'STALE', model: id, what: `last seen ${age} days ago, ${provider} needs a review every ${every}` }]
    : []
}

const MONTH_DAYS = 30
const DAY_MS = 86_400_000
const LATE_DAYS = 7

/** What our own book may have missed: models that a fresh catalogue no longer lists, and prices that begin late. */
export const noteOwnBook = (
  book: Book,
  { catalogue, today }: { readonly catalogue: Book | null; readonly today: string },
): Note[] => {
  const now = parseInstant(today) ?? Number.NaN
  const fresh = catalogue !== null && now - (parseInstant(catalogue.version) ?? 0) <= MONTH_DAYS * DAY_MS
  return [
    ...book.models.flatMap(model => [...(fresh ? retired(model, catalogue, now) : []), ...lateStart(model)]),
    ...(fresh ? differing(book, catalogue) : []),
  ]
}

/** A maker's model with a price today whose names a catalogue lacks; hosts' names differ too much to tell. */
const retired = (model: Model, { models, version }: Book, now: number): Note[] => {
  const listed = models.filter(({ provider }) => provider === model.provider)
  if (!isMaker(model.provider) || listed.length === 0 || !rowAt(model, now)) return []
  const names = new Set(listed.flatMap(one => namesOf(one).map(name => name.toLowerCase())))
  if (namesOf(model).some(name => names.has(name.toLowerCase()))) return []
  return [
    { code: 'RETIRED', model: model.id, what: `not in the catalogue of ${version}, which lists ${model.provider}` },
  ]
}

/** A first row that begins long after the date in the model's own name. */
const lateStart = (model: Model): Note[] => {
  const dates = namesOf(model).flatMap(name => {
    const [, year, month, day] = /[-@](20\d\d)-?(0[1-9]|1[0-2])-?([0-3]\d)$/.exec(name) ?? []
    return year === undefined ? [] : [`${year}-${month}-${day}`]
  })
  const [named] = dates.sort()
  const [first] = model.prices.map(({ from }) => from).sort()
  if (named === undefined || first === undefined) return []
  const late = ((parseInstant(first) ?? Number.NaN) - (parseInstant(named) ?? Number.NaN)) / DAY_MS
  return late > LATE_DAYS
    ? [{ code: 'LATE_START', model: model.id, what: `named ${named}, first priced ${first.slice(0, 10)}` }]
    : []
}
