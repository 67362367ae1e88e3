import { addFractions, type Fraction, ratioOf } from '../../model/number/fraction.ts'
import { type Exact, exact, ONE, sum } from '../../model/number/money.ts'
import type { Traffic } from '../../model/scenario/scenario.ts'
import { monthAfter } from './calendar-months.ts'
import { hourWeights } from './spread-traffic.ts'
import { offsetMinutes } from './week.ts'

/** A calendar month of a time zone, hour by hour, with the traffic of each hour. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NO_TRAFFIC = 'a run has no calendar'

/** Traffic per millisecond, in periods of the scenario: `requests` times this is requests per millisecond. */
export type Pace = Fraction

/** A stretch of time within one local hour. Milliseconds since 1970, half-open. */
export interface Stretch {
  readonly from: number
  readonly to: number
  /** Stretches of equal traffic share one object; `null`: no traffic. */
  readonly pace: Pace | null
}

export interface CalendarMonth {
  /** Such as `2027-01`. */
  readonly month: string
  readonly days: number
  /** Monday to Friday. */
  readonly workingDays: number
  /** In the order of time. Together they are the whole month. */
  readonly stretches: readonly Stretch[]
}

/** Milliseconds of stretches. */
export const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((all, { from, to }) => all + to - from, 0)

/** Traffic of some stretches, in periods of the scenario; one quotient with 50 digits. */
export const periodsIn = (stretches: readonly Stretch[]): Exact => {
  const lengths = new Map<Pace, number>()
  for (const { from, to, pace } of stretches) if (pace) lengths.set(pace, (lengths.get(pace) ?? 0) + to - from)
  return periodsAt(lengths)
}

/** Traffic of so many milliseconds at each pace, in periods of the scenario; one quotient with 50 digits. */
export const periodsAt = (lengths: ReadonlyMap<Pace, number>): Exact =>
  ratioOf(addFractions([...lengths].map(([pace, ms]) => ({ ...pace, numerator: pace.numerator.times(ms) }))))

/** The parts of stretches that lie within a time. */
export const within = (stretches: readonly Stretch[], from: number, to: number): Stretch[] =>
  stretches.flatMap(stretch => {
    if (stretch.from >= from && stretch.to <= to) return [stretch]
    const cut = { ...stretch, from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }
    return cut.from < cut.to ? [cut] : []
  })

/** A part of one local hour of one local day. */
interface LocalHour {
  readonly from: number
  readonly to: number
  /** Local days since 1970. */
  readonly day: number
  /** Local hour, 0–23. */
  readonly hour: number
}

/**
 * A whole calendar month of the traffic's time zone. The profile's weights are shared over the hours that exist on each
 * day, so a clock change keeps the day's requests; a day without any of its hours is even.
 */
export const calendarMonth = (traffic: Traffic, month: string): CalendarMonth => {
  const days = new Map<number, LocalHour[]>()
  for (const hour of localHours(traffic.timezone, month)) {
    const ofDay = days.get(hour.day) ?? []
    ofDay.push(hour)
    days.set(hour.day, ofDay)
  }
  const isWorking = (day: number): boolean => (day + 3) % 7 < 5
  const working = [...days.keys()].filter(isWorking).length
  const pace = paces(traffic, traffic.weekdays_only ? working : days.size)
  const stretches = [...days].flatMap(([day, hours]) => {
    const of = traffic.weekdays_only && !isWorking(day) ? () => null : pace(hours)
    return hours.map(({ from, to, hour }) => ({ from, to, pace: of(hour) }))
  })
  return {
    month,
    days: days.size,
    workingDays: working,
    stretches: stretches.sort((a, b) => a.from - b.from),
  }
}

