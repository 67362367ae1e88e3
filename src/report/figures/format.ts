import { type Exact, exact, quotient, toDecimals, toFixedDecimals } from '../../model/number/money.ts'
import { isRange, lowOf, type Printed } from '../../model/number/range.ts'

/** Figures in readable form. The only rounding for display: half-even, once. */

const grouped = (digits: string): string => {
  const [whole = '', fraction] = digits.split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? thousands : `${thousands}.${fraction}`
}

const signed = (value: Exact, text: string): string => (value.isNegative() && /[1-9]/.test(text) ? `-${text}` : text)

/**
 * Decimals for a column of amounts: 2 from $10 up, 4 from one cent up, else three significant digits of the smallest,
 * so that no cost is shown as $0.
 */
export const columnDecimals = (amounts: readonly string[]): number => {
  const sizes = amounts.map(amount => exact(amount).abs()).filter(amount => !amount.isZero())
  const [first] = sizes
  if (first === undefined) return 2
  const least = sizes.reduce((a, b) => (b.lt(a) ? b : a), first)
  if (least.gte(10)) return 2
  if (least.gte('0.01')) return 4
  // For 0.00042, which is 4.2e-4, the third significant digit is decimal 4 + 2.
  return Math.min(12, -least.e + 2)
}

/** The same for amounts next to limits: two decimals if these show every digit, since limits are round. */
export const neatDecimals = (amounts: readonly string[]): number =>
  amounts.every(amount => exact(amount).decimalPlaces() <= 2) ? 2 : columnDecimals(amounts)

/** Dollars with that many decimals, thousands grouped. @example formatUsd('1234.5', 2) // $1,234.50 */
export const formatUsd = (amount: string, decimals = columnDecimals([amount])): string => {
  const value = exact(amount)
  return signed(value, `$${grouped(toFixedDecimals(value.abs(), decimals))}`)
}

/** A rate in USD per 1M tokens, with every digit and at least two decimals. @example formatRate('0.6') // $0.60 */
export const formatRate = (rate: string): string => {
  const value = exact(rate)
  return `$${grouped(toFixedDecimals(value, Math.max(2, value.decimalPlaces())))}`
}

/** A count with thousands grouped; an expectation is rounded to whole tokens from 1,000, else to one decimal. */
export const formatCount = (count: number | string): string => {
  const value = exact(count)
  if (value.isInteger()) return grouped(value.toFixed())
  if (value.gt(0) && value.lt('0.05')) return '<0.1'
  return grouped(toFixedDecimals(value, value.gte(1000) ? 0 : 1).replace(/\.0$/, ''))
}

/** Hours, months or requests: four decimals below one hundred. */
export const formatQuantity = (quantity: number | string): string => {
  const value = exact(quantity)
  return value.isInteger() || value.gte(100) ? formatCount(quantity) : toDecimals(value, 4)
}

/** A span of seconds in the unit that suits it. @example formatSpan(3500) // 58 min */
export const formatSpan = (seconds: number): string => {
  const length = exact(String(seconds))
  const inUnits = (unit: number, decimals: number): string => toFixedDecimals(quotient(length, exact(unit)), decimals)
  if (seconds < 120) return `${inUnits(1, 0)} s`
  if (seconds < 7200) return `${inUnits(60, 0)} min`
  return seconds < 172_800 ? `${inUnits(3600, 1)} h` : `${inUnits(86_400, 1)} days`
}

/** A measured figure: whole from 100 up, else three significant digits. @example formatMeasure(0.01234) // 0.0123 */
export const formatMeasure = (value: number): string => {
  const measured = exact(String(value))
  if (measured.gte(100)) return grouped(toFixedDecimals(measured, 0))
  return measured.isZero() ? '0' : toDecimals(measured, Math.min(20, Math.max(0, 2 - measured.e)))
}

/** A share from 0 to 1 as a percentage; a share just above 0 or just below 1 is never shown as 0% or 100%. */
export const formatShare = (share: number): string => {
  const percent = exact(String(share)).times(100)
  if (percent.isPositive() && !percent.isZero() && percent.lte('0.05')) return '<0.1%'
  if (percent.lt(100) && percent.gte('99.95')) return '>99.9%'
  return `${toFixedDecimals(percent, 1)}%`
}

/** A ratio to two decimals. @example formatRatio('2.666') // 2.67x */
export const formatRatio = (ratio: string): string => `${grouped(toFixedDecimals(exact(ratio), 2))}x`

/** A multiple to two decimals, whole from 100 up. @example formatTimes('2.666') // 2.67× */
export const formatTimes = (ratio: string): string =>
  `${grouped(toFixedDecimals(exact(ratio), exact(ratio).gte(100) ? 0 : 2))}×`

/**
 * Dollars for a sentence: whole from $1,000 up, cents from ten cents up, else two significant digits, so that no cost is
 * shown as $0. @example plainUsd('0.00834') // $0.0083
 */
export const plainUsd = (amount: string): string => {
  const size = exact(amount).abs()
  if (size.gte(1000)) return formatUsd(amount, 0)
  return formatUsd(amount, size.isZero() || size.gte('0.1') ? 2 : Math.min(12, 1 - size.e))
}

/** Distance of an amount from another, as a signed percentage; empty if there is nothing to compare with. */
export const formatChange = (amount: string, base: string): string => {
  const [to, from] = [exact(amount), exact(base)]
  if (from.isZero()) return ''
  const percent = quotient(to.minus(from).times(100), from)
  const text = toFixedDecimals(percent.abs(), 1)
  return text === '0.0' ? (percent.isZero() ? '' : '~0%') : `${percent.isNegative() ? '-' : '+'}${grouped(text)}%`
}

/** A figure, or its range from low to high if the two print differently. */
export const spanned = <T extends string | number>(span: Printed<T>, format: (value: T) => string, to = '-'): string =>
  isRange(span) && format(span.low) !== format(span.high)
    ? `${format(span.low)}${to}${format(span.high)}`
    : format(lowOf(span))

/** Tokens in short form: 1.28B. */
export const formatTokens = (tokens: number | string): string => {
  const value = exact(tokens)
  for (const [unit, power] of [
    ['T', 12],
    ['B', 9],
    ['M', 6],
  ] as const) {
    if (value.gte(`1e${power}`)) return `${toDecimals(value.times(`1e-${power}`), 2)}${unit}`
  }
  return formatCount(toDecimals(value, 0))
}

/** A utilisation; far above 100% it is still shown, in whole per cent, as what would be needed. */
export const formatUse = (share: number): string =>
  share < 10 ? formatShare(share) : `${formatCount(toDecimals(exact(String(share)).times(100), 0))}%`

/** A range of utilisations, with the unit given once. */
export const useSpan = (low: number, high: number): string =>
  formatUse(low) === formatUse(high) ? formatUse(low) : `${formatUse(low).replace('%', '')}-${formatUse(high)}`
