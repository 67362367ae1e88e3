import { BadRecord, NO_TIME } from './bad-record.ts'

const WRITTEN =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?(?: UTC)?)?$/i

/**
 * The instant that a source writes, ms since 1970: a text with its zone, where none means UTC, never the machine's; or
 * a number of seconds, milli-, micro- or nanoseconds since 1970. `null`: there is none.
 *
 * @throws {BadRecord} for what is no instant
 */
export const instantOf = (value: unknown): number | null => {
  if (value === undefined || value === null || value === '') return null
  const instant = typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value) : null
  if (instant === null) throw new BadRecord(NO_TIME)
  return instant
}

/**
 * `2026-10-01T10:00:00Z` or `2026-10-01T10:00:00.123Z`, as most logs write it, digit by digit; `null`: another form, for
 * the slower way.
 *
 * @param view - bytes of which the text has those from a place to another
 */
export const instantIn = (view: DataView, from: number, to: number): number | null => {
  const isShort = to - from === SHORT
  if (!isShort && (to - from !== LONG || view.getUint8(from + 19) !== 46)) return null
  if (view.getUint8(from + 16) !== COLON || view.getUint8(to - 1) !== 90) return null
  const minute = minuteIn(view, from)
  const second = digits(view, from + 17, from + 19)
  const fraction = isShort ? 0 : digits(view, from + 20, from + 23)
  // Written so that NaN is no instant.
  return minute !== null && second < 60 && fraction < 1000 ? minute + second * 1000 + fraction : null
}

const [SHORT, LONG, COLON] = [20, 24, 58]

/** The minute that was read last, by its sixteen bytes as two numbers: a log has many instants of each. */
const last = { date: Number.NaN, clock: Number.NaN, minute: 0 }

/** `2026-10-01T10:00` as ms since 1970; `null`: another form. */
const minuteIn = (view: DataView, from: number): number | null => {
  const [date, clock] = [view.getFloat64(from, true), view.getFloat64(from + 8, true)]
  if (date === last.date && clock === last.clock) return last.minute
  if (view.getUint8(from + 4) !== 45 || view.getUint8(from + 7) !== 45 || view.getUint8(from + 10) !== 84) return null
  const year = digits(view, from, from + 4)
  const month = digits(view, from + 5, from + 7)
  const day = digits(view, from + 8, from + 10)
  const hour = digits(view, from + 11, from + 13)
  const minute = digits(view, from + 14, from + 16)
  const isTime = view.getUint8(from + 13) === COLON && hour < 24 && minute < 60
  if (!(isTime && year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return null
  last.date = date
  last.clock = clock
  last.minute = daysTo(year, month, day) * 86_400_000 + (hour * 60 + minute) * 60_000
  return last.minute
}

const written = new DataView(new ArrayBuffer(LONG))

const fromIso = (text: string): number | null => {
  if (text.length > LONG) return null
  // What is no ASCII is no digit either.
  for (let i = 0; i < text.length; i++) written.setUint8(i, Math.min(text.charCodeAt(i), 255))
  return instantIn(written, 0, text.length)
}

const digits = (view: DataView, from: number, to: number): number => {
  let sum = 0
  for (let i = from; i < to; i++) {
    const digit = view.getUint8(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    sum = sum * 10 + digit
  }
  return sum
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. A year begins with March here: a leap day ends it. */
const daysTo = (year: number, month: number, day: number): number => {
  const y = month > 2 ? year : year - 1
  const m = month > 2 ? month - 3 : month + 9
  const inYear = Math.floor((153 * m + 2) / 5) + day - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + inYear - 719_468
}

const fromText = (text: string): number | null => {
  const iso = fromIso(text)
  if (iso !== null) return iso
  const found = WRITTEN.exec(text.trim())
  if (!found) return /^\d{9,19}(?:\.\d+)?$/.test(text) ? fromNumber(Number(text)) : null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = found
  const [y, m, d, h, min, s] = [year, month, day, hour, minute, second].map(Number) as Six
  if (h > 24 || min > 59 || s > 60) return null
  const ms = Date.UTC(y, m - 1, d, h, min, s, Number(fraction.slice(0, 3).padEnd(3, '0')))
  // Date.UTC takes the 31st of November for the 1st of December.
  if (new Date(Date.UTC(y, m - 1, d)).getUTCDate() !== d || m < 1 || m > 12) return null
  return ms - offsetOf(zone)
}

type Six = [number, number, number, number, number, number]

/** ms that a zone such as `+08:00` is ahead of UTC. */
const offsetOf = (zone: string): number => {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?/.exec(zone) ?? []
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -ahead : ahead
}

/** ms by the unit that makes them plausible: seconds reach 1e11 in the year 5138, milliseconds reached it in 1973. */
const fromNumber = (value: number): number | null => {
  if (!(value >= 0 && value < 1e20)) return null
  if (value < 1e11) return Math.floor(value * 1000)
  if (value < 1e14) return Math.floor(value)
  return Math.floor(value < 1e17 ? value / 1e3 : value / 1e6)
}
