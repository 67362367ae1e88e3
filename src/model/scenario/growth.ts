import * as z from 'zod/mini'
import { exact } from '../number/money.ts'
import { MOST_CHARACTERS, scalar } from '../units.ts'

/** How traffic grows, as written in files. */

const GROWTH = /^([+-]?)(\d{1,4}(?:\.\d{1,6})?)\s*%\s*\/\s*month$/
const MOST = 10

/** Growth as exact decimal digits of its share a month: `8%/month` is 0.08, `-5%/month` is -0.05. */
export const growthRate = scalar(
  {
    name: 'growth a month',
    what: 'must be a percentage a month, above -100% and up to 1000%',
    fix: 'write a growth such as 8%/month',
    pattern: '^[+-]?\\d+(\\.\\d+)?\\s*%\\s*/\\s*month$',
    form: () => z.string().check(z.maxLength(MOST_CHARACTERS), z.regex(/^-?(0|[1-9]\d*)(\.\d+)?$/)),
  },
  value => {
    const [, sign, digits] = GROWTH.exec(String(value).trim()) ?? []
    if (digits === undefined) return undefined
    const share = exact(`${sign === '-' ? '-' : ''}${digits}e-2`)
    return share.gt(-1) && share.lte(MOST) ? (share.abs().isZero() ? '0' : share.toFixed()) : undefined
  },
)

/** Whether a text is a month as files and flags have it: `2027-01`. */
export const isMonth = (text: string): boolean => /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text)

/** A calendar month: `2027-01`. */
export const calendarMonth = scalar(
  {
    name: 'month',
    what: 'must be a month, as year and month',
    fix: 'write a month such as 2027-01',
    pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])$',
  },
  value => (typeof value === 'string' && isMonth(value) ? value : undefined),
)
