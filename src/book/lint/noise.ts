import { type Exact, toDecimals } from '../../model/number/money.ts'

/** Whether a rate looks like binary rounding noise: six zeros or nines in a row, or more than twelve decimals. */
export const isNoise = (rate: string): boolean => {
  const fraction = rate.split('.')[1] ?? ''
  return fraction.length > 12 || /0{6,}[1-9]|9{6,}/.test(fraction)
}

/** A rate to at most nine decimals, and to fewer where those are noise as well. */
export const withoutNoise = (value: Exact, decimals = 9): string => {
  const rounded = toDecimals(value, decimals)
  return isNoise(rounded) ? withoutNoise(value, decimals - 1) : rounded
}
