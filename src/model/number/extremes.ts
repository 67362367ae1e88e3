/** Minimum and maximum of lists of any length: Math.min and Math.max take at most some 125,000 arguments. */

/** The minimum of numbers; ∞ for none. */
export const leastOf = (numbers: Iterable<number>): number => {
  let least = Number.POSITIVE_INFINITY
  for (const one of numbers) least = Math.min(least, one)
  return least
}

/** The maximum of numbers; −∞ for none. */
export const greatestOf = (numbers: Iterable<number>): number => {
  let greatest = Number.NEGATIVE_INFINITY
  for (const one of numbers) greatest = Math.max(greatest, one)
  return greatest
}
