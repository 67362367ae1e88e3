import { Decimal } from 'decimal.js'

/** An exact decimal: US dollars, a count of tokens, a share. Never a binary float. */
export type Exact = Decimal

/** Exact USD. The same number type as every other exact figure; the name says what it counts. */
export type Money = Exact

// Sums and products keep every digit: no sum or product of book rates and token counts comes near 1,000 digits.
const Whole = Decimal.clone({ precision: 1000, toExpNeg: -1e9, toExpPos: 1e9 })
// Quotients and e^x carry 50 significant digits, half-even: the contract, so that every machine agrees.
const Fifty = Decimal.clone({ precision: 50, rounding: Decimal.ROUND_HALF_EVEN })

/** An exact decimal from a decimal string, an integer or a bigint. @example exact('0.435') */
export const exact = (value: string | number | bigint | Exact): Exact =>
  new Whole(typeof value === 'bigint' ? value.toString() : value)

export const ZERO: Exact = exact(0)
export const ONE: Exact = exact(1)
/** Book rates are USD per this many tokens. */
export const MILLION: Exact = exact(1_000_000)

/** Sum of exact figures; 0 for none. */
export const sum = (parts: Iterable<Exact>): Exact => {
  let total = ZERO
  for (const part of parts) total = total.plus(part)
  return total
}

/** a ÷ b with 50 significant digits, half-even. `b` must not be 0. */
export const quotient = (a: Exact, b: Exact): Exact => exact(new Fifty(a).div(b).toString())

/** e^x with 50 significant digits, half-even. */
export const exponential = (x: Exact): Exact => exact(new Fifty(x).exp().toString())

/** Rounds half-even to a number of decimals, as plain digits without trailing zeros. @example '0.385' */
export const toDecimals = (value: Exact, decimals: number): string =>
  value.toDecimalPlaces(decimals, Decimal.ROUND_HALF_EVEN).toFixed()

/** Rounds half-even to exactly this many decimals, trailing zeros kept. @example '0.3850' */
export const toFixedDecimals = (value: Exact, decimals: number): string =>
  value.toFixed(decimals, Decimal.ROUND_HALF_EVEN)
