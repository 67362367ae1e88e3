import * as z from 'zod/mini'
import { type DeepReadonly, doc } from '../units.ts'
import { modelSchema, providerSchema, sourceSchema } from './book-schema.ts'
import type { BOARDS } from './choices.ts'
import { priceSchema } from './price-schema.ts'
import { boardScoreSchema } from './score-schema.ts'

/** Schemas of the market book's files: `pricing/market.json`, one file per provider, and one per board of quality. */

const text = z.string().check(z.minLength(1))
const sources = z.record(text, sourceSchema)

export const marketSchema = z.strictObject({
  title: text,
  note: z.optional(text),
  first: doc(z.array(text), 'Providers that come first in the book, in this order; the others follow by their ids'),
  sources: doc(sources, 'Sources that several providers share'),
})

const litellm = z.strictObject({
  prefix: doc(z.string().check(z.regex(/^[a-z_]+$/)), "Prefix of its models' names in LiteLLM: `deepseek/…`"),
  key: doc(
    z.nullable(z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/))),
    'Environment variable with the key; null: credentials of another kind, which LiteLLM finds by itself',
  ),
})

const row = z.strictObject(z.omit(priceSchema, { grade: true, scores: true }).shape)

const model = z.strictObject({
  ...z.omit(modelSchema, { provider: true, prices: true, scores: true }).shape,
  api_name: z.optional(doc(text, "The model's name in the provider's API; left out: its id")),
  prices: doc(
    z.array(row).check(z.minLength(1)),
    'Oldest first; a row holds until the next one begins and has the grade of its source',
  ),
})

export const marketProviderSchema = z.strictObject({
  $schema: z.optional(z.string()),
  reviewed: doc(
    z.iso.date(),
    'Day the file was last checked against its sources; a change moves it to the day of the change',
  ),
  ...providerSchema.shape,
  gateways: z.optional(doc(z.strictObject({ litellm: z.optional(litellm) }), 'How each gateway reaches the provider')),
  sources: doc(sources, 'Sources of this file; the same source may stand in other files, word for word'),
  models: doc(z.array(model), 'May be empty: rules and facts of a provider whose prices are not in the book'),
})

/**
 * One snapshot of a public board of model quality: a whole column, which is refreshed as one and never row by row.
 */
export const boardSchema = z.strictObject({
  $schema: z.optional(z.string()),
  title: text,
  reviewed: doc(z.iso.date(), 'Day the file was last checked against its source'),
  date: doc(z.iso.date(), 'Day of the snapshot'),
  source: doc(text, 'Id in `sources`'),
  sources: doc(sources, 'Sources of this file'),
  scores: doc(
    z.record(text, boardScoreSchema),
    "Scores by weights: a model's or a row's `weights`, else the model's id without its provider's prefix",
  ),
})

/**
 * Gateways' names for providers and models. They are current names, independent of the date priced, so books do not
 * have them.
 */
export interface GatewayNames {
  /** By provider id in our books. */
  readonly providers: Readonly<Record<string, NonNullable<MarketProvider['gateways']>>>
  /** Names in the providers' own APIs, by the ids of models that have another id here. */
  readonly models: Readonly<Record<string, string>>
}

/** The market book without its providers. */
export type MarketHeading = DeepReadonly<z.infer<typeof marketSchema>>

/** A provider's file: its rules, its sources, its models with their dated rows. */
export type MarketProvider = DeepReadonly<z.infer<typeof marketProviderSchema>>

/** A board's file. */
export type MarketBoard = DeepReadonly<z.infer<typeof boardSchema>>

/** The name of a board. */
export type BoardName = (typeof BOARDS)[number]
