import * as z from 'zod/mini'
import { parseSize, positiveSizeText, scalar, sizeText } from './units.ts'

/** Counts that a multiple (`--set key=0.5x`) may make a fraction: requests and lengths. A file states whole ones. */

const expected = { expectation: true } as const

/** A number of tokens; of one that was multiplied, an expectation with at most 6 decimals. */
export const expectedSize = scalar(
  { ...sizeText, ...expected, form: () => z.number().check(z.nonnegative()) },
  parseSize,
)

/** The same, above 0. */
export const positiveExpectedSize = scalar(
  { ...positiveSizeText, ...expected, form: () => z.number().check(z.positive()) },
  value => parseSize(value) || undefined,
)
