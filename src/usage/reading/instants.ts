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

/** `2026-10-01T10:00:00.123Z`, as most logs write it; `null`: another form, for the slower way. */
const fromIso = (text: string): number | null => {
  if (text.length < 20 || text.length > 30 || text[4] !== '-' || text[10] !== 'T' || !text.endsWith('Z')) return null
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return null
  // Date.parse takes the 31st of November for the 1st of December.
  const day = text.slice(8, 10)
  return day <= '28' || new Date(ms).getUTCDate() === Number(day) ? ms : null
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

/** Each unit by what makes it milliseconds. Seconds reach 1e11 in the year 5138, milliseconds reached it in 1973. */
const UNITS = [
  { times: 1000, over: 1 },
  { times: 1, over: 1 },
  { times: 1, over: 1e3 },
  { times: 1, over: 1e6 },
] as const

const fromNumber = (value: number): number | null => {
  if (!Number.isFinite(value) || value < 0) return null
  const ms = UNITS.map(({ times, over }) => (value * times) / over).find(one => one < 1e14)
  return ms === undefined ? null : Math.floor(ms)
}
