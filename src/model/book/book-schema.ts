import * as z from 'zod/mini'
import { instant, timezone } from '../time.ts'
import { DECIMAL, doc, fault, MOST_CHARACTERS } from '../units.ts'
import { BOOK_SCHEMA, FACTS, GRADES, NO_RULES, WEEKDAYS } from './choices.ts'

/** The schema of a price book, apart from `book.ts` so that a run that trusts a bundled book does not load it. */

const digits = z.maxLength(
  MOST_CHARACTERS,
  fault(`must have at most ${MOST_CHARACTERS} characters`, 'write fewer digits'),
)

const fraction = z
  .string(fault('must be a decimal string', 'write the share in quotes, such as "0.5"'))
  .check(digits, z.regex(/^(0(\.\d+)?|1(\.0+)?)$/, fault('must be a share from 0 to 1', 'write a share such as "0.5"')))
const text = z.string().check(z.minLength(1))
// Results have models' names as keys.
const modelName = text.check(
  z.refine(name => name !== '__proto__', fault('"__proto__" cannot be a name', 'use another name')),
)
const decimal = z
  .string(fault('must be a decimal string', 'write the rate in quotes, such as "0.28"'))
  .check(digits, z.regex(DECIMAL, fault('must be plain decimal digits', 'write a rate such as "0.28"')))

const grade = doc(
  z.enum(GRADES),
  'How good the evidence is: vendor page quoted, price catalogue, press only, the article, your own contract',
)

export const rateSchema = doc(
  z.union(
    [decimal, z.literal('not_offered'), z.null()],
    fault(
      'must be a decimal string, "not_offered" or null',
      'write "0.28", "0" if free, "not_offered", or null if unknown',
    ),
  ),
  'USD per 1M tokens as a decimal string; "0" is free, "not_offered" is no such thing, null is unknown',
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

/** Tiers, windows, stretches of hours and lifetimes of one row: every call is held to each of them. */
const MOST_KINDS = 24

const atMost = (what: string) =>
  z.maxLength(MOST_KINDS, fault(`must have at most ${MOST_KINDS} ${what}`, 'put together what has the same rates'))

export const tierSchema = z.strictObject({
  ...rates,
  threshold: doc(z.int().check(z.positive()), 'Prompt length in tokens, cached tokens included'),
  operator: doc(z.enum(['>', '>=']), 'How a prompt is compared with the threshold; the whole request moves'),
})

export const windowSchema = z.strictObject({
  ...rates,
  name: doc(text, 'What the provider calls these hours: peak, off-peak'),
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
    'except: the window does not hold on a public holiday of the provider; apply: it does',
  ),
})

export const priceSchema = z.strictObject({
  ...rates,
  from: doc(instant, 'First moment these rates hold; a date begins at 00:00 UTC'),
  to: z.optional(z.nullable(doc(instant, 'First moment they no longer hold; null or left out: still in force'))),
  tiers: z.optional(z.array(tierSchema).check(atMost('tiers'))),
  windows: z.optional(z.array(windowSchema).check(atMost('windows'))),
  context: z.optional(doc(z.int(), "Context in this row's time, where it was not the model's last")),
  max_output: z.optional(doc(z.int(), "Longest output in this row's time, where it was not the model's last")),
  base_window: z.optional(doc(text, 'What the hours outside every window are called')),
  cache: z.optional(doc(text, 'Name of the provider\'s cache rule in this row\'s time; "none" and "unknown" as well')),
  source: doc(text, 'Id in `sources` of the best evidence'),
  also: z.optional(z.array(text)),
  grade,
  note: z.optional(text),
})

const LIFETIME_METERS = ['cache_write', 'cache_write_1h'] as const

export const cacheRuleSchema = z.strictObject({
  match: doc(z.enum(['blocks', 'units', 'breakpoints']), 'How a prompt finds what an earlier one stored'),
  block: doc(z.int().check(z.positive()), 'Hits are whole multiples of this many tokens'),
  minimum: doc(z.int().check(z.nonnegative()), 'Shorter hits do not happen, tokens'),
  lifetimes: doc(
    z
      .array(
        z.strictObject({
          ttl_s: doc(z.int().check(z.positive()), 'Seconds a prefix is kept after its last use'),
          write: doc(z.nullable(z.enum(LIFETIME_METERS)), 'Meter that bills a write; null: writing is free'),
        }),
      )
      .check(z.minLength(1), atMost('lifetimes')),
    'What one can choose from; the first is the default',
  ),
  stores_output: doc(z.boolean(), 'Whether what the model wrote can be read from the cache by the next turn'),
  assumed: z.optional(
    doc(
      z.array(z.enum(['block', 'minimum', 'lifetime', 'stores_output'])),
      'Figures that the provider does not publish and this book assumes',
    ),
  ),
  note: z.optional(text),
  source: text,
})

/** Instead of a rule: nothing is cached, or nobody says how. */
const noRule = z.enum(NO_RULES)

export const batchRuleSchema = z.strictObject({
  discount: doc(fraction, 'Share off every rate, such as "0.5"'),
  stacking: doc(
    z.enum(['multiply', 'cache-wins', 'no-cache']),
    'Cache reads in a batch: discounted as well, at the plain cache rate, or billed as plain batch input',
  ),
  window_h: z.optional(z.number()),
  note: z.optional(text),
  source: text,
})