/** The pace of each local hour of a day, by what hours the day has; equal paces are one object. */
const paces = (traffic: Traffic, daysOfTraffic: number) => {
  const known = new Map<string, Pace>()
  // Most days of a month have the same hours.
  const shapes = new Map<string, readonly (Pace | null)[]>()
  const profile = hourWeights(traffic.profile).map(weight => exact(String(weight)))
  const pacesOf = (lengths: readonly number[]): (Pace | null)[] => {
    const weigh = (weights: readonly Exact[]): Exact =>
      sum(weights.map((weight, hour) => weight.times(lengths[hour] ?? 0)))
    const weights = weigh(profile).isZero() ? profile.map(() => ONE) : profile
    const ofDay = periodsOfDay(traffic, { daysOfTraffic, ms: lengths.reduce((all, ms) => all + ms, 0) })
    const denominator = ofDay.denominator.times(weigh(weights))
    return weights.map(weight => {
      const numerator = ofDay.numerator.times(weight)
      if (numerator.isZero()) return null
      const key = `${numerator.toFixed()}/${denominator.toFixed()}`
      const pace = known.get(key) ?? { numerator, denominator }
      known.set(key, pace)
      return pace
    })
  }
  return (hours: readonly LocalHour[]) => {
    const lengths = Array<number>(24).fill(0)
    for (const { hour, from, to } of hours) lengths[hour] = (lengths[hour] ?? 0) + to - from
    const shape = lengths.join()
    const paced = shapes.get(shape) ?? pacesOf(lengths)
    shapes.set(shape, paced)
    return (hour: number): Pace | null => paced[hour] ?? null
  }
}

/** Periods' worth of requests of one day that has traffic. */
const periodsOfDay = (
  { per, weekdays_only }: Traffic,
  { daysOfTraffic, ms }: { readonly daysOfTraffic: number; readonly ms: number },
): Fraction => {
  const ratio = (a: number, b: number): Fraction => ({ numerator: exact(a), denominator: exact(b) })
  switch (per) {
    case 'hour':
      return weekdays_only ? ratio(168, 5) : ratio(ms, HOUR)
    case 'day':
      return ratio(1, 1)
    case 'week':
      return ratio(1, weekdays_only ? 5 : 7)
    case 'month':
      return ratio(1, daysOfTraffic)
    case 'run':
      throw new Error(NO_TRAFFIC)
    default:
      return per satisfies never
  }
}

/** Every local hour of a month, or what a clock change leaves of it. */
const localHours = (timezone: string, month: string): LocalHour[] => {
  // Local times are counted as if they were UTC.
  const [first, end] = [Date.parse(`${month}-01`), Date.parse(`${monthAfter(month, 1)}-01`)]
  return steadyClocks(timezone, first - 2 * DAY, end + 2 * DAY).flatMap(({ from, to, ahead }) => {
    const hours: LocalHour[] = []
    const last = Math.min(to + ahead, end)
    for (let local = Math.max(from + ahead, first); local < last; ) {
      const next = Math.min(last, (Math.floor(local / HOUR) + 1) * HOUR)
      const day = Math.floor(local / DAY)
      hours.push({ from: local - ahead, to: next - ahead, day, hour: Math.floor((local - day * DAY) / HOUR) })
      local = next
    }
    return hours
  })
}

/** Times in which a zone's clock is a constant number of milliseconds ahead of UTC. */
const steadyClocks = (timezone: string, from: number, to: number) => {
  const ahead = (ms: number): number => offsetMinutes(timezone, ms) * MINUTE
  const found: { readonly from: number; readonly to: number; readonly ahead: number }[] = []
  let [begun, offset] = [from, ahead(from)]
  for (let ms = from; ms < to; ms += DAY) {
    if (ahead(ms + DAY) === offset) continue
    let [before, after] = [ms, ms + DAY]
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE
      if (ahead(middle) === offset) before = middle
      else after = middle
    }
    found.push({ from: begun, to: after, ahead: offset })
    begun = after
    offset = ahead(after)
  }
  return [...found, { from: begun, to, ahead: offset }]
}
