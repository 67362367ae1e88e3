import type { Price, Rate } from '../../model/book/book.ts'
import type { Catalogue, Listed, ListedRow, Written } from './catalogue.ts'
import type { ImportCode } from './codes.ts'
import { type ReadRate, rateOf } from './rate-of.ts'
import { countOf } from './shape.ts'

/** What converting a row found besides its rates. */
type Notes = Set<ImportCode>

interface Reading {
  readonly unit: Catalogue['unit']
  readonly silence: Catalogue['silence']
  readonly entry: Pick<Listed, 'embedding' | 'free'>
  readonly outputUnknown: boolean
  readonly notes: Notes
}

/** A row's rates and their kinds, without dates and evidence. */
type Rates = Pick<Price, 'input' | 'cache_read' | 'output'> & Partial<Pick<Price, 'cache_write' | 'cache_write_1h'>>

/**
 * Converts the rates of a row, its tiers, its hours and its batch. A rate that is missing or 0 is no price.
 *
 * @returns the converted parts, or the code for which the entry is left out
 */
export const convertRow = (
  row: ListedRow,
  entry: Pick<Listed, 'embedding' | 'free'>,
  { unit, silence, notes }: Pick<Reading, 'unit' | 'silence' | 'notes'>,
): Omit<Price, 'from' | 'source' | 'grade'> | ImportCode => {
  const reading: Reading = { unit, silence, entry, notes, outputUnknown: row.outputUnknown ?? false }
  const whole = [row.rates, ...(row.tiers ?? []), ...(row.windows ?? []).map(({ rates }) => rates)]
  const refused = whole.map(rates => refusal(rates, reading)).find(found => found !== null)
  if (refused) return refused
  for (const one of row.dropped ?? []) if (rateOf(one, unit).noisy) notes.add('FLOAT_NOISE')
  const { cache_write, cache_write_1h, ...rates } = ratesOf(row.rates, reading)
  const { tiers = [], windows = [], batch } = row
  if (tiers.length > MOST_KINDS || windows.length > MOST_KINDS) return 'NOT_A_RATE'
  if (tiers.some(({ threshold }) => countOf(threshold) === null)) return 'NOT_A_RATE'
  return {
    ...{ input: rates.input, cache_read: rates.cache_read },
    ...written({ cache_write, cache_write_1h }),
    output: rates.output,
    ...(batch === undefined ? {} : { batch: batchOf(batch, rates, reading) }),
    ...(tiers.length === 0 ? {} : { tiers: tiers.map(tier => tierOf(tier, reading)) }),
    ...(windows.length === 0
      ? {}
      : {
          base_window: 'otherwise',
          windows: windows.map(({ hours, rates }) => ({ ...hours, ...ratesOf(rates, reading) })),
        }),
  }
}

const MOST_KINDS = 24

type OfTiers = NonNullable<ListedRow['tiers']>[number]

const tierOf = ({ threshold, operator, ...rates }: OfTiers, reading: Reading) => {
  const { cache_write, cache_write_1h, ...others } = ratesOf(rates, reading)
  return { threshold, operator, ...others, ...written({ cache_write, cache_write_1h }) }
}

const KEYS = ['input', 'output', 'cache_read', 'cache_write', 'cache_write_1h'] as const

/** Why rates are no price at all; `null`: they are. */
const refusal = (rates: Written, { unit, entry }: Reading): ImportCode | null => {
  const read = KEYS.map(key => rateOf(rates[key], unit).kind)
  if (read.some(kind => kind === 'bad' || kind === 'negative')) return 'NOT_A_RATE'
  const [input, output] = read
  if (input === 'rate' || output === 'rate') return null
  if (input === 'absent' && output === 'absent') return 'NO_PRICE'
  return entry.free ? null : 'ZERO_PRICE'
}

const ratesOf = (rates: Written, { unit, silence, entry, outputUnknown, notes }: Reading): Rates => {
  const read = (key: keyof Written): ReadRate => {
    const found = rateOf(rates[key], unit)
    if (found.noisy) notes.add('FLOAT_NOISE')
    return found
  }
  const main = (found: ReadRate): Rate => {
    if (found.kind === 'rate') return found.rate
    if (found.kind === 'zero' && entry.free) return '0'
    if (found.kind === 'zero') notes.add('ZERO_RATE')
    return null
  }
  const input = main(read('input'))
  const cached = read('cache_read')
  if (cached.kind === 'zero') notes.add('ZERO_CACHE')
  const [short, long] = [read('cache_write'), read('cache_write_1h')]
  return {
    input,
    cache_read: entry.embedding
      ? 'not_offered'
      : cached.kind === 'rate'
        ? cached.rate
        : cached.kind === 'absent'
          ? silence
          : null,
    output: entry.embedding ? 'not_offered' : outputUnknown ? null : main(read('output')),
    ...(short.kind === 'rate' ? { cache_write: short.rate } : {}),
    ...(long.kind === 'rate' ? { cache_write_1h: long.rate } : {}),
  }
}

/** Rates that are there. */
const written = (rates: { readonly cache_write?: Rate | undefined; readonly cache_write_1h?: Rate | undefined }) =>
  Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate !== undefined))

/** Batch rates; what a batch costs that reads from the cache, nobody says. */
const batchOf = (batch: Written, row: Pick<Rates, 'output'>, { unit }: Reading) => {
  const rate = (value: unknown): string | null => {
    const read = rateOf(value, unit)
    return read.kind === 'rate' ? read.rate : null
  }
  return {
    input: rate(batch.input),
    cache_read: null,
    output: row.output === 'not_offered' ? row.output : rate(batch.output),
  }
}
