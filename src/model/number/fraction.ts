import { type Exact, exact, quotient } from './money.ts'

/** A ratio of exact decimals that has not been divided yet, so that comparing it loses no digit. Denominator above 0. */
export interface Fraction {
  readonly numerator: Exact
  readonly denominator: Exact
}

/** The ratio with 50 significant digits. */
export const ratioOf = ({ numerator, denominator }: Fraction): Exact => quotient(numerator, denominator)

// A figure that went through quotients of 50 digits may stand a few units of the last one above a whole number.
const ROUNDING = exact('1e-40')

/**
 * The smallest whole number from a ratio on; a ratio that passes a whole number by less than one part in 10^40, which
 * only the rounding of quotients does, is that number.
 *
 * @param ratio - not negative
 */
export const wholeFrom = ({ numerator, denominator }: Fraction): number => {
  const floor = numerator.dividedToIntegerBy(denominator)
  const rest = numerator.minus(floor.times(denominator))
  return floor.toNumber() + (rest.gt(numerator.times(ROUNDING)) ? 1 : 0)
}

/** Whether a is more than b, by more than the rounding of quotients explains: one part in 10^40. */
export const exceeds = (a: Exact, b: Exact): boolean => a.minus(b).gt(a.abs().times(ROUNDING))
