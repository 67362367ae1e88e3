import { type Exact, exact, ONE, quotient, ZERO } from './money.ts'

/** An undivided ratio of exact decimals, so that comparing it loses no digit. Denominator above 0. */
export interface Fraction {
  readonly numerator: Exact
  readonly denominator: Exact
}

/** The ratio with 50 significant digits. */
export const ratioOf = ({ numerator, denominator }: Fraction): Exact => quotient(numerator, denominator)

/** Sum of ratios, undivided: ratios of equal denominators are added as they stand. 0 for none. */
export const addFractions = (parts: Iterable<Fraction>): Fraction => {
  const byDenominator = new Map<string, Fraction>()
  for (const { numerator, denominator } of parts) {
    const key = denominator.toFixed()
    const known = byDenominator.get(key)
    byDenominator.set(key, { denominator, numerator: known ? known.numerator.plus(numerator) : numerator })
  }
  let sum: Fraction | null = null
  for (const { numerator, denominator } of byDenominator.values()) {
    sum = sum
      ? {
          numerator: sum.numerator.times(denominator).plus(numerator.times(sum.denominator)),
          denominator: sum.denominator.times(denominator),
        }
      : { numerator, denominator }
  }
  return sum ?? { numerator: ZERO, denominator: ONE }
}

// A figure computed from 50-digit quotients may be a few units in the last place above a whole number.
const ROUNDING = exact('1e-40')

/**
 * The smallest whole number that is at least the ratio. A ratio above a whole number by less than one part in 10^40,
 * which only rounded quotients cause, counts as that number.
 *
 * @param ratio - not negative
 */
export const wholeFrom = ({ numerator, denominator }: Fraction): number => {
  const floor = numerator.dividedToIntegerBy(denominator)
  const rest = numerator.minus(floor.times(denominator))
  return floor.toNumber() + (rest.gt(numerator.times(ROUNDING)) ? 1 : 0)
}

/** Whether a exceeds b by more than rounded quotients explain: one part in 10^40. */
export const exceeds = (a: Exact, b: Exact): boolean => a.minus(b).gt(a.abs().times(ROUNDING))
