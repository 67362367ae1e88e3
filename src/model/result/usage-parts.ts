import * as z from 'zod/mini'
import { amount, count, decimal, unknown } from '../figures.ts'
import { METERS } from '../meters.ts'
import { type DeepReadonly, doc } from '../units.ts'

/** What usage comes to, in `dsprice usage --json` and `check --usage --json` alike. */

export const usd = z.union([amount, unknown])
const instant = doc(z.nullable(z.string()), 'UTC; null: no record tells its time')
const meter = z.nullable(count)

const tokens = doc(
  z.strictObject({
    input: meter,
    cache_read: meter,
    cache_write: meter,
    cache_write_1h: meter,
    output: meter,
  }),
  'Disjoint, of the records that tell: the prompt is all but the output; null: no record tells',
)
const untold = doc(z.array(z.enum(METERS.map(({ key }) => key))), 'Meters that some of the records do not tell')

/** What some records come to. */
export const figures = {
  records: z.int(),
  requests: doc(z.nullable(count), 'null: some records do not count them'),
  tokens,
  untold,
  cost: doc(usd, 'USD by the price book; a range for buckets; null: not all of it is known'),
  at_least: doc(usd, 'The sum of what is known; null: nothing is'),
  headline: doc(usd, 'All of the prompt at the rate of input; null: not all of it is known'),
  caching_saved: doc(usd, 'headline − cost of the same records; below 0 where writing cost more than reading saved'),
  stated: doc(z.nullable(decimal), 'USD that the source says; null: it says nothing'),
  stated_records: doc(z.int(), 'Of how many records the source says it'),
  difference: doc(usd, 'cost − stated, of the records of which both are known; null: of none'),
  reason: doc(z.nullable(z.string()), 'Why the cost is null'),
}

const month = z.strictObject({
  month: doc(z.string(), 'Calendar month of the zone, such as 2026-11'),
  spend: doc(usd, 'To date, of what is known; null: nothing is'),
  of: doc(z.enum(['cost', 'stated']), 'By the price book, or as the source says where it tells money only'),
  hours: doc(count, 'From the first record of the month, or --since, to the last, or --until'),
  month_hours: z.number(),
  end: doc(usd, 'The whole month at this pace: spend ÷ hours × month_hours; null: under 24 hours there is no pace'),
  complete: doc(z.boolean(), 'false: some of it may be missing, so spend and end are at least that'),
})

const unpriced = z.strictObject({
  model: doc(z.nullable(z.string()), 'As the source names it'),
  code: z.string(),
  reason: z.string(),
  fix: z.string(),
  records: z.int(),
  requests: z.nullable(count),
  tokens,
  untold,
  first: instant,
  last: instant,
})

/** Usage without a price. */
export type Unpriced = DeepReadonly<z.infer<typeof unpriced>>

export const usageParts = {
  sources: z.array(
    z.strictObject({
      name: z.string(),
      format: z.string(),
      records: z.int(),
      conventions: doc(
        z.record(z.string(), z.int()),
        'What its counts mean, as each record itself shows, with how many do: whether input includes the cache, whether output includes reasoning, and counts that disagree',
      ),
    }),
  ),
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
  unpriced: z.array(unpriced),
}
