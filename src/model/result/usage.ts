import * as z from 'zod/mini'
import { amount, count, decimal } from '../figures.ts'
import { METERS } from '../meters.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { headSchema, warningSchema } from './result.ts'
import { figures, usageParts, usd } from './usage-parts.ts'

export type { Unpriced } from './usage-parts.ts'

/** The output of `dsprice usage --json`. Keys may be added in version 1, never renamed. */

export const USAGE_SCHEMA = 'dsprice/usage/1'

const row = z.strictObject({ keys: doc(z.array(z.string()), 'A value for each key'), ...figures })

/** One row of a breakdown. */
export type UsageRow = DeepReadonly<z.infer<typeof row>>

const lever = doc(
  z.nullable(
    z.strictObject({
      saves: doc(amount, 'USD, of the records that could have had it'),
      records: doc(z.int(), 'How many these are'),
    }),
  ),
  'null: no record could have had it',
)

const elsewhere = z.strictObject({
  model: z.string(),
  cost: doc(usd, 'The same usage on this model; a range where counts are converted; null: not all of it has a price'),
  at_least: doc(usd, 'What is known of it'),
  at_factor: doc(usd, 'The same at the stated factor between the tokenizers; equal to at_least where counts are exact'),
  served: doc(usd, 'What the same records cost on the models that served them'),
  exact: doc(z.boolean(), 'false: some counts are converted to another tokenizer'),
  records: doc(z.int(), 'Records that have a price here and on the model that served them'),
  as_standard: doc(z.int(), 'Of these, records whose service, batch or region it does not have: at standard rates'),
  as_input: doc(z.array(z.string()), 'Meters that it does not offer, billed as input'),
  reason: doc(z.nullable(z.string()), 'Why the cost is null'),
})

/** The same usage on another model. */
export type UsageElsewhere = DeepReadonly<z.infer<typeof elsewhere>>

const line = z.strictObject({
  from: doc(z.string(), 'First instant, UTC'),
  to: doc(z.string(), 'Last instant, UTC; of a day or bucket its end'),
  day: doc(z.nullable(z.string()), 'The day that is charged; null: all of the time together'),
  model: z.string(),
  provider: doc(z.string(), 'Whose price it is'),
  service: z.string(),
  batch: z.boolean(),
  region: doc(z.nullable(z.string()), 'Where it was kept by a setting that is billed; null: nowhere'),
  meter: z.enum(METERS.map(({ key }) => key)),
  quantity: doc(count, 'Tokens'),
  rate: doc(z.union([decimal, z.strictObject({ low: decimal, high: decimal })]), 'USD per `unit`; of buckets a range'),
  unit: z.string(),
  cost: amount,
  tier: doc(z.nullable(z.string()), 'Prompt length of this rate, such as ">= 272000"'),
  window: doc(z.nullable(z.string()), 'Hours of this rate, such as "peak"; of a bucket all that it may lie in'),
  row_from: doc(z.string(), 'Start of the price row'),
  source: doc(z.string(), "Of the rate: its id among the book's sources"),
})

/** quantity × rate = cost, of all tokens of a model and meter that have one rate. */
export type UsageLine = DeepReadonly<z.infer<typeof line>>

export const usageSchema = z.strictObject({
  schema: z.literal(USAGE_SCHEMA),
  ...headSchema,
  ...usageParts,
  levers: z.strictObject({
    batch: lever,
    cheap_hours: lever,
  }),
  by_model: doc(z.array(row), 'Keys: the model'),
  by_day: doc(z.array(row), 'Keys: the day'),
  differences: doc(
    z.array(z.strictObject({ model: z.string(), day: z.string(), cost: usd, stated: decimal, difference: usd })),
    'By model and day, where the source says what it cost',
  ),
  breakdown: doc(
    z.nullable(
      z.strictObject({
        by: z.array(z.string()),
        rows: z.array(row),
        others: doc(z.nullable(z.strictObject({ rows: z.int(), ...figures })), 'The rows beyond --top, together'),
      }),
    ),
    'By the keys of --by',
  ),
  elsewhere: doc(z.array(elsewhere), 'The same usage on the models of --models'),
  lines: doc(z.optional(z.array(line)), 'With --explain: every sum, quantity × rate = cost'),
  warnings: z.array(warningSchema),
})

/** The output of `usage --json`. */
export type UsageReport = DeepReadonly<z.infer<typeof usageSchema>>
