import type { Price, Provider, Window } from '../../model/book/book.ts'
import { type Exact, exact, ONE, quotient } from '../../model/number/money.ts'
import type { Traffic } from '../../model/scenario/scenario.ts'
import { lengthOf, type Pace, periodsAt, type Stretch } from '../time/calendar-month.ts'
import { type Hour, type Spread, spreadTraffic } from '../time/spread-traffic.ts'
import { offsetMinutes } from '../time/week.ts'
import { type Band, bandsAt, baseName, holidaysMissingAt, windowAt } from './peak-share.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Hours of one rate on the calendar; the `share` is the periods' worth of requests in them. */
export interface CalendarBand extends Band {
  /** Milliseconds in these hours, with traffic or not. */
  readonly ms: number
}

/** Bands of a row on the calendar. */
export interface CalendarBands {
  readonly bands: readonly CalendarBand[]
  /** Years whose holidays would decide a rate, and which the provider's calendar does not have. */
  readonly yearsMissing: readonly string[]
}

/** Traffic on true hours of the calendar instead of a plain week. */
export interface Schedule {
  /** The hours' weights are periods of the scenario an hour, by pace. */
  readonly spread: Spread
  readonly bandsOf: (used: Used) => CalendarBands
}

/** A row, and the provider whose calendar decides its hours. */
interface Used {
  readonly row: Price
  readonly provider: Provider
}

/** When requests are priced: at one moment, or over hours of the calendar that have one row. */
export interface When {
  /** Date or instant; of hours of the calendar any instant among them. */
  readonly at: string
  /** Default: a plain week, at `at`. */
  readonly schedule?: Schedule | undefined
}

/** The traffic by hours, and the rates of these. */
export const spreadOver = (
  traffic: Traffic,
  { row, provider }: Used,
  { at, schedule }: When,
): { readonly spread: Spread; readonly bands: readonly Band[] } => {
  if (schedule) return { spread: schedule.spread, bands: schedule.bandsOf({ row, provider }).bands }
  const spread = spreadTraffic(traffic)
  return { spread, bands: bandsAt({ row, provider, at, timezone: traffic.timezone }, spread) }
}

/**
 * The schedule of some hours of the calendar.
 *
 * @param growth - multiplier on the stated traffic
 * @param requests - requests of one period of the scenario
 */
export const scheduleOf = (
  stretches: readonly Stretch[],
  { growth, requests }: { readonly growth: Exact; readonly requests: number },
): Schedule => {
  const hours = new Map<Pace, Hour>()
  for (const { pace } of stretches) {
    if (!pace || hours.has(pace)) continue
    hours.set(pace, { hour: hours.size, weight: perHour(pace, growth) })
  }
  const known = new Map<Price['windows'], CalendarBands>()
  return {
    spread: { hours: [...hours.values()], total: ONE, perWeek: exact(requests) },
    bandsOf: used => {
      const { windows } = used.row
      const bands = known.get(windows) ?? cutIntoBands(stretches, used, { hours, growth })
      known.set(windows, bands)
      return bands
    },
  }
}

/** Periods of the scenario an hour. 50 digits, times the growth. */
export const perHour = ({ numerator, denominator }: Pace, growth: Exact): Exact =>
  quotient(numerator.times(HOUR), denominator).times(growth)

interface Weights {
  readonly hours: ReadonlyMap<Pace, Hour>
  readonly growth: Exact
}

const cutIntoBands = (stretches: readonly Stretch[], { row, provider }: Used, weights: Weights): CalendarBands => {
  const windows = row.windows ?? []
  if (windows.length === 0) return { bands: [bandOf(stretches, { row, window: null, ...weights })], yearsMissing: [] }
  const step = stepOf(windows, stretches) * MINUTE
  const parts = new Map<Window | null, Stretch[]>([...windows, null].map(window => [window, []]))
  const years = new Set<string>()
  for (const stretch of stretches) {
    for (let { from } = stretch; from < stretch.to; ) {
      const to = Math.min(stretch.to, (Math.floor(from / step) + 1) * step)
      parts.get(windowAt(row, provider, from))?.push({ ...stretch, from, to })
      const year = stretch.pace && holidaysMissingAt(row, provider, from)
      if (year) years.add(year)
      from = to
    }
  }
  return {
    bands: [...parts].map(([window, own]) => bandOf(own, { row, window, ...weights })),
    yearsMissing: [...years].sort(),
  }
}

const bandOf = (
  stretches: readonly Stretch[],
  { row, window, hours, growth }: Weights & { readonly row: Price; readonly window: Window | null },
): CalendarBand => {
  const lengths = new Map<Pace, number>()
  for (const { from, to, pace } of stretches) if (pace) lengths.set(pace, (lengths.get(pace) ?? 0) + to - from)
  return {
    name: window?.name ?? baseName(row),
    window,
    share: periodsAt(lengths).times(growth),
    parts: [...lengths].flatMap(([pace, ms]) => {
      const hour = hours.get(pace)
      return hour ? [{ hour, fraction: exact(ms) }] : []
    }),
    ms: lengthOf(stretches),
  }
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/**
 * Minutes between two moments of UTC at which a window may open or close: a divisor of its edges, and of how far its
 * zone's clock is ahead. Clocks change on a half hour.
 */
const stepOf = (windows: readonly Window[], stretches: readonly Stretch[]): number => {
  const ends = [stretches[0]?.from ?? 0, stretches.at(-1)?.to ?? 0]
  const marks = windows.flatMap(({ timezone, hours }) => {
    const ahead = ends.map(ms => Math.abs(offsetMinutes(timezone, ms)))
    const isSteady = ahead[0] === ahead[1]
    const edges = hours.flatMap(range => range.split('-').map(clock => Number(clock.slice(3))))
    return [...edges, ...ahead, isSteady && Number.isInteger((ahead[0] ?? 0) / 60) ? 60 : 30]
  })
  return marks.reduce(divisor, 60)
}
