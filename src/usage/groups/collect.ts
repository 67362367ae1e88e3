import type { Served } from '../plan/models.ts'
import { bandOf } from '../plan/tier-edges.ts'
import type { Granularity, UsageRecord } from '../record.ts'
import { callSpots, type Spot } from './call-spots.ts'
import type { Group, RateKey, Summed } from './group.ts'
import { type Grouping, grouping } from './grouping.ts'
import type { LocalTime } from './local-time.ts'
import { addRecord, addSum } from './open-group.ts'
import { type SideCounts, sideCounter } from './side-counts.ts'

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
  readonly beside: SideCounts
}

export interface Collector {
  add(record: UsageRecord): void
  addSums(sums: Sums): void
  collected(): Collected
}

/** Records in the time asked for that an engine has summed. */
export interface Sums {
  readonly days: readonly Summed[]
  /** The same records by the keys of the breakdown; `null`: it has no keys of the records. */
  readonly broken: readonly Summed[] | null
  readonly outside: number
  readonly cut: SideCounts['cut']
}

/** The day of records that tell no time. */
export const NO_DAY = 'no time'
/** The value of a key that a record does not have. */
export const NO_VALUE = '(none)'

/** Collects records into groups of equal rates, in memory. */
export const collector = (options: CollectOptions): Collector => {
  const { clock, since, until, by } = options
  const days = grouping()
  const broken = hasRecordKeys(by) ? grouping() : null
  const granularity = { call: 0, bucket: 0, money: 0 }
  const beside = sideCounter([since, until])
  let outside = 0
  const dayOf = (at: number | null): string => (at === null ? NO_DAY : clock.dayOf(at))
  const valuesOf = (record: UsageRecord, day: string): string[] => by.map(key => valueAt(key, record, day))
  const spotOf = spotsIn({ days, broken }, options)
  const spots = callSpots(options, spotOf)
  const add = (record: UsageRecord): void => {
    const isOut = isOutside(record, options)
    beside.add(record, isOut)
    if (isOut) {
      outside++
      return
    }
    const prompt = promptOf(record)
    const spot = spots(record, prompt) ?? spotOf(record, prompt, dayOf(record.at))
    granularity[spot.granularity]++
    addRecord(spot.day, record)
    if (!broken || !spot.broken) return
    addRecord(broken.groupIn(spot.broken, record, valuesOf(record, spot.day.keys[0] ?? NO_DAY)), record)
  }
  return {
    add,
    addSums: sums => {
      outside += sums.outside
      beside.addCut(sums.cut)
      for (const summed of sums.days) {
        const key = addSummed(days, { summed, values: [dayOf(summed.record.at)] }, options)
        granularity[granularityOf(key)] += summed.records
      }
      if (broken === null) return
      for (const summed of sums.broken ?? []) {
        addSummed(broken, { summed, values: valuesOf(summed.record, dayOf(summed.record.at)) }, options)
      }
    },
    collected: () => {
      const byDay = days.groups()
      const byKeys = broken?.groups() ?? byDay.map(group => ({ ...group, keys: by.map(key => valueIn(key, group)) }))
      const count = granularity.call + granularity.bucket + granularity.money
      for (const groups of [byDay, byKeys]) checkRecords(groups, count)
      return { days: byDay, broken: byKeys, granularity, outside, beside: beside.counts() }
    },
  }
}

/** @returns everything that the rates of what was summed depend on */
const addSummed = (
  into: Grouping,
  { summed, values }: { readonly summed: Summed; readonly values: readonly string[] },
  options: CollectOptions,
): RateKey => {
  const { record, prompt } = summed
  const key = ratesOf(record, prompt, options)
  addSum(into.groupIn(into.branch(record, key), record, values), summed)
  return key
}

/** Finds where a record is summed, by everything that its rates depend on. */
const spotsIn =
  ({ days, broken }: { readonly days: Grouping; readonly broken: Grouping | null }, options: CollectOptions) =>
  (record: UsageRecord, prompt: number, day: string): Spot => {
    const key = ratesOf(record, prompt, options)
    return {
      day: days.groupIn(days.branch(record, key), record, [day]),
      broken: broken?.branch(record, key) ?? null,
      granularity: granularityOf(key),
    }
  }

const promptOf = ({ input, cache_read, cache_write, cache_write_1h }: UsageRecord): number =>
  input + (cache_read ?? 0) + (cache_write ?? 0) + (cache_write_1h ?? 0)

/** Nothing is lost on the way into groups. */
const checkRecords = (groups: readonly Group[], count: number): void => {
  const summed = groups.reduce((all, { records }) => all + records, 0)
  if (summed !== count) throw new Error(`${count} records were added, but the groups have ${summed}`)
}

/** Whether a breakdown needs more than models and days. */
export const hasRecordKeys = (by: readonly string[]): boolean => by.some(key => key !== 'model' && !isTime(key))

export const isTime = (key: string): boolean => TIME_KEYS.some(one => one === key)

/** Whether a record lies outside the time asked for. */
export const isOutside = ({ at }: UsageRecord, { since, until }: Pick<CollectOptions, 'since' | 'until'>): boolean =>
  at !== null && ((since !== null && at < since) || (until !== null && at >= until))

const valueAt = (key: string, { keys }: UsageRecord, day: string): string => {
  if (key === 'model') return ''
  if (isTime(key)) return timeIn(key, day)
  return Object.hasOwn(keys, key) ? (keys[key] ?? NO_VALUE) : NO_VALUE
}

const valueIn = (key: string, { keys: [day = NO_DAY] }: Group): string => (isTime(key) ? timeIn(key, day) : '')

/** A day, or its month. */
const timeIn = (key: string, day: string): string => (key === 'month' && day !== NO_DAY ? day.slice(0, 7) : day)

/** Everything that the rates of a record depend on. */
const ratesOf = (record: UsageRecord, prompt: number, { served, since, until }: CollectOptions): RateKey => {
  const { model: name, service, batch, region = null, rates = null } = record
  const known = name === null ? null : served(name)
  const isMoney = isMoneyOnly(record)
  const { at, end } = timeOf(record, { since, until })
  const isCall = at !== null && end === null
  return {
    model: name,
    at: isCall ? (known && !isMoney ? known.timeline.stateAt(at) : 0) : at,
    end,
    band: known ? bandOf(known.edges, prompt) : 0,
    service: service === 'standard' ? null : service,
    batch,
    region,
    rates: isCall ? null : rates,
    isMoney,
  }
}

const granularityOf = ({ isMoney, end }: RateKey): Granularity => (isMoney ? 'money' : end === null ? 'call' : 'bucket')

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
