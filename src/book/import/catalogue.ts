import type { Window } from '../../model/book/book.ts'
import type { ImportCode } from './codes.ts'

/** A catalogue of prices that can be turned into a layer. */
export interface Catalogue {
  /** Its name on the command line, and the id of its source in the layer. */
  readonly name: string
  readonly title: string
  /** Where anybody can read it. */
  readonly where: string
  /** What its numbers count: USD per token, or per million tokens. */
  readonly unit: 'token' | 'million'
  /** What a missing rate for cache reads says: nothing, or that there are none. */
  readonly silence: null | 'not_offered'
  /** Where its dates are: one for the whole file, start dates of some rows, or none. */
  readonly dates: 'file' | 'rows' | 'none'
  /** Reads a parsed file; `null`: it is not of this shape. `today`: YYYY-MM-DD, to tell announced prices from present ones. */
  readonly read: (data: unknown, today: string) => Listing | null
}

/** The content of a catalogue's file, before any number is converted. */
export interface Listing {
  /** The date that the file states for all of its prices, YYYY-MM-DD. */
  readonly date: string | null
  readonly models: readonly Listed[]
  /** Names of its providers by their ids in the catalogue, as far as it states them. */
  readonly sellers?: Readonly<Record<string, string>>
}

/** One entry of a catalogue. */
export interface Listed {
  /** The catalogue's own name of the entry, under which a report names it. */
  readonly name: string
  /** The provider that sells it, by its id in the catalogue and in our books. */
  readonly seller: string
  readonly provider: string
  /** What the provider calls the model. */
  readonly model: string
  /** Other full names. */
  readonly aliases?: readonly string[]
  /** Why it is left out, whatever it costs. */
  readonly skip?: ImportCode
  readonly warnings?: readonly ImportCode[]
  readonly context?: unknown
  readonly maxOutput?: unknown
  readonly openWeights?: boolean
  readonly note?: string
  readonly embedding?: boolean
  /** Whether 0 in and out is its price. */
  readonly free?: boolean
  readonly rows: readonly ListedRow[]
}

/** Rates as the catalogue writes them: numbers, or digits; anything else is no rate. */
export interface Written {
  readonly input?: unknown
  readonly output?: unknown
  readonly cache_read?: unknown
  readonly cache_write?: unknown
  readonly cache_write_1h?: unknown
}

/** Rates of one span of time. */
export interface ListedRow {
  /** First day; left out: the date of the whole catalogue. */
  readonly from?: string
  readonly to?: string
  readonly rates: Written
  /** The output rate is unknown, whatever the number says. */
  readonly outputUnknown?: boolean
  readonly tiers?: readonly (Written & Pick<Bound, 'threshold' | 'operator'>)[]
  readonly batch?: Written
  readonly windows?: readonly { readonly rates: Written; readonly hours: Hours }[]
  /** Numbers that are not taken; looked at for rounding noise alone. */
  readonly dropped?: readonly unknown[]
}

interface Bound {
  readonly threshold: number
  readonly operator: '>' | '>='
}

/** A window of every day, without its rates. */
export type Hours = Pick<Window, 'name' | 'timezone' | 'weekdays' | 'hours' | 'holidays'>
