import * as z from 'zod/mini'
import { instant } from '../time.ts'
import { doc, fault } from '../units.ts'
import { cacheRuleSchema, noRule } from './cache-schema.ts'
import { BOOK_SCHEMA, SPLITS } from './choices.ts'
import { factsSchema } from './fact-schema.ts'
import {
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
  weightsName,
} from './price-schema.ts'
import { scoresSchema } from './score-schema.ts'

/** The schema of a price book; separate from `book.ts`, so that a run that trusts a bundled book does not load it. */

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
  weights: z.optional(weightsName),
  scores: z.optional(scoresSchema()),
  arena_elo: z.optional(doc(z.number(), 'Older books: an Arena score without its date')),
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
  attribution: z.optional(doc(text, 'What its licence asks to be said where its figures are shown')),
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

/** A tokenizer in a user's file: by its name, or the file of its maker. */
const ownTokenizer = doc(
  z.nullable(
    z.union(
      [
        text,
        z.strictObject({
          file: doc(
            text,
            'tokenizer.json, tekken.json or *.tiktoken of its maker, relative to this file',
            'tokenizer.json',
          ),
          split: z.optional(
            doc(z.enum(SPLITS), 'How text is split, only for a file of ranks (*.tiktoken) that dsprice does not know'),
          ),
        }),
      ],
      fault('must be the name of a tokenizer, or its file', 'write "o200k_base", or {"file": "tokenizer.json"}'),
    ),
  ),
  'Tokenizer of its text: a name, or {"file": "tokenizer.json"} for a file of your own; null: unknown',
)

/** A user's file that is a separate book: `extends: none`. */
export const ownBookSchema = z.strictObject({
  ...bookSchema.shape,
  models: z.array(z.extend(modelSchema, { tokenizer: ownTokenizer })).check(z.minLength(1)),
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
        tokenizer: z.optional(ownTokenizer),
        prices: z.optional(
          doc(z.array(priceSchema).check(z.minLength(1)), 'Rows laid over those below; left out: the prices stay'),
        ),
      }),
    ),
  ),
  discounts,
})
