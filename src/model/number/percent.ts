import { type Exact, exact, toDecimals } from './money.ts'

const MOST_DECIMALS = 40

/**
 * A share as a percentage, with at most one decimal; next to another share, with enough decimals to tell them apart.
 *
 * @example percent(exact('0.8000001'), exact('0.8')) // 80.00001%
 */
export const percent = (share: Exact | number, beside?: Exact): string => {
  const whole = exact(String(share)).times(100)
  let decimals = 1
  if (beside && !beside.times(100).eq(whole)) {
    while (decimals < MOST_DECIMALS && exact(toDecimals(whole, decimals)).eq(beside.times(100))) decimals++
  }
  return `${toDecimals(whole, decimals)}%`
}
