import { type Exact, exact, powerOfTen, ZERO } from '../../model/number/money.ts'
import type { Usd } from '../record.ts'

/** Adds amounts of money up. */
export interface Amounts {
  add(amount: Usd): void
  addExact(amount: Exact): void
  /** Exact. */
  sum(): Exact
}

/** Most digits of a whole number that is exact. */
const MOST_DIGITS = 15

/** Amounts as whole numbers of their last decimal, by the number of decimals: few logs state any longer one. */
export const amounts = (): Amounts => {
  const units = new Float64Array(MOST_DIGITS)
  let rest = ZERO
  const flush = (decimals: number): void => {
    rest = rest.plus(exact(String(units[decimals])).times(powerOfTen(-decimals)))
    units[decimals] = 0
  }
  const addUnits = (whole: number, decimals: number): void => {
    const sum = (units[decimals] as number) + whole
    if (sum > Number.MAX_SAFE_INTEGER) flush(decimals)
    units[decimals] = (units[decimals] as number) + whole
  }
  return {
    add: amount => {
      if (typeof amount !== 'string') {
        addUnits(amount.units, amount.decimals)
        return
      }
      let [whole, point] = [0, -1]
      const isShort = amount.length <= MOST_DIGITS
      for (let i = 0; isShort && i < amount.length; i++) {
        const digit = amount.charCodeAt(i) - 48
        if (digit >= 0 && digit <= 9) whole = whole * 10 + digit
        else if (digit === -2 && point < 0) point = i
        else whole = Number.NaN
      }
      if (!isShort || !(whole >= 0)) {
        rest = rest.plus(amount)
        return
      }
      addUnits(whole, point < 0 ? 0 : amount.length - point - 1)
    },
    addExact: amount => {
      rest = rest.plus(amount)
    },
    sum: () => {
      for (let decimals = 0; decimals < units.length; decimals++) if (units[decimals] !== 0) flush(decimals)
      return rest
    },
  }
}
