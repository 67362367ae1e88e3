import type { Served } from '../plan/models.ts'
import { bandOf } from '../plan/tier-edges.ts'
import type { Granularity, UsageRecord } from '../record.ts'
import { type Group, grouping, type RateKey } from './group.ts'
import type { LocalTime } from './local-time.ts'

/** What usage can be broken down by, besides a tag or any other key of the records. */
export const TIME_KEYS = ['day', 'month'] as const

export interface CollectOptions {
  readonly served: (name: string) => Served | null
  readonly clock: LocalTime
  /** First instant and the first that no longer counts, milliseconds since 1970. */
  readonly since: number | null
  readonly until: number | null
  /** Keys of the breakdown: model, day, month, or keys of the records. */
  readonly by: readonly string[]
}

/** The records of a run, summed. */
export interface Collected {
  /** By day of the report's zone. */
  readonly days: readonly Group[]
  /** By the keys of the breakdown, in their order; `model` is empty: the group has it. */
  readonly broken: readonly Group[]
  readonly granularity: Readonly<Record<Granularity, number>>
  /** Records that lie outside the time asked for. */
  readonly outside: number
}

export interface Collector {
  add(record: UsageRecord): void
  collected(): Collected
}

/** The day of records that tell no time. */
export const NO_DAY = 'no time'
/** The value of a key that a record does not have. */
export const NO_VALUE = '(none)'

/** Collects records into groups of equal rates, in memory. */
export const collector = (options: CollectOptions): Collector => {
  const { clock, by } = options
  const days = grouping()
  const broken = by.every(key => key === 'model' || isTime(key)) ? null : grouping()
  const granularity = { call: 0, bucket: 0, money: 0 }
  let outside = 0
  const add = (record: UsageRecord): void => {
    const { at } = record
    if (isOutside(record, options)) {
      outside++
      return
    }
    const day = at === null ? NO_DAY : clock.dayOf(at)
    const key = ratesOf(record, options)
    granularity[key.isMoney ? 'money' : key.end === null ? 'call' : 'bucket']++
    days.add(record, key, [day])
    broken?.add(
      record,
      key,
      by.map(one => valueAt(one, record, day)),
    )
  }
  return {
    add,
    collected: () => {
      const byDay = days.groups()
      const byKeys = broken?.groups() ?? byDay.map(group => ({ ...group, keys: by.map(key => valueIn(key, group)) }))
      const count = granularity.call + granularity.bucket + granularity.money
      for (const groups of [byDay, byKeys]) {
        const summed = groups.reduce((all, { records }) => all + records, 0)
        if (summed !== count) throw new Error(`${count} records were added, but the groups have ${summed}`)
      }
      return { days: byDay, broken: byKeys, granularity, outside }
    },
  }
}

/** Whether a record lies outside the time asked for. */
export const isOutside = ({ at }: UsageRecord, { since, until }: Pick<CollectOptions, 'since' | 'until'>): boolean =>
  at !== null && ((since !== null && at < since) || (until !== null && at >= until))

const isTime = (key: string): boolean => TIME_KEYS.some(one => one === key)

const valueAt = (key: string, { keys }: UsageRecord, day: string): string => {
  if (key === 'model') return ''
  if (isTime(key)) return timeIn(key, day)
  return Object.hasOwn(keys, key) ? (keys[key] ?? NO_VALUE) : NO_VALUE
}

const valueIn = (key: string, { keys: [day = NO_DAY] }: Group): string => (isTime(key) ? timeIn(key, day) : '')

/** A day, or its month. */
const timeIn = (key: string, day: string): string => (key === 'month' && day !== NO_DAY ? day.slice(0, 7) : day)

/** Everything that the rates of a record depend on. */
const ratesOf = (record: UsageRecord, { served, since, until }: CollectOptions): RateKey => {
  const { model: name, service, batch, rates = null } = record
  const known = name === null ? null : served(name)
  const isMoney = isMoneyOnly(record)
  const { at, end } = timeOf(record, { since, until })
  const isCall = at !== null && end === null
  const prompt = record.input + (record.cache_read ?? 0) + (record.cache_write ?? 0) + (record.cache_write_1h ?? 0)
  return {
    model: name,
    at: isCall ? (known && !isMoney ? known.timeline.stateAt(at) : 0) : at,
    end,
    band: known ? bandOf(known.edges, prompt) : 0,
    service: service === 'standard' ? null : service,
    batch,
    rates: isCall ? null : rates,
    isMoney,
  }
}

/** What tells no time may be any of the time that was asked for. */
const timeOf = (
  { at, end }: UsageRecord,
  { since, until }: Pick<CollectOptions, 'since' | 'until'>,
): Pick<RateKey, 'at' | 'end'> => {
  if (at !== null) return { at, end }
  return since !== null && until !== null ? { at: since, end: until } : { at: null, end: null }
}

/** Whether a record tells money and no tokens. */
export const isMoneyOnly = (record: UsageRecord): boolean =>
  record.stated_usd !== null &&
  record.requests === null &&
  record.input === 0 &&
  record.output === 0 &&
  !record.cache_read &&
  !record.cache_write &&
  !record.cache_write_1h
