import { type Exact, exact, quotient } from './money.ts'

/** A figure, or the two ends of its range where something it rests on is one. */
export type Span<T extends string | number> = T | { readonly low: T; readonly high: T }

export const isRange = <T extends string | number>(span: Span<T>): span is { readonly low: T; readonly high: T } =>
  typeof span === 'object'

export const lowOf = <T extends string | number>(span: Span<T>): T => (isRange(span) ? span.low : span)

export const highOf = <T extends string | number>(span: Span<T>): T => (isRange(span) ? span.high : span)

/** The middle of a range: by it ranges are ranked, and set beside one another as a percentage. */
export const middleOf = (span: Span<string>): Exact =>
  isRange(span) ? quotient(exact(span.low).plus(exact(span.high)), exact(2)) : exact(span)
