import type { Window } from '../../model/book/book.ts'
import { WEEKDAYS } from '../../model/book/choices.ts'
import { isDate, parseInstant } from '../../model/instant.ts'
import { remembered } from '../../model/remembered.ts'

/** Clock arithmetic of one plain week. Minutes count from Monday 00:00 local time. */

const DAY = 1440
export const WEEK = 7 * DAY

// Zones without daylight saving: China since 1991. Asking Intl for any zone costs 16 ms of start-up.
const FIXED: Readonly<Record<string, number>> = { UTC: 0, 'Asia/Shanghai': 480 }

/** Minutes by which a zone's clock is ahead of UTC at a moment (milliseconds since 1970, from 1992 on). */
export const offsetMinutes = (timezone: string, ms: number): number => FIXED[timezone] ?? offsetByIntl(timezone, ms)

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The same, from this Node's time zone data. */
export const offsetByIntl = (timezone: string, ms: number): number => {
  const clock =
    clocks.get(timezone) ?? new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
  clocks.set(timezone, clock)
  const parts = clock.formatToParts(ms)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? []
  if (!sign) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/**
 * Half-open intervals of the week in which a window applies; one that crosses midnight belongs to the day it begins on.
 */
export const stretches = remembered(({ weekdays, hours }: Window): readonly { from: number; to: number }[] => {
  const minute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
  return weekdays.flatMap(weekday =>
    hours.map(range => {
      const [start = '', end = ''] = range.split('-')
      const midnight = WEEKDAYS.indexOf(weekday) * DAY
      const from = midnight + minute(start)
      const to = midnight + minute(end)
      return { from, to: to > from ? to : to + DAY }
    }),
  )
})

/** For each minute of the week, 1 if the window applies. */
export const openMinutes = (window: Window): Uint8Array => {
  const open = new Uint8Array(WEEK)
  for (const { from, to } of stretches(window)) {
    for (let minute = from; minute < to; minute++) open[minute % WEEK] = 1
  }
  return open
}

/** Local calendar of a moment: the minute of its week, and the date (YYYY-MM-DD) of a day `back` days before. */
export const localClock = (timezone: string, ms: number) => {
  const local = new Date(ms + offsetMinutes(timezone, ms) * 60_000)
  const weekday = (local.getUTCDay() + 6) % 7
  return {
    minute: weekday * DAY + local.getUTCHours() * 60 + local.getUTCMinutes(),
    date: (back: number): string => new Date(local.getTime() - back * 86_400_000).toISOString().slice(0, 10),
  }
}

/** Whether a local date is one of a year's holidays, given as dates and ranges `2026-10-01..2026-10-07`. */
export const isHoliday = (date: string, days: readonly string[]): boolean =>
  days.some(day => {
    const [first = '', last = first] = day.split('..')
    return date >= first && date <= last
  })

/** Milliseconds since 1970 of a well-formed `at`, and whether it is a date rather than an instant. */
export const moment = (at: string): { ms: number; plainDate: boolean } => ({
  ms: parseInstant(at) ?? Number.NaN,
  plainDate: isDate(at),
})
