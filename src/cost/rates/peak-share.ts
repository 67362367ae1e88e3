import type { Price, Provider, Window } from '../../model/book/book.ts'
import { type Exact, exact, ONE, quotient, sum } from '../../model/number/money.ts'
import { remembered } from '../../model/remembered.ts'
import type { Hour, Spread } from '../time/spread-traffic.ts'
import { isHoliday, localClock, moment, offsetMinutes, openMinutes, stretches, WEEK } from '../time/week.ts'

/** The hours of one rate: a window of the row, or the hours outside every window. */
export interface Band {
  /** The provider's name for these hours; `null` if the price has no hours. */
  readonly name: string | null
  /** `null`: the row's own rates. */
  readonly window: Window | null
  /** Share of the requests that begin in these hours; all bands add up to 1. */
  readonly share: Exact
  /** Hours of the traffic's week in this band, each with the fraction of it that lies in the band. */
  readonly parts: readonly { readonly hour: Hour; readonly fraction: Exact }[]
}

const whole = remembered((spread: Spread) => spread.hours.map(hour => ({ hour, fraction: ONE })))

/** Name of the hours outside every window; `null` if the row has no hours. */
export const baseName = (row: Price): string | null => (row.windows?.length ? (row.base_window ?? 'other hours') : null)

/**
 * The rates in force, each with its share of the traffic. An instant prices everything at that moment and respects
 * holidays; a date spreads the traffic over a plain week.
 *
 * @param timezone - of the traffic's profile; its offset is the one at `at`
 * @returns every band of the row, including those without traffic, the base band last
 */
export const bandsAt = (
  { row, provider, at, timezone }: { row: Price; provider: Provider; at: string; timezone: string },
  spread: Spread,
): Band[] => {
  const windows = row.windows ?? []
  const { ms, plainDate } = moment(at)
  if (windows.length === 0) return [{ name: null, window: null, share: ONE, parts: whole(spread) }]
  if (!plainDate) {
    const open = windowAt(row, provider, ms)
    return [{ name: open?.name ?? baseName(row), window: open, share: ONE, parts: whole(spread) }]
  }
  const own = offsetMinutes(timezone, ms)
  const open = windows.map(window => ({
    minutes: openMinutes(window),
    ahead: offsetMinutes(window.timezone, ms) - own,
  }))
  // One list of parts for each window, and one for the hours outside them all.
  const parts = [...windows, null].map(() => [] as Band['parts'][number][])
  for (const hour of spread.hours) {
    const counts = parts.map(() => 0)
    for (let minute = hour.hour * 60; minute < (hour.hour + 1) * 60; minute++) {
      const found = open.findIndex(({ minutes, ahead }) => minutes[(minute + ahead + WEEK) % WEEK] === 1)
      const index = found < 0 ? windows.length : found
      counts[index] = (counts[index] ?? 0) + 1
    }
    counts.forEach((count, i) => {
      if (count > 0) parts[i]?.push({ hour, fraction: quotient(exact(count), exact(60)) })
    })
  }
  const bands = [...windows, null].map((window, i): Band => {
    const mine = parts[i] ?? []
    const weight = sum(mine.map(({ hour, fraction }) => hour.weight.times(fraction)))
    return { name: window?.name ?? baseName(row), window, share: quotient(weight, spread.total), parts: mine }
  })
  // The largest band takes the exact remainder, so that the shares add up to 1 despite rounded quotients.
  const largest = bands.reduce((a, b) => (b.share.gt(a.share) ? b : a))
  const others = sum(bands.filter(band => band !== largest).map(({ share }) => share))
  return bands.map(band => (band === largest ? { ...band, share: ONE.minus(others) } : band))
}

/** The local day on which the current window's hours began, ignoring holidays; `null` outside them. */
const begunOn = (window: Window, ms: number): string | null => {
  const { minute, date } = localClock(window.timezone, ms)
  for (const { from, to } of stretches(window)) {
    const sinceStart = (minute - from + WEEK) % WEEK
    if (sinceStart < to - from) return date(Math.floor((sinceStart + (from % 1440)) / 1440))
  }
  return null
}

/** Whether a window applies at a moment: hour and weekday match, and the day it began on is no holiday. */
const holdsAt = (window: Window, { calendar }: Provider, ms: number): boolean => {
  const begun = begunOn(window, ms)
  if (begun === null || window.holidays === 'apply') return begun !== null
  return !isHoliday(begun, calendar?.holidays[begun.slice(0, 4)] ?? [])
}

/** The window of a row that applies at a moment, milliseconds since 1970; `null` outside all windows. */
export const windowAt = (row: Price, provider: Provider, ms: number): Window | null =>
  row.windows?.find(window => holdsAt(window, provider, ms)) ?? null

/** The year whose holidays would decide the rate at an instant, if the provider's calendar does not have it. */
export const missingHolidays = (row: Price, { calendar }: Provider, at: string): string | null => {
  const { ms, plainDate } = moment(at)
  return plainDate ? null : holidaysMissingAt(row, { calendar }, ms)
}

/** The same at a moment, milliseconds since 1970. */
export const holidaysMissingAt = (row: Price, { calendar }: Pick<Provider, 'calendar'>, ms: number): string | null => {
  for (const window of row.windows ?? []) {
    const year = window.holidays === 'except' ? begunOn(window, ms)?.slice(0, 4) : undefined
    if (year !== undefined && !calendar?.holidays[year]) return year
  }
  return null
}
