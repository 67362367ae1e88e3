import * as z from 'zod/mini'
import { doc, MOST_CHARACTERS } from './units.ts'
import { ALL_VIEWS } from './views.ts'

/** The figures that documents consist of, as `--json` prints them. */

// Ten times the length of a rate: no product of rates, counts and shares comes near it.
const LONGEST = 10 * MOST_CHARACTERS

export const decimal = z.string().check(z.maxLength(LONGEST), z.regex(/^-?(0|[1-9]\d*)(\.\d+)?$/))
export const money = doc(decimal, 'USD, at most 12 decimals')
export const range = z.strictObject({ low: money, high: money })
export const amount = doc(z.union([money, range]), 'USD; a range where token counts are estimates')
export const count = z.union([z.int(), decimal])
export const tokens = doc(
  z.union([count, z.strictObject({ low: count, high: count })]),
  'Tokens; a decimal string with at most 6 decimals for an expectation; a range where they are estimated',
)
/** What a workload sends and gets in the `cached` view. */
export const tokenCounts = z.strictObject({
  prompt: tokens,
  input: z.nullable(tokens),
  cache_read: z.nullable(tokens),
  cache_write: z.nullable(tokens),
  cache_write_1h: z.nullable(tokens),
  output: tokens,
  exact: z.boolean(),
})
export const fraction = z.union([z.number(), z.strictObject({ low: z.number(), high: z.number() })])
export const unknown = z.null()
export const perView = <T extends z.core.$ZodType>(schema: T) => z.record(z.enum(ALL_VIEWS), schema)

export const costs = doc(perView(z.union([amount, unknown])), 'USD per period; null: see `reasons`')
