import { periodsPerMonth } from '../../cost/time/spread-traffic.ts'
import type { LocalTime } from '../groups/local-time.ts'
import type { Observed } from './observe.ts'

const DAY = 86_400_000

/** From so many requests a day on they are told by the day: a whole number is then exact to half a thousandth. */
const MANY = 1000
/** By how much of itself a number of requests may be rounded. */
const MOST_OFF = 0.005
/** Days with records from which on a calm weekend is no accident. */
const ENOUGH_DAYS = 5

/** How much traffic usage shows, and when. */
export interface ObservedTraffic {
  /** `run`: the records cover less than a day, or no whole number is near what a month has. */
  readonly per: 'run' | 'day' | 'month'
  /** Requests a month, of a run that has no whole number of them; `null`: it is no such run. */
  readonly aMonth: number | null
  /** Days, or working days, that the records cover, each taken as whole; 0 for a run. */
  readonly days: number
  /** Periods that these days are. */
  readonly periods: number
  readonly isWeekdaysOnly: boolean
  /** Share of the records at weekends, where there were both kinds of days. */
  readonly atWeekends: number | null
  /** Calls by local hour; `null`: not known. */
  readonly profile: readonly number[] | null
  /** The last day with a record, in UTC; `null`: no record tells its time. */
  readonly lastDay: string | null
}

interface Of {
  readonly clock: LocalTime
  readonly since: number | null
  readonly until: number | null
  /** Calls, or conversations, of all records; 0: not counted. */
  readonly requests: number
}

/** Whether a number that a scenario states whole is too far from a whole one. */
export const isFarFromWhole = (count: number): boolean =>
  Math.abs(Math.max(1, Math.round(count)) - count) > count * MOST_OFF

/** Reads the traffic off the times of records. */
export const trafficOf = ({ span, hours, days }: Observed, { clock, since, until, requests }: Of): ObservedTraffic => {
  const run = { per: 'run', periods: 1, aMonth: null, atWeekends: null } as const
  const none = { ...run, days: 0, isWeekdaysOnly: false, profile: null }
  if (span === null) return { ...none, lastDay: null }
  const [from, to] = [since ?? span.first, until === null ? span.last : until - 1]
  const lastDay = new Date(span.last).toISOString().slice(0, 10)
  if (to + 1 - from < DAY) {
    return { ...none, profile: hours, isWeekdaysOnly: countOn(days, isWeekend) === 0, lastDay }
  }
  const all = daysFrom(clock.dayOf(from), clock.dayOf(to))
  const weekend = all.filter(isWeekend)
  const [at, records] = [countOn(days, isWeekend), countOn(days, () => true)]
  const isWeekdaysOnly = weekend.length >= 2 && at === 0 && days.size >= ENOUGH_DAYS
  const whole = isWeekdaysOnly ? all.length - weekend.length : all.length
  const hasBoth = weekend.length > 0 && weekend.length < all.length
  const when = { days: whole, isWeekdaysOnly, profile: hours, lastDay }
  const months = whole / perMonth(isWeekdaysOnly)
  const isDaily = requests / whole >= MANY || requests === 0
  if (!isDaily && isFarFromWhole(requests / months)) return { ...run, ...when, aMonth: requests / months }
  const paced = { aMonth: null, atWeekends: hasBoth ? at / records : null }
  return isDaily
    ? { ...paced, ...when, per: 'day', periods: whole }
    : { ...paced, ...when, per: 'month', periods: months }
}

/** Days, or working days, of a month of 730 hours. */
const perMonth = (weekdays_only: boolean): number =>
  periodsPerMonth({ requests: 1, per: 'day', profile: 'flat', timezone: 'UTC', weekdays_only })?.toNumber() ?? 1

const daysFrom = (first: string, last: string): string[] => {
  const found: string[] = []
  for (let ms = Date.parse(first); ms <= Date.parse(last); ms += DAY) {
    found.push(new Date(ms).toISOString().slice(0, 10))
  }
  return found
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay())

const countOn = (days: Observed['days'], test: (day: string) => boolean): number =>
  [...days].reduce((sum, [day, count]) => (test(day) ? sum + count : sum), 0)
