import { highOf, isRange, lowOf, type Printed } from '../../model/number/range.ts'

/** A figure in three columns: its value if it is one number, and its two ends, which are then equal. */
export const ends = (name: string, span: Printed<string | number> | null | undefined): object => ({
  [name]: span == null || isRange(span) ? null : span,
  [`${name}_low`]: span == null ? null : lowOf(span),
  [`${name}_high`]: span == null ? null : highOf(span),
})
