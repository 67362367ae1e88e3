import { isDate } from '../../model/instant.ts'
import { type Exact, exact, ONE } from '../../model/number/money.ts'
import { moment, offsetMinutes } from './week.ts'

/** Calendar months by their names, `2027-01`, and how traffic grows over them. */

const MINUTE_MS = 60_000
const MONTHS = 12

const indexOf = (month: string): number => Number(month.slice(0, 4)) * MONTHS + Number(month.slice(5, 7)) - 1

/** The month that is so many after another. @example monthAfter('2026-11', 2) // 2027-01 */
export const monthAfter = (month: string, count: number): string => {
  const index = indexOf(month) + count
  return `${Math.floor(index / MONTHS)}-${String((index % MONTHS) + 1).padStart(2, '0')}`
}

/** Months in a row, from the first on. */
export const monthsFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => monthAfter(first, i))

/** The month of a moment: a date is that calendar day anywhere, an instant is converted to the zone. */
export const monthOf = (at: string, timezone: string): string => {
  if (isDate(at)) return at.slice(0, 7)
  const { ms } = moment(at)
  return new Date(ms + offsetMinutes(timezone, ms) * MINUTE_MS).toISOString().slice(0, 7)
}

/**
 * How many times the stated traffic a month has: (1 + growth)^i, exact.
 *
 * @param growth - share a month, decimal digits
 * @param from - month of the stated traffic; i counts whole months from it, and is at least 0
 */
export const growthIn = (
  month: string,
  { growth, from }: { readonly growth: string; readonly from: string },
): Exact => {
  let factor = ONE
  for (let i = indexOf(from); i < indexOf(month); i++) factor = factor.times(ONE.plus(exact(growth)))
  return factor
}
