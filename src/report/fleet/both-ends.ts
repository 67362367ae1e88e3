import { exact } from '../../model/number/money.ts'
import { formatUsd } from '../figures/format.ts'

/** Two texts, or just one if they are equal. */
export const both = (low: string, high: string): string => (low === high ? low : `${low} to ${high}`)

/** Two amounts of USD, the smaller first. */
export const usdSpan = (a: string, b: string): string => {
  const [low, high] = exact(a).lte(exact(b)) ? [a, b] : [b, a]
  return both(formatUsd(low), formatUsd(high))
}
