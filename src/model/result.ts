import * as z from 'zod/mini'
import { BOOK_SCHEMA } from './book.ts'
import { bookSchema, modelSchema } from './book-schema.ts'
import { checkSchema, verdictSchema } from './check.ts'
import { amount, costs, count, decimal, fraction, money, perView, range, tokens, unknown } from './figures.ts'
import { METERS } from './meters.ts'
import { PART_KINDS, PERIODS, profileSchema } from './scenario.ts'
import { doc, type Fixed, timezone } from './units.ts'
import { VIEW_KEYS } from './views.ts'

/** What `--json` prints: schemas and the types inferred from them. Keys may be added in version 1, never renamed. */

export const RESULT_SCHEMA = 'dsprice/result/1'
export const COMPARE_SCHEMA = 'dsprice/compare/1'

/** A key that earlier versions did not print, and what its absence means. */
const since = z._default

const warning = z.strictObject({
  code: z.string(),
  what: z.string(),
  mend: z.string(),
  at: doc(z.nullable(z.string()), 'file:line:column, or the scenario it is about'),
})

/** Something the user should know that does not stop the run. */
export type Warning = Fixed<z.infer<typeof warning>>

const assumption = z.strictObject({
  code: z.string(),
  what: z.string(),
  views: doc(z.array(z.enum(VIEW_KEYS)), 'The views that rest on it'),
})

/** Something taken for granted on the user's behalf, and the views that rest on it. */
export type Assumption = Fixed<z.infer<typeof assumption>>

const line = z.strictObject({
  view: z.enum(VIEW_KEYS),
  leg: z.int(),
  model: z.string(),
  meter: z.enum(METERS.map(({ key }) => key)),
  quantity: tokens,
  rate: doc(decimal, 'USD per `unit`'),
  unit: z.string(),
  cost: amount,
  tier: doc(z.nullable(z.string()), 'Prompt length that called for this rate, such as ">= 272000"'),
  window: doc(z.nullable(z.string()), 'Hours of this rate, such as "peak"'),
  row_from: doc(z.string(), 'Beginning of the price row'),
  source: doc(z.string(), 'Id in `prices.sources`'),
})

/** quantity × rate = cost; the atom every report is made of. */
export type CostLine = Fixed<z.infer<typeof line>>

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
        system: z.int(),
        user: z.int(),
        answer: z.int(),
        exact: z.boolean(),
        source: z.string(),
      }),
    ),
    'Tokens that the chat template adds: once a prompt, to a system message, to a user message, to an earlier answer',
  ),
})

const input = z.strictObject({
  name: z.string(),
  description: z.optional(z.string()),
  file: z.optional(z.string()),
  at: z.optional(z.string()),
  model: z.string(),
  tags: z.record(z.string(), z.string()),
  traffic: z.strictObject({
    requests: z.int().check(z.positive()),
    per: z.enum(PERIODS),
    profile: profileSchema,
    timezone,
    weekdays_only: z.boolean(),
  }),
  request: z.nullable(
    z.strictObject({
      turns: z.int().check(z.positive()),
      turn_gap_s: z.int().check(z.nonnegative()),
      shared: length,
      session: length,
      turn: length,
      history: z.boolean(),
      output: length,
      reasoning: length,
      answer_overhead: since(doc(length, 'Tokens that the chat template adds to an earlier answer'), 0),
    }),
  ),
  totals: z.nullable(z.strictObject({ input: whole, output: whole })),
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
  counting: since(doc(z.nullable(counting), 'How its text was counted; null: there is none'), null),
  defaults: doc(z.array(z.string()), 'Keys that the file left to their defaults'),
})

const fit = z.strictObject({
  fits: doc(z.nullable(z.boolean()), 'Whether the longest call fits the context; null: unknown'),
  tokens: doc(z.nullable(tokens), 'Prompt and output of the longest call'),
  context: z.nullable(z.int()),
})

