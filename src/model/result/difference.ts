import * as z from 'zod/mini'
import { amount, costs, perView, unknown } from '../figures.ts'
import { PERIODS } from '../scenario/traffic.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { causesSchema } from './cause.ts'

/** The output of `dsprice diff --json`. Keys may be added in version 1, never renamed. */

export const DIFF_SCHEMA = 'dsprice/diff/1'

const perCost = perView(z.union([amount, unknown]))

const side = z.strictObject({
  name: doc(z.string(), 'A file, folder or pattern, git:REF, or . for the working tree'),
  commit: doc(z.nullable(z.string()), 'The commit, for git'),
  pricing: z.strictObject({ version: z.string(), hash: z.string(), at: z.nullable(z.string()) }),
})

const effects = z.strictObject({
  workload: doc(perCost, "The head's workload minus the base's, at the base's prices and models"),
  routing: doc(perCost, "The head's models minus the base's, for the head's workload at the base's prices"),
  prices: doc(perCost, "The head's prices and cache rules minus the base's, for the head's workload and models"),
})

const entry = z.strictObject({
  name: z.string(),
  file: z.nullable(z.string()),
  base_name: z.optional(doc(z.string(), 'Its name on the base, if another')),
  base_file: z.optional(doc(z.string(), 'Its file on the base, if another')),
  state: z.enum(['same', 'changed', 'new', 'removed']),
  per: z.enum(PERIODS),
  weekdays_only: z.optional(doc(z.boolean(), 'Whether a day is a working day')),
  model: doc(z.strictObject({ base: z.nullable(z.string()), head: z.nullable(z.string()) }), 'null: not on that side'),
  base: doc(z.nullable(costs), 'USD per period; null: a new scenario'),
  head: doc(z.nullable(costs), 'USD per period; null: a removed scenario'),
  change: doc(perCost, 'USD per period: head minus base; all of head or base if only one has it'),
  effects: doc(z.nullable(effects), 'They add up exactly to the change, end by end of a range; null: new or removed'),
  causes: z.optional(
    doc(
      z.nullable(causesSchema),
      "By view, what the workload effect comes from, in the schema's order of keys: they add up to it exactly. null: new or removed, or the effect is unknown",
    ),
  ),
  reason: doc(z.nullable(z.string()), 'Why an effect is unknown'),
})

/** One scenario on both sides. */
export type DiffEntry = DeepReadonly<z.infer<typeof entry>>

const sums = z.strictObject({
  base: costs,
  head: costs,
  change: perCost,
  effects: z.strictObject({ workload: perCost, routing: perCost, prices: perCost, added: perCost, removed: perCost }),
})

/** Sums of all scenarios; `added` and `removed` are whole scenarios. */
export type DiffSums = DeepReadonly<z.infer<typeof sums>>

export const differenceSchema = z.strictObject({
  schema: z.literal(DIFF_SCHEMA),
  tool_version: z.string(),
  base: side,
  head: side,
  scenarios: z.array(entry),
  totals: doc(
    z.strictObject({ run: z.nullable(sums), per_month: z.nullable(sums) }),
    'Runs once each, and months of 730 hours; null: there are none',
  ),
  warnings: z.array(
    z.strictObject({ code: z.string(), what: z.string(), fix: z.string(), at: z.nullable(z.string()) }),
  ),
})

export type Difference = DeepReadonly<z.infer<typeof differenceSchema>>
