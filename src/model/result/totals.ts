import * as z from 'zod/mini'
import { costs, money } from '../figures.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { ALL_VIEWS } from '../views.ts'

/** What several scenarios of a result cost together. */

const sums = z.strictObject({
  scenarios: z.int(),
  costs,
  at_least: doc(
    z.partialRecord(z.enum(ALL_VIEWS), money),
    'The known part; equal to `costs` if everything is known, left out if nothing is',
  ),
})

/** Sums of several scenarios; `null` in `costs` if one of them is unknown. */
export type Sums = DeepReadonly<z.infer<typeof sums>>

export const totalsSchema = z.strictObject({
  run: doc(z.nullable(sums), 'Scenarios without a clock, each run once'),
  per_month: doc(z.nullable(sums), 'Scenarios with a clock, a month of 730 hours'),
  by_tag: z.record(z.string(), z.strictObject({ run: z.nullable(sums), per_month: z.nullable(sums) })),
})

export type Totals = DeepReadonly<z.infer<typeof totalsSchema>>
