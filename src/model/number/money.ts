import { Decimal } from 'decimal.js'

/** An operand of exact arithmetic: an exact decimal, or digits. */
type Operand = Exact | string | number | bigint

/**
 * An exact decimal: US dollars, a token count, a share. Never a binary float. Its methods keep every digit; operations
 * that must round (a quotient, e^x, printing fewer digits) are functions below, and round half-even.
 */
export interface Exact {
  /** Power of ten of the first digit: 4.2e-4 has -4. */
  readonly e: number
  plus(other: Operand): Exact
  minus(other: Operand): Exact
  times(other: Operand): Exact
  negated(): Exact
  abs(): Exact
  /** Whole number of times that another one goes into it; the remainder is dropped. */
  dividedToIntegerBy(other: Operand): Exact
  eq(other: Operand): boolean
  lt(other: Operand): boolean
  lte(other: Operand): boolean
  gt(other: Operand): boolean
  gte(other: Operand): boolean
  comparedTo(other: Operand): number
  isZero(): boolean
  isNegative(): boolean
  isPositive(): boolean
  isInteger(): boolean
  decimalPlaces(): number
  /** Every digit, without an exponent. */
  toFixed(): string
  /** The nearest double. */
  toNumber(): number
}

/** Exact USD. The same number type as every other exact figure; the name says what it counts. */
export type Money = Exact

const HALF_EVEN = { rounding: Decimal.ROUND_HALF_EVEN } as const
// Sums and products keep every digit: no sum or product of book rates and token counts comes near 1,000 digits.
const Whole = Decimal.clone({ ...HALF_EVEN, precision: 1000, toExpNeg: -1e9, toExpPos: 1e9 })
// Quotients and e^x carry 50 significant digits, half-even: the contract, so that every machine agrees.
const Fifty = Decimal.clone({ ...HALF_EVEN, precision: 50 })

/** Every exact figure was created here. */
const inside = (value: Exact): Decimal => value as Decimal

/** An exact decimal from a decimal string, an integer or a bigint. @example exact('0.435') */
export const exact = (value: Operand): Exact => new Whole(typeof value === 'object' ? inside(value) : value)

export const ZERO: Exact = exact(0)
export const ONE: Exact = exact(1)
/** Book rates are USD per this many tokens. */
export const MILLION: Exact = exact(1_000_000)

/** units × 10⁻ᵈ. @param decimals - d, not negative */
export const fromUnits = (units: bigint, decimals: number): Exact => new Whole(`${units}e-${decimals}`)

/** How many units of 10⁻ᵈ a figure has. @param decimals - d, at least as many as it has @throws {SyntaxError} if it has more */
export const unitsOf = (value: Exact, decimals: number): bigint => BigInt(value.times(powerOfTen(decimals)).toFixed())

/** Sum of exact figures; 0 for none. */
export const sum = (parts: Iterable<Exact>): Exact => {
  let total: Exact | null = null
  // Most sums have one part and need no addition.
  for (const part of parts) total = total === null ? part : total.plus(part)
  return total ?? ZERO
}

/** a ÷ b with 50 significant digits, half-even. `b` must not be 0. */
export const quotient = (a: Exact, b: Exact): Exact => exact(new Fifty(inside(a)).div(inside(b)).toString())

/** e^x with 50 significant digits, half-even. */
export const exponential = (x: Exact): Exact => exact(new Fifty(inside(x)).exp().toString())

/** Ten to an integer power, including negative ones. @example powerOfTen(-2) // 0.01 */
export const powerOfTen = (power: number): Exact => exact(`1e${power}`)

/** Rounds half-even to a number of decimals, as plain digits without trailing zeros. @example '0.385' */
export const toDecimals = (value: Exact, decimals: number): string =>
  inside(value).toDecimalPlaces(decimals, Decimal.ROUND_HALF_EVEN).toFixed()

/** Rounds half-even to exactly this many decimals, trailing zeros kept. @example '0.3850' */
export const toFixedDecimals = (value: Exact, decimals: number): string =>
  inside(value).toFixed(decimals, Decimal.ROUND_HALF_EVEN)
