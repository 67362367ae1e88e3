import { BadRecord, NO_TIME } from './bad-record.ts'

const WRITTEN =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|[+-]\d\d(?::?\d\d)?(?: UTC)?)?$/i

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
 */
const fromIso = (text: string): number | null => {
  const isShort = text.length === 20
  if (!(isShort || (text.length === 24 && text[19] === '.')) || !text.endsWith('Z') || text[10] !== 'T') return null
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return null
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)]
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)]
  const fraction = isShort ? 0 : digits(text, 20, 23)
  // Written so that NaN is no instant.
  const isTime = hour < 24 && minute < 60 && second < 60 && fraction < 1000
  if (!(isTime && year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return null
  return daysTo(year, month, day) * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000 + fraction
}

const digits = (text: string, from: number, to: number): number => {
  let sum = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    sum = sum * 10 + digit
  }
  return sum
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. A year begins with March here: a leap day ends it. */
const daysTo = (year: number, month: number, day: number): number => {
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
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
