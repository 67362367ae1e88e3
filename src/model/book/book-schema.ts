import * as z from 'zod/mini'
import { instant } from '../time.ts'
import { doc, fault } from '../units.ts'
import { BOOK_SCHEMA, NO_RULES } from './choices.ts'
import { factsSchema } from './fact-schema.ts'
import {
  atMost,
  datedEntries,
  decimal,
  evidence,
  factorSchema,
  fraction,
  grade,
  modelName,
  priceSchema,
  reasoningSchema,
  text,
} from './price-schema.ts'

/** The schema of a price book; separate from `book.ts`, so that a run that trusts a bundled book does not load it. */

const LIFETIME_METERS = ['cache_write', 'cache_write_1h'] as const

const cacheRuleShape = {
  match: doc(
    z.enum(['blocks', 'units', 'marks', 'breakpoints']),
    'How a prompt finds what an earlier one stored; breakpoints: an older name of marks that the caller sets',
  ),
  marks: z.optional(
    doc(
      z.enum(['newest', 'caller']),
      'Who sets the marks by default; newest: the provider marks the newest message; left out: the caller',
    ),
  ),
  optional: z.optional(doc(z.boolean(), 'Whether the mark at the newest message can be left off; left out: it cannot')),
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
    'Lifetimes to choose from; the first is the default',
  ),
  stores_output: doc(z.boolean(), 'Whether the next turn can read the model’s output from the cache'),
  assumed: z.optional(
    doc(
      z.array(z.enum(['block', 'minimum', 'lifetime', 'stores_output'])),
      'Figures that the provider does not publish and this book assumes',
    ),
  ),
  note: z.optional(text),
  source: text,
}

export const cacheRuleSchema = z.strictObject(cacheRuleShape).check(
  z.refine(
    ({ match, marks }) => marks === undefined || match === 'marks',
    fault('must have marks only with match: marks', 'write "match": "marks", or take marks away'),
  ),
  z.refine(
    ({ marks, optional }) => optional === undefined || marks === 'newest',
    fault('must have optional only with marks: newest', 'take optional away: a caller can always leave marks out'),
  ),
)

/** Values instead of a rule: nothing is cached, or caching is undocumented. */
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

const year = z.string().check(z.regex(/^\d{4}$/, fault('must be a year', 'write a year such as "2026"')))
const holiday = z
  .string()
  .check(
    z.regex(
      /^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/,
      fault('must be a date or a range of dates', 'write "2026-12-25", or "2026-10-01..2026-10-07"'),
    ),
  )

/** Inference in one place at a factor on every token rate. */
export const regionSchema = z.strictObject({
  factor: factorSchema,
  models: z.optional(doc(z.array(modelName).check(z.minLength(1)), 'The models that have it; left out: all')),
  ...evidence,
})

export const providerSchema = z.strictObject({
  name: text,
  usage: doc(
    z.enum(['cached-included', 'cached-excluded', 'hit-and-miss', 'unknown']),
    'What the provider’s input count means: with cached tokens, without them, or hits and misses apart',
  ),
  review_every_days: doc(z.int().check(z.positive()), 'Prices reviewed longer ago than this are reported as old'),
  jurisdiction: z.optional(doc(z.nullable(z.string()), 'Where the provider is based; null: unknown')),
  cache: doc(
    z.pipe(
      z.union([z.record(text, z.union([cacheRuleSchema, noRule])), noRule]),
      z.transform(rules => (typeof rules === 'string' ? { default: rules } : rules)),
    ),
    'Cache rules by name; `default` holds where neither the model nor the row names another. "none": nothing is cached; "unknown": caching is undocumented',
  ),
  regions: z.optional(
    doc(z.record(modelName, datedEntries(regionSchema)), 'Regions by name: a factor on every token rate, applied last'),
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
  facts: z.optional(factsSchema),
  note: z.optional(text),
})

export const modelSchema = z.strictObject({
  id: modelName,
  provider: text,
  aliases: z.array(modelName),
  context: doc(z.nullable(z.int()), 'Prompt and output together, tokens; null: unknown'),
  max_output: z.nullable(z.int()),
  tokenizer: doc(z.nullable(text), 'Tokenizer of its text; null: unknown'),
  chat_template: z.optional(doc(text, 'Chat template around the messages of a prompt; left out: unknown')),
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
  reasoning: z.optional(reasoningSchema()),
  batch: z.optional(batchOffer),
  facts: z.optional(factsSchema),
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
  version: doc(text, 'A date, by which the book is named'),
  title: text,
  reviewed: doc(z.iso.date(), 'Day the whole book was last checked against its sources'),
  currency: z.literal('USD'),
}

const discounts = z.optional(
  doc(
    z.array(
      z
        .strictObject({
          provider: z.optional(text),
          model: z.optional(text),
          off: z.optional(doc(fraction, 'Share off every rate, such as "0.15"')),
          factor: z.optional(doc(decimal, 'Instead of `off`: a multiplier on every rate, such as "1.1"')),
          from: instant,
          to: z.optional(z.nullable(instant)),
          source: text,
        })
        .check(
          z.refine(
            ({ off, factor }) => (off === undefined) !== (factor === undefined),
            fault('must have either off or factor', 'write {"off": "0.12"}, or {"factor": "1.1"}'),
          ),
        ),
    ),
    'A negotiated discount or surcharge on every rate of a provider or a model, within its own dates',
  ),
)

export const bookSchema = z.strictObject({
  ...heading,
  note: z.optional(text),
  sources: z.record(text, sourceSchema),
  providers: z.record(text, providerSchema),
  models: z.array(modelSchema).check(z.minLength(1)),
})

/** A user's file that is a separate book: `extends: none`. */
export const ownBookSchema = z.strictObject({
  ...bookSchema.shape,
  extends: doc(z.literal('none'), 'A separate book, not layered over another'),
  discounts,
})

/** A user's file layered over a bundled book, with only the differences. */
export const layerSchema = z.strictObject({
  $schema: z.optional(z.string()),
  schema: z.literal(BOOK_SCHEMA),
  version: z.optional(text),
  title: z.optional(text),
  reviewed: z.optional(z.iso.date()),
  currency: z.optional(z.literal('USD')),
  note: z.optional(text),
  extends: z.optional(doc(text, 'Bundled book that these rows are layered over, or "none" for a separate book')),
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
