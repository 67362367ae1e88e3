import * as z from 'zod/mini'
import { instant, timezone } from '../time.ts'
import { DECIMAL, doc, fault, MOST_CHARACTERS } from '../units.ts'
import { GRADES, WEEKDAYS } from './choices.ts'
import { scoresSchema } from './score-schema.ts'

/** The schema of a model's dated rates: a row, its tiers and its hours. */

const digits = z.maxLength(
  MOST_CHARACTERS,
  fault(`must have at most ${MOST_CHARACTERS} characters`, 'write fewer digits'),
)

export const fraction = z
  .string(fault('must be a decimal string', 'write the share in quotes, such as "0.5"'))
  .check(digits, z.regex(/^(0(\.\d+)?|1(\.0+)?)$/, fault('must be a share from 0 to 1', 'write a share such as "0.5"')))
export const text = z.string().check(z.minLength(1))
// Model names are keys in results.
export const modelName = text.check(
  z.refine(name => name !== '__proto__', fault('"__proto__" cannot be a name', 'use another name')),
)
export const decimal = z
  .string(fault('must be a decimal string', 'write the rate in quotes, such as "0.28"'))
  .check(digits, z.regex(DECIMAL, fault('must be plain decimal digits', 'write a rate such as "0.28"')))

export const grade = doc(
  z.enum(GRADES),
  'Quality of the evidence: vendor page quoted, price catalogue, press only, the article, your own contract',
)

export const rateSchema = doc(
  z.union(
    [decimal, z.literal('not_offered'), z.null()],
    fault(
      'must be a decimal string, "not_offered" or null',
      'write "0.28", "0" if free, "not_offered", or null if unknown',
    ),
  ),
  'USD per 1M tokens as a decimal string; "0": free, "not_offered": no such offer, null: unknown',
)

const batchPrice = z.union(
  [
    z.strictObject({ discount: fraction }),
    z.strictObject({
      input: rateSchema,
      cache_read: z.optional(rateSchema),
      cache_write: z.optional(rateSchema),
      cache_write_1h: z.optional(rateSchema),
      output: rateSchema,
    }),
    z.literal('not_offered'),
    z.null(),
  ],
  fault('must be batch rates, a discount, "not_offered" or null', 'write {"discount": "0.5"}'),
)

const rates = {
  input: rateSchema,
  cache_read: rateSchema,
  cache_write: z.optional(doc(rateSchema, 'Cache write at the shortest lifetime; left out: not offered')),
  cache_write_1h: z.optional(doc(rateSchema, 'Cache write kept one hour; left out: not offered')),
  cache_storage_hour: z.optional(doc(rateSchema, 'USD per 1M tokens and hour kept; left out: not offered')),
  output: doc(rateSchema, 'Generated tokens, reasoning included'),
  batch: z.optional(doc(batchPrice, "This row's batch rates or discount; left out: the provider's rule")),
}

/** Most tiers, windows, hour intervals or lifetimes of one row: every call is checked against each of them. */
const MOST_KINDS = 24

export const atMost = (what: string) =>
  z.maxLength(MOST_KINDS, fault(`must have at most ${MOST_KINDS} ${what}`, 'put together what has the same rates'))

export const tierSchema = z.strictObject({
  ...rates,
  threshold: doc(z.int().check(z.positive()), 'Prompt length in tokens, cached tokens included'),
  operator: doc(z.enum(['>', '>=']), 'How a prompt is compared with the threshold; the whole request moves'),
})

export const windowSchema = z.strictObject({
  ...rates,
  name: doc(text, "The provider's name for these hours: peak, off-peak"),
  timezone,
  weekdays: z.array(z.enum(WEEKDAYS)).check(z.minLength(1), z.maxLength(7)),
  hours: doc(
    z
      .array(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/)))
      .check(atMost('stretches of hours')),
    'Half-open local hours, such as "09:00-12:00"; past midnight they belong to the day they begin on',
  ),
  holidays: doc(
    z.enum(['apply', 'except']),
    'except: the window does not apply on a public holiday of the provider; apply: it does',
  ),
})

export const weightsName = doc(
  z.string().check(z.minLength(1)),
  "Weights that are served, as boards of quality name them; left out: the row's are the model's, the model's its id",
)

