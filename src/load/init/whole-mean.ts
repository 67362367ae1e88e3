import { exact, quotient, toDecimals } from '../../model/number/money.ts'

/** A mean as a whole number, half-even. */
export const wholeMean = (total: number, count: number): number =>
  Number(toDecimals(quotient(exact(total), exact(count)), 0))
