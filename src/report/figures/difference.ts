import { exact } from '../../model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import { change, figures } from './amounts.ts'
import { formatUsd, neatDecimals } from './format.ts'

/** Differences between two amounts in readable form. */

/** A difference with its sign; N/A if unknown. */
export const signed = (
  difference: Printed<string> | null | undefined,
  decimals = neatDecimals(figures([difference])),
): string => {
  if (difference == null) return 'N/A'
  const one = (value: string): string => `${exact(value).gt(0) ? '+' : ''}${formatUsd(value, decimals)}`
  const [low, high] = [lowOf(difference), highOf(difference)]
  return low === high ? one(low) : `${one(low)} to ${one(high)}`
}

/** Whether a difference is known to be zero. */
export const isNothing = (difference: Printed<string> | null | undefined): boolean =>
  difference != null && exact(lowOf(difference)).isZero() && exact(highOf(difference)).isZero()

/** A percentage of the base; empty without a base: that is not +100%. */
export const percentOf = (
  head: Printed<string> | null | undefined,
  base: Printed<string> | null | undefined,
): string => (head == null || base == null ? '' : change(head, base))
