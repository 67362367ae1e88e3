import type * as z from 'zod/mini'
import type { DeepReadonly } from '../units.ts'
import type * as schema from './book-schema.ts'
import type * as cache from './cache-schema.ts'
import type { factSchema } from './fact-schema.ts'
import type * as prices from './price-schema.ts'
import type { scoreSchema } from './score-schema.ts'

/** Types of a price book, inferred from its schema. */

/** A decimal string (USD per 1M tokens), `"not_offered"`, or `null` for unknown: three different things. */
export type Rate = z.infer<typeof prices.rateSchema>

/** Other rates for the whole request above a prompt length. */
export type Tier = DeepReadonly<z.infer<typeof prices.tierSchema>>

/** Other rates at certain hours. Hours are local to `timezone`. */
export type Window = DeepReadonly<z.infer<typeof prices.windowSchema>>

/** Another service of a row: flex, priority, fast. A factor on its rates, or rates of its own. */
export type Service = DeepReadonly<z.infer<typeof prices.serviceSchema>>

/** Inference in one place, at a factor on every token rate. */
export type Region = DeepReadonly<z.infer<typeof schema.regionSchema>>

/** One model's rates from one instant on, half-open `[from, to)`. */
export type Price = DeepReadonly<z.infer<typeof prices.priceSchema>>

/** How a provider matches, keeps and bills cached prefixes. Lengths in tokens, lifetimes in seconds. */
export type CacheRule = DeepReadonly<z.infer<typeof cache.cacheRuleSchema>>

/** A provider's batch discount and how it stacks with the cache. */
export type BatchRule = DeepReadonly<z.infer<typeof schema.batchRuleSchema>>

/** What is known about a provider or a model other than prices: a value with its source. */
export type Fact = DeepReadonly<z.infer<typeof factSchema>>

/** A provider's rules: cache, batch, calendar, usage convention, review interval, facts. */
export type Provider = DeepReadonly<z.infer<typeof schema.providerSchema>>

/** A public quality score of one board and snapshot. */
export type BoardScore = DeepReadonly<z.infer<typeof scoreSchema>>

/** A model and its whole price history, oldest row first. */
export type Model = DeepReadonly<z.infer<typeof schema.modelSchema>>

/** One versioned, immutable price book. Rates in USD per 1M tokens. */
export type Book = DeepReadonly<z.infer<typeof schema.bookSchema>>

/** A user's own rows or discounts as their file has them. */
export type WrittenLayer = DeepReadonly<z.infer<typeof schema.layerSchema>>

type WrittenModel = NonNullable<WrittenLayer['models']>[number]

/** The tokenizer of a model in a user's file: a name, or a file relative to it. */
export type WrittenTokenizer = NonNullable<WrittenModel['tokenizer']>

/** A user's own rows or discounts, to be layered over a bundled book; tokenizers are names, those of files too. */
export type Layer = Omit<WrittenLayer, 'models'> & {
  readonly models?:
    | readonly (Omit<WrittenModel, 'tokenizer'> & { readonly tokenizer?: Model['tokenizer'] | undefined })[]
    | undefined
}
