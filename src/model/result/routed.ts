import * as z from 'zod/mini'
import { amount, costs, count, decimal, fraction, perView, tokens, unknown } from '../figures.ts'
import { MARKS } from '../scenario/marks.ts'
import { MODES } from '../scenario/routing-schema.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { VIEW_KEYS } from '../views.ts'

/** The part of a result about each serving model: its cache, context and hours, and the whole fleet. */

/** A key that earlier versions did not print, and the value that its absence means. */
const since = z._default

export const fitSchema = z.strictObject({
  fits: doc(z.nullable(z.boolean()), 'Whether the longest call fits the context; null: unknown'),
  tokens: doc(z.nullable(tokens), 'Prompt and output of the longest call'),
  context: z.nullable(z.int()),
})

export const windowsSchema = doc(
  z.array(z.strictObject({ name: z.nullable(z.string()), share: z.number() })),
  'Share of the requests at each set of rates; empty for a fleet, whose legs have their own',
)

const marks = {
  marks: since(
    doc(
      z.nullable(z.array(z.enum(MARKS))),
      'Cache marks reckoned with, set by the caller or by the provider; null: the provider does not match by marks',
    ),
    null,
  ),
}

const hits = {
  hit_share: doc(z.nullable(fraction), 'Cached share of the prompt tokens, 0–1'),
  warm_share: doc(z.nullable(z.number()), 'Requests that find the shared prefix warm, 0–1; null for a fleet'),
}

export const cacheSchema = z.strictObject({
  policy: z.string(),
  ...hits,
  rule: doc(z.nullable(z.string()), "The provider's rule in words"),
  match: z.nullable(z.string()),
  block: z.nullable(z.int()),
  minimum: z.nullable(z.int()),
  ttl_s: z.nullable(z.int()),
  ...marks,
})

const reasons = doc(z.partialRecord(z.enum(VIEW_KEYS), z.string()), 'Why a view is null')

const part = {
  model: z.string(),
  provider: z.string(),
  service: since(doc(z.string(), 'Service that it is called in'), 'standard'),
  region: since(doc(z.nullable(z.string()), 'Region with a factor of its own; null: none'), null),
  requests: doc(z.nullable(count), 'Requests per period that it serves; null: only totals are known'),
  calls: doc(z.nullable(count), 'Calls per period, every try counted'),
  tokens: doc(z.strictObject({ prompt: tokens, output: tokens }), 'Per period, every try counted'),
  costs,
  reasons,
  fit: fitSchema,
  cache: z.strictObject({ ...hits, ...marks }),
  windows: windowsSchema,
}

const legSchema = z.strictObject({
  ...part,
  self_host: doc(z.boolean(), 'Whether the cluster serves it'),
  share: doc(z.number(), 'Share of the requests that it serves, as stated'),
  tried: doc(z.nullable(count), 'Requests per period that reach it, served or not'),
  tokens_times: doc(decimal, 'Multiplier on the size of its requests'),
  promote_at_turn: z.nullable(z.int()),
  share_of_cost: doc(perView(z.nullable(fraction)), "Share of the fleet's cost, 0–1"),
})

/** One model's part of a fleet. */
export type RoutedLeg = DeepReadonly<z.infer<typeof legSchema>>

const baselineSchema = z.strictObject({
  ...part,
  saving: doc(perView(z.union([fraction, unknown])), '1 − fleet/baseline; below 0 if the fleet costs more'),
})

/** A single model that would serve every request instead. */
export type Baseline = DeepReadonly<z.infer<typeof baselineSchema>>

export const routedSchema = z.strictObject({
  mode: z.enum(MODES),
  legs: z.array(legSchema),
  fallback: doc(
    z.nullable(z.strictObject({ ...part, share: z.number() })),
    'The model that serves when a leg fails; null: none, or its share is not stated',
  ),
  router: doc(
    z.nullable(z.strictObject({ requests: count, usd_per_1k_requests: decimal, cost: amount })),
    'Cost of the router; null: nothing',
  ),
  baselines: z.array(baselineSchema),
})

/** A fleet, priced leg by leg and compared with single models. */
export type Routed = DeepReadonly<z.infer<typeof routedSchema>>
