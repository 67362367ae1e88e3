import * as z from 'zod/mini'
import { decimal } from '../figures.ts'
import { PART_KINDS } from '../scenario/counted.ts'
import { MODES } from '../scenario/routing.ts'
import { PERIODS, profileSchema } from '../scenario/scenario.ts'
import { selfHostInputSchema } from '../scenario/self-host.ts'
import { timezone } from '../time.ts'
import { doc } from '../units.ts'

/** A key that earlier versions did not print, and what its absence means. */
const since = z._default

const whole = z.int().check(z.nonnegative())

const part = z.strictObject({
  source: z.string(),
  kind: since(z.enum(PART_KINDS), 'text'),
  samples: doc(z.array(whole).check(z.minLength(1)), 'Tokens of each; an estimate at its stated factor'),
  tokenizer: doc(z.nullable(z.string()), 'What counted it; null: the user gave a number'),
  exact: z.boolean(),
  low: z.optional(doc(z.array(whole), "Tokens of each at the low end of an estimate's band")),
  high: z.optional(doc(z.array(whole), 'The same at its high end')),
})

const length = z.union([whole, z.strictObject({ mean: decimal, min: z.int(), max: z.int(), parts: z.array(part) })])

const counting = z.strictObject({
  tokenizer: z.string(),
  vocabulary: doc(z.string(), 'The vocabulary that was run'),
  estimation: doc(
    z.nullable(z.strictObject({ percent: z.int(), low: z.int(), high: z.int() })),
    'Tokens for 100 of the vocabulary: at the stated factor, at least, at most; null: the count is exact',
  ),
  source: z.string(),
  template: doc(
    z.nullable(
      z.strictObject({
        name: z.string(),
        start: z.int(),
        end: since(z.int(), 0),
        system: z.int(),
        user: z.int(),
        answer: z.int(),
        exact: z.boolean(),
        source: z.string(),
      }),
    ),
    'Tokens that the chat template adds: once a prompt at its start and at its end, to a system message, to a user message, to an earlier answer',
  ),
})

const request = z.strictObject({
  turns: z.int().check(z.positive()),
  turn_gap_s: z.int().check(z.nonnegative()),
  shared: length,
  session: length,
  turn: length,
  history: z.boolean(),
  output: length,
  reasoning: length,
  start_overhead: since(doc(length, 'Tokens that the chat template puts before every prompt, once'), 0),
  end_overhead: since(doc(length, 'Tokens that it puts behind every prompt, once'), 0),
  answer_overhead: since(doc(length, 'Tokens that the chat template adds to an earlier answer'), 0),
})

const routing = z.strictObject({
  mode: z.enum(MODES),
  legs: z
    .array(
      z.strictObject({
        model: z.string(),
        self_host: z.optional(z.literal(true)),
        share: z.number().check(z.minimum(0), z.maximum(1)),
        tokens: doc(decimal, 'Multiplier on the size of its requests'),
        promote_at_turn: z.nullable(z.int().check(z.positive())),
      }),
    )
    .check(z.minLength(1)),
  fallback: z.array(z.string()),
  fallback_share: z.number().check(z.minimum(0), z.maximum(1)),
  router_usd_per_1k: decimal,
  baselines: z.array(z.string()),
})

/** The scenario as a result carries it: defaults filled in, text counted. */
export const inputSchema = z.strictObject({
  name: z.string(),
  description: z.optional(z.string()),
  file: z.optional(z.string()),
  at: z.optional(z.string()),
  model: doc(z.nullable(z.string()), 'null: `routing` says who serves'),
  routing: z.optional(routing),
  tags: z.record(z.string(), z.string()),
  traffic: z.strictObject({
    requests: z.int().check(z.positive()),
    per: z.enum(PERIODS),
    profile: profileSchema,
    timezone,
    weekdays_only: z.boolean(),
  }),
  request: doc(z.nullable(request), 'Under `routing` as counted for the first leg'),
  counted: z.optional(
    doc(
      z.record(z.string(), z.strictObject({ request: z.nullable(request), counting: z.nullable(counting) })),
      'Where there is text under `routing`: as counted for each model',
    ),
  ),
  sizes: z.optional(
    doc(
      z.array(z.strictObject({ share: decimal, tokens: decimal })),
      'Requests of several sizes: share and multiplier',
    ),
  ),
  totals: z.nullable(z.strictObject({ input: whole, output: whole })),
  self_host: z.optional(doc(selfHostInputSchema, 'A cluster of its own, prices and rates looked up')),
  cache: z.strictObject({
    policy: z.enum(['prefix', 'none', 'ideal', 'hit_share']),
    ttl_s: z.optional(z.int()),
    hit_share: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  }),
  budget: z.optional(
    doc(
      z.record(z.string(), z.optional(z.union([z.string(), z.number()]))),
      'Its own limits: decimal strings of USD, and shares',
    ),
  ),
  quality: z.optional(doc(z.record(z.string(), z.number()), 'Scores of models, any one scale')),
  counting: since(doc(z.nullable(counting), 'How its text was counted; null: there is none'), null),
  defaults: doc(z.array(z.string()), 'Keys that the file left to their defaults'),
})