/** Whether earlier reasoning is sent again with the next call of a conversation. */
export const reasoningSchema = () =>
  doc(
    z.strictObject({
      kept: doc(
        z.enum(['never', 'always', 'with_tools']),
        'When earlier reasoning is sent again; with_tools: in conversations with tools',
      ),
      source: text,
    }),
    'Whether earlier reasoning is input of later calls; left out: never',
  )

/** Source and dates of a service or a region, half-open like a row's. */
export const evidence = {
  from: z.optional(doc(instant, 'First moment it holds; left out: as long as the row or the provider does')),
  to: z.optional(z.nullable(doc(instant, 'First moment it no longer holds; null or left out: still in force'))),
  source: doc(text, 'Id in `sources`'),
  note: z.optional(text),
}

export const factorSchema = doc(
  z.nullable(decimal),
  'Multiplier on every token rate, such as "0.5" or "1.1"; null: offered, but the rates are unknown',
)

/** One entry, or several with dates of their own. */
export const datedEntries = <T extends z.core.$ZodType>(entry: T) =>
  z.union([entry, z.array(entry).check(z.minLength(1), atMost('entries'))])

const NO_TIERS = z.literal('not_offered')

/** A service by a factor on the row's rates, or with rates of its own, which replace the row's and its hours'. */
export const serviceSchema = z
  .strictObject({
    factor: z.optional(factorSchema),
    input: z.optional(rateSchema),
    cache_read: z.optional(rateSchema),
    cache_write: z.optional(rateSchema),
    cache_write_1h: z.optional(rateSchema),
    output: z.optional(rateSchema),
    tiers: z.optional(
      doc(
        z.union([z.array(tierSchema).check(atMost('tiers')), NO_TIERS]),
        'Its rates for long prompts, or "not_offered"; with rates of its own and left out: unknown',
      ),
    ),
    batch: z.optional(doc(batchPrice, 'Its rates or discount in a batch; left out: the two do not go together')),
    ...evidence,
  })
  .check(
    z.refine(
      ({ factor, input, output, tiers, ...own }) =>
        factor === undefined
          ? input !== undefined && output !== undefined
          : input === undefined &&
            output === undefined &&
            own.cache_read === undefined &&
            own.cache_write === undefined &&
            own.cache_write_1h === undefined &&
            !Array.isArray(tiers),
      fault(
        'must have either a factor or rates of its own',
        'write {"factor": "0.5"}, or {"input": "1", "output": "4"}',
      ),
    ),
  )

export const priceSchema = z.strictObject({
  ...rates,
  from: doc(instant, 'First moment these rates apply; a date begins at 00:00 UTC'),
  to: z.optional(z.nullable(doc(instant, 'First moment they no longer apply; null or left out: still in force'))),
  tiers: z.optional(z.array(tierSchema).check(atMost('tiers'))),
  windows: z.optional(z.array(windowSchema).check(atMost('windows'))),
  services: z.optional(
    doc(
      z.record(modelName, datedEntries(serviceSchema)),
      'Services besides the standard one by name: flex, priority, fast; each a factor or rates of its own',
    ),
  ),
  context: z.optional(doc(z.int(), "Context while this row was in force, if different from the model's")),
  max_output: z.optional(doc(z.int(), "Longest output while this row was in force, if different from the model's")),
  base_window: z.optional(doc(text, 'Name of the hours outside every window')),
  cache: z.optional(
    doc(text, 'Name of the provider\'s cache rule while this row was in force, or "none" or "unknown"'),
  ),
  reasoning: z.optional(reasoningSchema()),
  weights: z.optional(weightsName),
  scores: z.optional(scoresSchema()),
  source: doc(text, 'Id in `sources` of the best evidence'),
  seen: z.optional(doc(z.iso.date(), 'Day of the newest evidence for the row; left out: the day its source was read')),
  cut: z.optional(
    doc(z.literal(true), 'A file laid over the book ends the row here, which its own source leaves open'),
  ),
  until_at_least: z.optional(
    doc(instant, 'A promotion: first moment from which the announcement no longer promises these rates'),
  ),
  also: z.optional(z.array(text)),
  grade,
  note: z.optional(text),
})
