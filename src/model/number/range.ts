import { type Exact, exact, quotient, ZERO } from './money.ts'

/** A figure at both ends of what is known of it, the smaller first; equal where it is known exactly. */
export interface Range<T> {
  readonly low: T
  readonly high: T
}

/** A figure as documents have it: one value, or both ends where they differ. */
export type Printed<T extends string | number> = T | Range<T>

/** A range of no width. */
export const both = <T>(value: T): Range<T> => ({ low: value, high: value })

/** The same at both ends, each at its place. */
export const mapRange = <T, U>({ low, high }: Range<T>, at: (value: T) => U): Range<U> => ({
  low: at(low),
  high: at(high),
})

/** Sum of ranges that are low and high together, end by end; 0 for none. */
export const addRanges = (ranges: Iterable<Range<Exact>>): Range<Exact> => {
  let sum: Range<Exact> | null = null
  // Most sums have one part, which needs no adding.
  for (const { low, high } of ranges) sum = sum ? { low: sum.low.plus(low), high: sum.high.plus(high) } : { low, high }
  return sum ?? both(ZERO)
}

/** A range times a factor. @param factor - not negative */
export const scaleRange = ({ low, high }: Range<Exact>, factor: Exact): Range<Exact> => ({
  low: low.times(factor),
  high: high.times(factor),
})

/** The least and the greatest of some figures; `null` for none. */
export const encloseAll = (figures: Iterable<Exact>): Range<Exact> | null => {
  let found: Range<Exact> | null = null
  for (const figure of figures) {
    if (found === null) found = both(figure)
    else if (figure.lt(found.low)) found = { low: figure, high: found.high }
    else if (figure.gt(found.high)) found = { low: found.low, high: figure }
  }
  return found
}

/** The smaller end first. */
export const inOrder = ({ low, high }: Range<Exact>): Range<Exact> =>
  high.lt(low) ? { low: high, high: low } : { low, high }

/** A range as documents have it, each end at its place: one value where both print alike. */
export const printRange = <T, P extends string | number>(range: Range<T>, print: (value: T) => P): Printed<P> => {
  const printed = mapRange(range, print)
  return printed.low === printed.high ? printed.low : printed
}

export const isRange = <T extends string | number>(printed: Printed<T>): printed is Range<T> =>
  typeof printed === 'object'

export const lowOf = <T extends string | number>(printed: Printed<T>): T => (isRange(printed) ? printed.low : printed)

export const highOf = <T extends string | number>(printed: Printed<T>): T => (isRange(printed) ? printed.high : printed)

/** The middle of a range: by it ranges are ranked, and set beside one another as a percentage. */
export const middleOf = (printed: Printed<string>): Exact =>
  quotient(exact(lowOf(printed)).plus(exact(highOf(printed))), exact(2))
