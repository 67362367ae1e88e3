import * as z from 'zod/mini'
import { parseInstant } from './instant.ts'
import { exact } from './number/money.ts'
import { scalar } from './units.ts'

/** Durations, dates, instants and time zones as written in files. */

/** Seconds of each unit of a duration. */
export const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

const LONGEST = 366 * 86_400

/** A duration in whole seconds: `30s`, `5m`, `1h`, `2d`. */
export const duration = scalar(
  {
    name: 'duration',
    what: 'must be a duration with its unit',
    fix: 'write a duration such as 30s, 5m, 1h or 2d',
    pattern: '^\\d+(\\.\\d+)?\\s*[smhd]$',
    form: () => z.int().check(z.nonnegative()),
  },
  value => {
    const match = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(String(value).trim())
    if (!match) return undefined
    // Multiplied as decimals: 8.2m is 492 s, not 491.99999999999994.
    const seconds = exact(match[1] ?? '').times(SECONDS[match[2] ?? ''] ?? 1)
    return seconds.isInteger() && seconds.lte(LONGEST) ? seconds.toNumber() : undefined
  },
)

/** The first day of what is only a month, since a price holds on a day. @example firstOfMonth('2026-12') // 2026-12-01 */
export const firstOfMonth = (at: unknown): string | undefined =>
  typeof at === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(at) ? `${at}-01` : undefined

/** A date (`2026-05-15`: picks the row in force at 00:00 UTC) or an instant with its zone (`2026-05-15T09:00Z`). */
export const instant = scalar(
  {
    name: 'date',
    what: 'must be a date or an instant with its zone',
    fix: 'write 2026-05-15, or 2026-05-15T09:00Z',
    fixOf: value => firstOfMonth(value)?.replace(/^/, 'write '),
    pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(\\.\\d{1,3})?(Z|[+-]\\d{2}:\\d{2}))?$',
  },
  value => (typeof value === 'string' && parseInstant(value) !== undefined ? value : undefined),
)

// Looking up a zone with Intl takes a while, and many scenarios name few zones.
const zones = new Set(['UTC'])

/** An IANA time zone name, such as `Asia/Shanghai`. */
export const timezone = scalar(
  {
    name: 'time zone',
    what: 'must be an IANA time zone',
    fix: 'write a zone such as UTC, Europe/Berlin or Asia/Shanghai',
    pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
  },
  value => {
    if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return undefined
    if (zones.has(value)) return value
    try {
      new Intl.DateTimeFormat('en', { timeZone: value })
    } catch {
      return undefined
    }
    zones.add(value)
    return value
  },
)