const scenario = z.strictObject({
  name: z.string(),
  description: z.nullable(z.string()),
  file: z.nullable(z.string()),
  model: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  at: z.string(),
  complete: doc(z.boolean(), 'false where a view is unknown; a tier that is not offered is not unknown'),
  per: z.enum(PERIODS),
  period_hours: z.nullable(z.int()),
  periods_per_month: z.nullable(decimal),
  requests: z.int(),
  calls: z.nullable(count),
  tags: z.record(z.string(), z.string()),
  input,
  tokens: doc(
    z.strictObject({
      prompt: tokens,
      input: z.nullable(tokens),
      cache_read: z.nullable(tokens),
      cache_write: z.nullable(tokens),
      cache_write_1h: z.nullable(tokens),
      output: tokens,
      exact: z.boolean(),
    }),
    'Per period, of the `cached` view; disjoint: prompt = input + cache_read + cache_write + cache_write_1h',
  ),
  costs,
  costs_range: doc(
    z.nullable(perView(z.union([range, unknown]))),
    'All traffic in the cheapest hours … all in the dearest; null where the price knows no hours',
  ),
  per_month: z.nullable(costs),
  reasons: doc(z.partialRecord(z.enum([...VIEW_KEYS, 'self_hosted'] as const), z.string()), 'Why a view is null'),
  cache: z.strictObject({
    policy: z.string(),
    hit_share: doc(z.nullable(fraction), 'Cached share of the prompt tokens, 0–1'),
    warm_share: doc(z.nullable(z.number()), 'Requests that find the shared prefix warm, 0–1'),
    rule: doc(z.nullable(z.string()), "The provider's rule in words"),
    match: z.nullable(z.string()),
    block: z.nullable(z.int()),
    minimum: z.nullable(z.int()),
    ttl_s: z.nullable(z.int()),
  }),
  estimated_share: since(
    doc(
      perView(z.nullable(z.number())),
      'Share of a cost that rests on estimated token counts, 0-1; null: the cost is unknown',
    ),
    { headline: 0, cached_ideal: 0, cached: 0, batch: 0, batch_cached: 0, self_hosted: null },
  ),
  overhead: since(
    doc(
      z.strictObject({ template: z.nullable(count), tools: z.nullable(count) }),
      'Tokens per period, within `tokens.prompt`: of the chat template and of tool definitions, an estimate at its stated factor; null: none was counted',
    ),
    { template: null, tools: null },
  ),
  windows: doc(
    z.array(z.strictObject({ name: z.nullable(z.string()), share: z.number() })),
    'Share of the requests at each set of rates',
  ),
  fit,
  routing: z.null(),
  self_host: z.null(),
  lines: z.array(line),
  assumptions: z.array(assumption),
  budget: doc(z.array(verdictSchema), 'How its limits stand, where `check` held it to them'),
  warnings: z.array(warning),
})

/** One scenario, priced every way. */
export type ScenarioResult = Fixed<z.infer<typeof scenario>>

const pricing = z.strictObject({
  version: z.string(),
  hash: doc(z.string(), 'sha256 of the book and its layers'),
  reviewed: z.string(),
  at: doc(z.nullable(z.string()), 'null where the scenarios differ'),
  currency: z.literal('USD'),
  age_days: doc(z.int(), 'Days from the review to `at`'),
  layers: z.array(z.strictObject({ name: z.string(), hash: z.string() })),
})

/** Which book priced a result. */
export type Pricing = Fixed<z.infer<typeof pricing>>

const sums = z.strictObject({
  scenarios: z.int(),
  costs,
  at_least: doc(
    z.partialRecord(z.enum(VIEW_KEYS), money),
    'The known part; equal to `costs` where everything is known, left out where nothing is',
  ),
})

/** Sums of several scenarios; `null` in `costs` where one of them is unknown. */
export type Sums = Fixed<z.infer<typeof sums>>

const totals = z.strictObject({
  run: doc(z.nullable(sums), 'Scenarios without a clock, each run once'),
  per_month: doc(z.nullable(sums), 'Scenarios with a clock, a month of 730 hours'),
  by_tag: z.record(z.string(), z.strictObject({ run: z.nullable(sums), per_month: z.nullable(sums) })),
})

export type Totals = Fixed<z.infer<typeof totals>>

const excerpt = doc(
  z.extend(bookSchema, { schema: z.literal(BOOK_SCHEMA), models: z.array(modelSchema) }),
  'The rows and rules that were used',
)

const head = { tool_version: z.string(), pricing }

export const resultSchema = z.strictObject({
  schema: z.literal(RESULT_SCHEMA),
  ...head,
  scenarios: z.array(scenario),
  totals,
  prices: excerpt,
  check: z.optional(doc(checkSchema, 'What `dsprice check` found; left out by other commands')),
  warnings: z.array(warning),
})

/** What `estimate --json` prints, and `check --json`, which adds `check`. */
export type Result = Fixed<z.infer<typeof resultSchema>>

const candidate = z.extend(scenario, {
  rank: doc(z.nullable(z.int()), 'From the cheapest; null where it does not fit or its cost is unknown'),
  arena_elo: z.nullable(z.number()),
  share_of_dearest: doc(z.nullable(z.number()), 'Cost as a share of the dearest ranked model, 0–1'),
})

/** One model of a comparison. */
export type Candidate = Fixed<z.infer<typeof candidate>>

export const compareSchema = z.strictObject({
  schema: z.literal(COMPARE_SCHEMA),
  ...head,
  view: doc(z.enum(VIEW_KEYS), 'The view that ranks'),
  require: z.array(z.string()),
  scenarios: z.array(candidate),
  skipped: doc(z.array(z.strictObject({ model: z.string(), why: z.string() })), 'Models left out, and why'),
  prices: excerpt,
  warnings: z.array(warning),
})

/** What `compare --json` prints. */
export type Comparison = Fixed<z.infer<typeof compareSchema>>
