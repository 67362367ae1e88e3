import { offsetMinutes } from '../../cost/time/week.ts'

const MINUTE = 60_000
const QUARTER = 15 * MINUTE
const DAY = 96 * QUARTER
/** Quarters of an hour that are remembered: those of ten years. */
const MOST_QUARTERS = 10 * 366 * 96

/** The local day and hour of a quarter of an hour. */
interface Quarter {
  readonly day: string
  readonly hour: number
}

/** Local days of a zone: the days and months of a report. */
export interface LocalTime {
  readonly timezone: string
  /** The local day of an instant. @example 2026-10-04 */
  dayOf(ms: number): string
  /** The local day of an instant, and a time around it that lies in the same day, half-open. */
  daySpell(ms: number): { readonly day: string; readonly from: number; readonly to: number }
  /** The local hour of an instant, 0 to 23. */
  hourOf(ms: number): number
  /** First instant of a day such as 2026-10-04, and of the next. */
  daySpan(day: string): { readonly from: number; readonly to: number }
  /** First instant of a month such as 2026-10, and of the next. */
  monthSpan(month: string): { readonly from: number; readonly to: number }
}

/** @param local - a local midnight as if it were of UTC */
const midnight = (local: number, timezone: string): number => {
  // The offset at local midnight, found from one that is at most a clock change away.
  const near = local - offsetMinutes(timezone, local) * MINUTE
  return local - offsetMinutes(timezone, near) * MINUTE
}

/** First instant of a date in a zone, milliseconds since 1970. @param date - well-formed, such as 2026-11-01 */
export const startOfDay = (date: string, timezone: string): number => midnight(Date.parse(date), timezone)

/** A zone's clock, asked once for each quarter of an hour: offsets change only between them. */
export const localTime = (timezone: string): LocalTime => {
  const quarters = new Map<number, Quarter>()
  const quarterAt = (ms: number): Quarter => {
    const quarter = Math.floor(ms / QUARTER)
    const known = quarters.get(quarter)
    if (known !== undefined) return known
    const start = quarter * QUARTER
    const local = new Date(start + offsetMinutes(timezone, start) * MINUTE)
    const found = { day: local.toISOString().slice(0, 10), hour: local.getUTCHours() }
    if (quarters.size > MOST_QUARTERS) quarters.clear()
    quarters.set(quarter, found)
    return found
  }
  const startOf = (year: number, month: number): number => midnight(Date.UTC(year, month, 1), timezone)
  return {
    timezone,
    dayOf: ms => quarterAt(ms).day,
    daySpell: ms => {
      const from = Math.floor(ms / QUARTER) * QUARTER
      return { day: quarterAt(ms).day, from, to: from + QUARTER }
    },
    hourOf: ms => quarterAt(ms).hour,
    daySpan: day => {
      const next = new Date(Date.parse(day) + DAY).toISOString().slice(0, 10)
      return { from: startOfDay(day, timezone), to: startOfDay(next, timezone) }
    },
    monthSpan: month => {
      const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1]
      return { from: startOf(year, number), to: startOf(year, number + 1) }
    },
  }
}
