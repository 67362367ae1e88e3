import * as z from 'zod/mini'
import { decimal } from '../figures.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { shapeAsRead } from './as-read.ts'
import { cachePolicySchema } from './cache.ts'
import { countedRoutingSchema } from './counted-routing-schema.ts'
import {
  contentNotes,
  conversionSchema,
  countedRequestSchema,
  countedSchema,
  countedTotalsSchema,
  countingSchema,
} from './counted-schema.ts'
import { scenarioSchema } from './scenario-schema.ts'
import { selfHostInputSchema } from './self-host.ts'

/**
 * The scenario to price, which a result carries as `input`: the file's contents with text counted, cluster looked up
 * and defaults filled in. A key of the file that is not listed here is kept as parsed.
 */

/** A key that earlier versions did not print, and the value that its absence means. */
const since = z._default

const sizedShare = z.strictObject({
  share: doc(decimal, 'Share of the requests, 0–1'),
  tokens: doc(decimal, "Multiplier on the request's lengths"),
})

/** Replacements of a file's keys; `pricing` is reported once for all scenarios. */
const BECOMING = {
  pricing: { file: z.optional(doc(z.string(), 'The file it came from, as the user named it')) },
  model: { model: doc(z.nullable(z.string()), 'null: see `routing`') },
  routing: { routing: z.optional(countedRoutingSchema) },
  request: {
    request: doc(z.nullable(countedRequestSchema), 'With `routing`, as counted for the first leg'),
    counted: z.optional(
      doc(z.record(z.string(), countedSchema), 'With `routing` and text or `tokens_of`: as counted for each model'),
    ),
    sizes: z.optional(
      doc(z.array(sizedShare), 'Requests of several sizes, on one model; left out: all have the size of `request`'),
    ),
  },
  totals: { totals: doc(z.nullable(countedTotalsSchema), 'Tokens per period, if nothing else is known') },
  cache: { cache: cachePolicySchema },
  self_host: { self_host: z.optional(doc(selfHostInputSchema, 'A cluster of its own, prices and rates looked up')) },
} as const

/** Keys that exist only once a scenario is counted. */
const ADDED = {
  counting: since(doc(z.nullable(countingSchema), 'How its text was counted; null: there is none'), null),
  conversion: z.optional(doc(conversionSchema, 'How its numbers were converted; left out: they were not')),
  contents: contentNotes,
  configured: z.optional(
    doc(
      z.array(z.strictObject({ key: z.string(), value: z.string(), at: doc(z.string(), 'file:line:column') })),
      'Keys that dsprice.config.yaml set, as the file leaves them out; left out: none',
    ),
  ),
  defaults: doc(z.array(z.string()), 'Keys that the file left to their defaults and that the figures rest on'),
} as const

/** The schema of a counted scenario, from the shape of the written one. */
export const inputSchemaFor = <S extends (typeof scenarioSchema)['shape']>(shape: S) =>
  z.strictObject({ ...shapeAsRead(shape, BECOMING), ...ADDED })

export const inputSchema = inputSchemaFor(scenarioSchema.shape)

/** A scenario ready to be priced: defaults filled in, text counted. A result carries it as `input`. */
export type Scenario = DeepReadonly<z.infer<typeof inputSchema>>

/** A scenario that one model serves. */
export type OneModel = Scenario & { readonly model: string }

/** How many requests, and when. */
export type Traffic = Scenario['traffic']

/** Period totals, if nothing else is known. Tokens. */
export type Totals = NonNullable<Scenario['totals']>

/** A part of a workload's requests with its own size. */
export type SizedShare = DeepReadonly<z.infer<typeof sizedShare>>

/** How the cache is counted: from the workload's prefixes, not at all, as an upper bound, or by a stated share. */
export type { CachePolicy } from './cache.ts'
