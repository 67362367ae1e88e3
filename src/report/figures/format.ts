import { type Exact, exact, quotient, toDecimals, toFixedDecimals } from '../../model/number/money.ts'
import { isRange, lowOf, type Printed } from '../../model/number/range.ts'

/** Figures as people read them. The only rounding for display: half-even, once. */

const grouped = (digits: string): string => {
  const [whole = '', fraction] = digits.split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? thousands : `${thousands}.${fraction}`
}

const signed = (value: Exact, text: string): string => (value.isNegative() && /[1-9]/.test(text) ? `-${text}` : text)

/**
 * Decimals that a column of amounts needs: 2 from $10 up, 4 from a cent up, else three significant digits of the
 * smallest, so that nothing that costs something is shown as $0.
 */
export const columnDecimals = (amounts: readonly string[]): number => {
  const sizes = amounts.map(amount => exact(amount).abs()).filter(amount => !amount.isZero())
  const [first] = sizes
  if (first === undefined) return 2
  const least = sizes.reduce((a, b) => (b.lt(a) ? b : a), first)
  if (least.gte(10)) return 2
  if (least.gte('0.01')) return 4
  // 0.00042 is 4.2e-4: its third significant digit is decimal 4 + 2.
  return Math.min(12, -least.e + 2)
}

/** The same for amounts that stand beside limits: two wherever these say all, as limits are round. */
export const neatDecimals = (amounts: readonly string[]): number =>
  amounts.every(amount => exact(amount).decimalPlaces() <= 2) ? 2 : columnDecimals(amounts)

/** Dollars with that many decimals, thousands grouped. @example formatUsd('1234.5', 2) // $1,234.50 */
export const formatUsd = (amount: string, decimals = columnDecimals([amount])): string => {
  const value = exact(amount)
  return signed(value, `$${grouped(toFixedDecimals(value.abs(), decimals))}`)
}

/** A rate in USD per 1M tokens, every digit of it and two decimals at least. @example formatRate('0.6') // $0.60 */
export const formatRate = (rate: string): string => {
  const value = exact(rate)
  return `$${grouped(toFixedDecimals(value, Math.max(2, value.decimalPlaces())))}`
}

/** A count, thousands grouped; an expectation is whole from a thousand on, else shown to one decimal. */
export const formatCount = (count: number | string): string => {
  const value = exact(count)
  if (value.isInteger()) return grouped(value.toFixed())
  if (value.gt(0) && value.lt('0.05')) return '<0.1'
  return grouped(toFixedDecimals(value, value.gte(1000) ? 0 : 1).replace(/\.0$/, ''))
}

/** Hours, months or requests: four decimals where there are less than a hundred. */
export const formatQuantity = (quantity: number | string): string => {
  const value = exact(quantity)
  return value.isInteger() || value.gte(100) ? formatCount(quantity) : toDecimals(value, 4)
}

/** A share from 0 to 1 as a percentage; what is not quite nothing or all is not shown as such. */
export const formatShare = (share: number): string => {
  const percent = exact(String(share)).times(100)
  if (percent.isPositive() && !percent.isZero() && percent.lte('0.05')) return '<0.1%'
  if (percent.lt(100) && percent.gte('99.95')) return '>99.9%'
  return `${toFixedDecimals(percent, 1)}%`
}

/** How many times as much, to two decimals. @example formatRatio('2.666') // 2.67x */
export const formatRatio = (ratio: string): string => `${grouped(toFixedDecimals(exact(ratio), 2))}x`

/** How far an amount lies from another, as a percentage with its sign; empty where there is nothing to compare with. */
export const formatChange = (amount: string, base: string): string => {
  const [to, from] = [exact(amount), exact(base)]
  if (from.isZero()) return ''
  const percent = quotient(to.minus(from).times(100), from)
  const text = toFixedDecimals(percent.abs(), 1)
  return text === '0.0' ? (percent.isZero() ? '' : '~0%') : `${percent.isNegative() ? '-' : '+'}${grouped(text)}%`
}

/** A figure, or its range from the low end to the high one where the two print apart. */
export const spanned = <T extends string | number>(span: Printed<T>, format: (value: T) => string, to = '-'): string =>
  isRange(span) && format(span.low) !== format(span.high)
    ? `${format(span.low)}${to}${format(span.high)}`
    : format(lowOf(span))

/** Tokens as people say them: 1.28B. */
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

/** A utilisation; far above 100% it is said all the same, as what would be needed, in whole per cent. */
export const formatUse = (share: number): string =>
  share < 10 ? formatShare(share) : `${formatCount(toDecimals(exact(String(share)).times(100), 0))}%`

/** A range of utilisations, the unit said once. */
export const useSpan = (low: number, high: number): string =>
  formatUse(low) === formatUse(high) ? formatUse(low) : `${formatUse(low).replace('%', '')}-${formatUse(high)}`
