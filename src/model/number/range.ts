import { type Exact, exact, quotient, ZERO } from './money.ts'

/** The low and high end of a figure; equal if it is known exactly. */
export interface Range<T> {
  readonly low: T
  readonly high: T
}

/** A figure as documents carry it: one value, or both ends if they differ. */
export type Printed<T extends string | number> = T | Range<T>

/** A range of no width. */
export const both = <T>(value: T): Range<T> => ({ low: value, high: value })

/** Applies a function to both ends, each in its place; ends that are one are worked out once. */
export const mapRange = <T, U>({ low, high }: Range<T>, at: (value: T) => U): Range<U> => {
  const first = at(low)
  return { low: first, high: high === low ? first : at(high) }
}

/** Sum of ranges, end by end, for ranges whose ends go together; 0 for none. */
export const addRanges = (ranges: Iterable<Range<Exact>>): Range<Exact> => {
  let sum: Range<Exact> | null = null
  // Most sums have one part and need no addition.
  for (const range of ranges) sum = sum ? plus(sum, range) : range
  return sum ?? both(ZERO)
}

const plus = (a: Range<Exact>, b: Range<Exact>): Range<Exact> => {
  const low = a.low.plus(b.low)
  return { low, high: a.high === a.low && b.high === b.low ? low : a.high.plus(b.high) }
}

/** A range times a factor. @param factor - not negative */
export const scaleRange = (range: Range<Exact>, factor: Exact): Range<Exact> =>
  mapRange(range, end => end.times(factor))

/** The minimum and maximum of figures; `null` for none. */
export const encloseAll = (figures: Iterable<Exact>): Range<Exact> | null => {
  let found: Range<Exact> | null = null
  for (const figure of figures) {
    if (found === null) found = both(figure)
    else if (figure.lt(found.low)) found = { low: figure, high: found.high }
    else if (figure.gt(found.high)) found = { low: found.low, high: figure }
  }
  return found
}

/** Puts the smaller end first. */
export const inOrder = ({ low, high }: Range<Exact>): Range<Exact> =>
  high.lt(low) ? { low: high, high: low } : { low, high }

/** A range as documents carry it, each end in its place: one value if both print alike. */
export const printRange = <T, P extends string | number>(range: Range<T>, print: (value: T) => P): Printed<P> => {
  const printed = mapRange(range, print)
  return printed.low === printed.high ? printed.low : printed
}

export const isRange = <T extends string | number>(printed: Printed<T>): printed is Range<T> =>
  typeof printed === 'object'

export const lowOf = <T extends string | number>(printed: Printed<T>): T => (isRange(printed) ? printed.low : printed)

export const highOf = <T extends string | number>(printed: Printed<T>): T => (isRange(printed) ? printed.high : printed)

/** The middle of a range, used for ranking and for percentages. */
export const middleOf = (printed: Printed<string>): Exact =>
  quotient(exact(lowOf(printed)).plus(exact(highOf(printed))), exact(2))
