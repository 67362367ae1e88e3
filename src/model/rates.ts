import { exact } from './number/money.ts'
import { SCALES, scalar } from './units.ts'

/** Small schemas of serving rates. */

/** A rate above 0 in tokens a second, as exact decimal digits: `52300`, `52.3K`. */
export const perSecond = scalar(
  {
    name: 'speed',
    what: 'must be a number of tokens a second above 0',
    fix: 'write a rate such as 52300 or 52.3K',
    pattern: '^\\d+(\\.\\d+)?\\s*[KkMm]?$',
    numeric: { type: 'number', exclusiveMinimum: 0 },
  },
  value => {
    const match = /^(\d{1,12}(?:\.\d{1,9})?)\s*([KM]?)$/i.exec(String(value).trim())
    if (!match?.[1]) return undefined
    const given = exact(match[1]).times(SCALES[match[2]?.toUpperCase() ?? ''] ?? 1)
    return given.isZero() ? undefined : given.toFixed()
  },
)

const PER_DAY: Readonly<Record<string, number>> = { day: 1, hour: 24, minute: 1440, s: 86_400, second: 86_400 }

/** A capacity above 0 in tokens a day, as exact decimal digits: `100M/day`, `4M/hour`, `1.2K/s`. */
export const rate = scalar(
  {
    name: 'capacity',
    what: 'must be a number of tokens per time, above 0',
    fix: 'write a capacity such as 100M/day, 4M/hour or 1200/s',
    pattern: '^\\d+(\\.\\d+)?\\s*[KkMmBb]?\\s*/\\s*(day|hour|minute|second|s)$',
  },
  value => {
    const match = /^(\d{1,12}(?:\.\d{1,9})?)\s*([KMB]?)\s*\/\s*(day|hour|minute|second|s)$/i.exec(String(value).trim())
    if (!match?.[1]) return undefined
    const scale = SCALES[match[2]?.toUpperCase() ?? ''] ?? 1
    const given = exact(match[1])
      .times(scale)
      .times(PER_DAY[match[3]?.toLowerCase() ?? ''] ?? 1)
    return given.isZero() ? undefined : given.toFixed()
  },
)
