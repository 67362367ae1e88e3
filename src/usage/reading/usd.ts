import { type Exact, exact, powerOfTen } from '../../model/number/money.ts'
import type { Usd } from '../record.ts'
import { BadRecord, NO_MONEY } from './bad-record.ts'

/** As digits without an exponent. */
export const usdText = (usd: Usd): string =>
  typeof usd === 'string' ? usd : exact(usd.units).times(powerOfTen(-usd.decimals)).toFixed()

/** A comma parts thousands, in groups of three before the point: what may be a decimal comma is no amount. */
const AMOUNT = /^-?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d*)?(?:e[+-]?\d{1,3})?$/i

/**
 * An amount of money as a source writes it, exact: `"1,234.50"`, `0.029`; `null`: there is none.
 *
 * @throws {BadRecord} for what is no amount
 */
export const amountOf = (value: unknown): Exact | null => {
  if (value === undefined || value === null || value === '') return null
  const text = String(value).trim().replace(/^\$/, '')
  if (AMOUNT.test(text)) return exact(text.replaceAll(',', ''))
  throw new BadRecord(NO_MONEY)
}

/** The same as digits without an exponent. */
export const usdOf = (value: unknown): string | null =>
  typeof value === 'number' && isPlain(value) ? String(value) : (amountOf(value)?.toFixed() ?? null)

/** Whether JavaScript writes a number without an exponent or sign. */
const isPlain = (value: number): boolean => value === 0 || (value >= 1e-6 && value < 1e21)
