import * as z from 'zod/mini'
import { amount, count, decimal, unknown } from '../figures.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { headSchema, warningSchema } from './result.ts'

/** The output of `dsprice usage --json`. Keys may be added in version 1, never renamed. */

export const USAGE_SCHEMA = 'dsprice/usage/1'

const usd = z.union([amount, unknown])
const instant = doc(z.nullable(z.string()), 'UTC; null: no record tells its time')
const meter = z.nullable(count)

const tokens = doc(
  z.strictObject({
    input: count,
    cache_read: meter,
    cache_write: meter,
    cache_write_1h: meter,
    output: count,
  }),
  'Disjoint: the prompt is all but the output; null: some records do not tell',
)

/** What some records come to. */
const figures = {
  records: z.int(),
  requests: doc(z.nullable(count), 'null: some records do not count them'),
  tokens,
  cost: doc(usd, 'USD by the price book; a range for buckets; null: not all of it is known'),
  at_least: doc(usd, 'The sum of what is known; null: nothing is'),
  headline: doc(usd, 'All of the prompt at the rate of input; null: not all of it is known'),
  caching_saved: doc(usd, 'headline − cost of the same records; below 0 where writing cost more than reading saved'),
  stated: doc(z.nullable(decimal), 'USD that the source says; null: it says nothing'),
  stated_records: doc(z.int(), 'Of how many records the source says it'),
  difference: doc(usd, 'cost − stated, of the records of which both are known; null: of none'),
  reason: doc(z.nullable(z.string()), 'Why the cost is null'),
}

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

const month = z.strictObject({
  month: doc(z.string(), 'Calendar month of the zone, such as 2026-11'),
  spend: doc(usd, 'To date, of what is known; null: nothing is'),
  of: doc(z.enum(['cost', 'stated']), 'By the price book, or as the source says where it tells money only'),
  hours: doc(count, 'From the first record of the month, or --since, to the last, or --until'),
  month_hours: z.number(),
  end: doc(usd, 'The whole month at this pace: spend ÷ hours × month_hours; null: under 24 hours there is no pace'),
})

const elsewhere = z.strictObject({
  model: z.string(),
  cost: doc(usd, 'The same usage on this model; a range where counts are converted; null: not all of it has a price'),
  at_least: doc(usd, 'What is known of it'),
  at_factor: doc(usd, 'The same at the stated factor between the tokenizers; equal to at_least where counts are exact'),
  served: doc(usd, 'What the same records cost on the models that served them'),
  exact: doc(z.boolean(), 'false: some counts are converted to another tokenizer'),
  records: doc(z.int(), 'Records that have a price here and on the model that served them'),
  as_standard: doc(z.int(), 'Of these, records whose service or batch it does not have: at standard rates'),
  as_input: doc(z.array(z.string()), 'Meters that it does not offer, billed as input'),
  reason: doc(z.nullable(z.string()), 'Why the cost is null'),
})

/** The same usage on another model. */
export type UsageElsewhere = DeepReadonly<z.infer<typeof elsewhere>>

const unpriced = z.strictObject({
  model: doc(z.nullable(z.string()), 'As the source names it'),
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
  records: z.int(),
  requests: z.nullable(count),
  tokens,
  first: instant,
  last: instant,
})

/** Usage without a price. */
export type Unpriced = DeepReadonly<z.infer<typeof unpriced>>

export const usageSchema = z.strictObject({
  schema: z.literal(USAGE_SCHEMA),
  ...headSchema,
  sources: z.array(z.strictObject({ name: z.string(), format: z.string(), records: z.int() })),
  granularity: doc(
    z.strictObject({ call: z.int(), bucket: z.int(), money: z.int() }),
    'Records by kind: a call has exact rates, a bucket a range, money only has no cost of ours',
  ),
  period: z.strictObject({ first: instant, last: instant, timezone: doc(z.string(), 'Of days and months') }),
  read: doc(
    z.strictObject({
      records: doc(z.int(), 'Records that were priced or listed as unpriced'),
      outside: doc(z.int(), 'Records outside --since and --until'),
      malformed: doc(z.int(), 'Records that could not be read'),
      malformed_at: doc(z.array(z.strictObject({ at: z.string(), what: z.string() })), 'The first of them'),
    }),
    'Nothing is lost in silence',
  ),
  total: z.strictObject(figures),
  month: doc(z.nullable(month), 'The month of --at; null: it has no records'),
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
  unpriced: z.array(unpriced),
  warnings: z.array(warningSchema),
})

/** The output of `usage --json`. */
export type UsageReport = DeepReadonly<z.infer<typeof usageSchema>>