const batchOffer = z.union([batchRuleSchema, z.literal('not_offered'), z.null()])

export const factSchema = z.strictObject({
  value: doc(z.enum(['yes', 'no', 'unknown']), 'unknown does not pass a requirement'),
  note: z.optional(text),
  source: text,
})

const facts = z.partialRecord(z.enum(FACTS), factSchema)

const year = z.string().check(z.regex(/^\d{4}$/, fault('must be a year', 'write a year such as "2026"')))
const holiday = z
  .string()
  .check(
    z.regex(
      /^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/,
      fault('must be a date or a range of dates', 'write "2026-12-25", or "2026-10-01..2026-10-07"'),
    ),
  )

export const providerSchema = z.strictObject({
  name: text,
  usage: doc(
    z.enum(['cached-included', 'cached-excluded', 'hit-and-miss', 'unknown']),
    'What the provider’s input count means: with cached tokens, without them, or hits and misses apart',
  ),
  review_every_days: doc(z.int().check(z.positive()), 'Prices reviewed longer ago than this are called old'),
  jurisdiction: z.optional(doc(z.nullable(z.string()), 'Where the provider is based; null: unknown')),
  cache: doc(
    z.pipe(
      z.union([z.record(text, z.union([cacheRuleSchema, noRule])), noRule]),
      z.transform(rules => (typeof rules === 'string' ? { default: rules } : rules)),
    ),
    'Cache rules by name; `default` holds where neither the model nor the row names another. "none": nothing is cached; "unknown": nobody says how',
  ),
  batch: doc(batchOffer, 'Batch rule, "not_offered", or null for unknown'),
  calendar: z.optional(
    z.strictObject({
      holidays: doc(
        z.record(year, z.array(holiday)),
        'By year: public holidays, local dates or ranges 2026-10-01..2026-10-07',
      ),
      source: text,
    }),
  ),
  facts: z.optional(facts),
  note: z.optional(text),
})

export const modelSchema = z.strictObject({
  id: modelName,
  provider: text,
  aliases: z.array(modelName),
  context: doc(z.nullable(z.int()), 'Prompt and output together, tokens; null: unknown'),
  max_output: z.nullable(z.int()),
  tokenizer: doc(z.nullable(text), 'What counts its text; null: unknown'),
  chat_template: z.optional(doc(text, 'What stands around the messages of a prompt; left out: unknown')),
  arena_elo: z.optional(z.number()),
  license: z.optional(z.nullable(text)),
  open_weights: z.optional(z.nullable(z.boolean())),
  cache: z.optional(
    z.pipe(
      z.union([
        z.strictObject({
          rule: z.optional(text),
          minimum: z.optional(z.int().check(z.nonnegative())),
        }),
        noRule,
      ]),
      z.transform(cache => (typeof cache === 'string' ? { rule: cache } : cache)),
    ),
  ),
  batch: z.optional(batchOffer),
  facts: z.optional(facts),
  note: z.optional(text),
  prices: z.array(priceSchema).check(z.minLength(1)),
})

export const sourceSchema = z.strictObject({
  title: text,
  where: doc(text, 'Address, repository and commit, or file'),
  retrieved: doc(z.nullable(z.string()), 'Day it was read; null: unknown'),
  grade,
})

const heading = {
  $schema: z.optional(z.string()),
  schema: z.literal(BOOK_SCHEMA),
  version: doc(text, 'A date; the name by which the book is called'),
  title: text,
  reviewed: doc(z.iso.date(), 'Day the whole book was last checked against its sources'),
  currency: z.literal('USD'),
}

const discounts = z.optional(
  doc(
    z.array(
      z.strictObject({
        provider: z.optional(text),
        model: z.optional(text),
        off: doc(fraction, 'Share off every rate, such as "0.15"'),
        from: instant,
        to: z.optional(z.nullable(instant)),
        source: text,
      }),
    ),
    'A negotiated discount on every rate of a provider or a model, inside its own dates',
  ),
)

export const bookSchema = z.strictObject({
  ...heading,
  note: z.optional(text),
  sources: z.record(text, sourceSchema),
  providers: z.record(text, providerSchema),
  models: z.array(modelSchema).check(z.minLength(1)),
})

/** A user's file that is a book of its own: `extends: none`. */
export const ownBookSchema = z.strictObject({
  ...bookSchema.shape,
  extends: doc(z.literal('none'), 'A book of its own, over nothing'),
  discounts,
})

/** A user's own file over a bundled book: only what differs. */
export const layerSchema = z.strictObject({
  $schema: z.optional(z.string()),
  schema: z.literal(BOOK_SCHEMA),
  version: z.optional(text),
  title: z.optional(text),
  reviewed: z.optional(z.iso.date()),
  currency: z.optional(z.literal('USD')),
  note: z.optional(text),
  extends: z.optional(doc(text, 'Bundled book that these rows lie over, or "none" for a book of its own')),
  sources: z.optional(z.record(text, sourceSchema)),
  providers: z.optional(z.record(text, providerSchema)),
  models: z.optional(
    z.array(
      z.strictObject({
        ...z.partial(z.omit(modelSchema, { id: true, prices: true })).shape,
        id: doc(modelName, 'A model of the book below, or a new one with all its keys'),
        prices: z.array(priceSchema).check(z.minLength(1)),
      }),
    ),
  ),
  discounts,
})
