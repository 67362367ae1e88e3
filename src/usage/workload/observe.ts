import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import { isMoneyOnly, isOutside } from '../groups/collect.ts'
import type { LocalTime } from '../groups/local-time.ts'
import type { Served } from '../plan/models.ts'
import { bandOf } from '../plan/tier-edges.ts'
import type { UsageRecord } from '../record.ts'
import type { Coarse } from './named-hours.ts'

const HOUR = 3_600_000
export const HOURS = 24

/** Records of one model, service, region, length band, and of batches or not. */
export interface Mix {
  /** As the source names it. */
  readonly name: string
  /** `null`: the book does not have it. */
  readonly served: Served | null
  readonly service: string | null
  readonly batch: boolean
  readonly region: string | null
  /** The shortest prompt of the band. */
  readonly band: number
  records: number
  /** Calls; of records that do not count them 0. */
  requests: number
  uncounted: number
  readonly tokens: Record<MeterKey, number>
  reasoning: number
}

/** What usage says of the workload behind it. */
export interface Observed {
  readonly mixes: readonly Mix[]
  /** First instant and last, milliseconds since 1970; `null`: no record tells its time. */
  readonly span: { readonly first: number; readonly last: number } | null
  /** Calls by local hour; `null`: some records are coarser than an hour. */
  readonly hours: readonly number[] | null
  /** What may lie in several hours; `null`: other records have their own. */
  readonly coarse: readonly Coarse[] | null
  /** Records by local day. */
  readonly days: ReadonlyMap<string, number>
  readonly conversations: { readonly count: number; readonly calls: number }
  readonly untold: {
    /** Records without a time, without reasoning told apart, and with a cache meter that is not told. */
    readonly time: number
    readonly reasoning: number
    readonly cache: number
    /** Records without a model, and those that tell money only: they are left out. */
    readonly model: number
    readonly tokens: number
  }
}

export interface ObserveOptions {
  readonly served: (name: string) => Served | null
  readonly clock: LocalTime
  readonly since: number | null
  readonly until: number | null
}

export interface Observer {
  add(record: UsageRecord): void
  observed(): Observed
}

/** Sums what a scenario says of a workload, in one pass. */
export const observer = (options: ObserveOptions): Observer => {
  const mixes = new Map<string, Mix>()
  const when = observedTimes(options.clock)
  const named = new Set<string>()
  const coarse = new Map<string, Coarse>()
  let fine = 0
  let calls = 0
  const untold = { reasoning: 0, cache: 0, model: 0, tokens: 0 }
  return {
    add: record => {
      if (isOutside(record, options)) return
      if (isMoneyOnly(record)) untold.tokens++
      else if (record.model === null) untold.model++
      else {
        addTo(mixOf(mixes, record.model, record, options), record)
        when.add(record)
        if (record.at === null || !isCoarse(record.at, record.end)) fine++
        else addCoarse(coarse, record, options)
        if (record.reasoning === null) untold.reasoning++
        if (METERS.some(({ key }) => record[key] === null)) untold.cache++
        const { conversation } = record.keys
        if (conversation === undefined) return
        named.add(conversation)
        calls += record.requests ?? 0
      }
    },
    observed: () => {
      const { untimed, ...times } = when.found()
      const conversations = { count: named.size, calls }
      const inHours = fine > 0 ? null : [...coarse.values()]
      return {
        ...times,
        coarse: inHours,
        mixes: [...mixes.values()],
        conversations,
        untold: { ...untold, time: untimed },
      }
    },
  }
}

const isCoarse = (at: number, end: number | null): boolean => end !== null && end - at > HOUR

/** Adds a record of more than an hour to what has its rates; what the book does not have is left out. */
const addCoarse = (sums: Map<string, Coarse>, record: UsageRecord, { served }: ObserveOptions): void => {
  const { model, at, end, service, batch, region = null, rates = null } = record
  const known = model === null ? null : served(model)
  if (!known || at === null || end === null) return
  const key = JSON.stringify([known.model.id, service, batch, region, at, end, rates])
  const sum = sums.get(key) ?? {
    served: known,
    service: service === 'standard' ? null : service,
    batch,
    region,
    at,
    end,
    rates,
    tokens: byMeter(() => 0),
  }
  sums.set(key, sum)
  for (const { key } of METERS) sum.tokens[key] += record[key] ?? 0
}

const mixOf = (mixes: Map<string, Mix>, name: string, record: UsageRecord, { served }: ObserveOptions): Mix => {
  const model = served(name)
  const { batch, region = null } = record
  const service = record.service === 'standard' ? null : record.service
  // The length of one call is known, of the calls of a bucket it is not.
  const band = model && record.end === null ? bandOf(model.edges, promptOf(record)) : 0
  const key = [model?.model.id ?? `\0${name}`, service ?? '', batch, region ?? '', band].join('\0')
  const known = mixes.get(key)
  if (known) return known
  const tokens = byMeter(() => 0)
  const mix = {
    name,
    served: model,
    service,
    batch,
    region,
    band,
    records: 0,
    requests: 0,
    uncounted: 0,
    tokens,
    reasoning: 0,
  }
  mixes.set(key, mix)
  return mix
}

const promptOf = ({ input, cache_read, cache_write, cache_write_1h }: UsageRecord): number =>
  input + (cache_read ?? 0) + (cache_write ?? 0) + (cache_write_1h ?? 0)

const addTo = (mix: Mix, record: UsageRecord): void => {
  mix.records++
  if (record.requests === null) mix.uncounted++
  else mix.requests += record.requests
  for (const { key } of METERS) mix.tokens[key] += record[key] ?? 0
  mix.reasoning += record.reasoning ?? 0
}

const observedTimes = (clock: LocalTime) => {
  const hours = new Array<number>(HOURS).fill(0)
  const days = new Map<string, number>()
  let [first, last, coarse, untimed] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  return {
    add: ({ at, end, requests }: UsageRecord): void => {
      if (at === null) {
        untimed++
        return
      }
      first = Math.min(first, at)
      // The end of a bucket is not in it.
      last = Math.max(last, end === null ? at : end - 1)
      const day = clock.dayOf(at)
      days.set(day, (days.get(day) ?? 0) + 1)
      if (isCoarse(at, end)) coarse++
      else hours[clock.hourOf(at)] = (hours[clock.hourOf(at)] ?? 0) + (requests ?? 1)
    },
    found: () => ({
      span: Number.isFinite(first) ? { first, last } : null,
      hours: coarse + untimed > 0 ? null : hours,
      days,
      untimed,
    }),
  }
}
