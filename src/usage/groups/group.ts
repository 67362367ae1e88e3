import type { MeterKey } from '../../model/meters.ts'
import type { Exact } from '../../model/number/money.ts'
import type { RecordRates, UsageRecord } from '../record.ts'

/** Tokens by meter, disjoint. */
export type Tokens = Readonly<Record<MeterKey, bigint>>

/** Everything that the rates of records depend on. */
export interface RateKey {
  /** As the source names it; `null`: it is not told. */
  readonly model: string | null
  /** An instant that stands for all that have these rates; of a bucket its start. `null`: no time is told. */
  readonly at: number | null
  /** End of a bucket; `null`: calls. */
  readonly end: number | null
  /** The shortest prompt of the band. */
  readonly band: number
  readonly service: string | null
  readonly batch: boolean
  readonly region: string | null
  readonly rates: RecordRates | null
  /** Whether the records tell money only. */
  readonly isMoney: boolean
}

/** Records that are priced together. */
export interface Group extends RateKey {
  /** Values of the report's keys, in their order. */
  readonly keys: readonly string[]
  readonly records: number
  /** `null`: some record does not count them. */
  readonly requests: number | null
  readonly tokens: Tokens
  /** Meters that none of the records tells. */
  readonly untold: readonly MeterKey[]
  /** What the source says they cost, USD; all of the records say so, or none: `null`. */
  readonly stated: Exact | null
  /** First instant, and last: of buckets the latest end. `null`: no time is told. */
  readonly first: number | null
  readonly last: number | null
}

/** Records that were summed elsewhere: all have these rates, and tell the same meters. */
export interface Summed {
  /** Stands for them, with an instant of the same rates; a meter is `null` where none of them tells it. */
  readonly record: UsageRecord
  /** The shortest prompt of their band, or of a narrower one. */
  readonly prompt: number
  readonly records: number
  /** `null`: not counted. */
  readonly requests: number | null
  readonly tokens: Tokens
  readonly stated: Exact | null
  readonly first: number | null
  readonly last: number | null
}
