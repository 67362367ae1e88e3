import * as z from 'zod/mini'
import { bookSchema, modelSchema } from '../book/book-schema.ts'
import { BOOK_SCHEMA } from '../book/choices.ts'
import { statedFactsSchema } from '../book/fact-schema.ts'
import { amount, costs, count, decimal, perView, range, tokenCounts, tokens, unknown } from '../figures.ts'
import { CLUSTER_METERS, METERS, ROUTER_METER } from '../meters.ts'
import { inputSchema } from '../scenario/scenario.ts'
import { PERIODS } from '../scenario/traffic.ts'
import { type DeepReadonly, doc } from '../units.ts'
import { ALL_VIEWS, RANKINGS, VIEW_KEYS } from '../views.ts'
import { checkSchema, verdictSchema } from './check.ts'
import { attributions, routeSchema, shownScoreSchema, skippedSchema } from './route.ts'
import { cacheSchema, fitSchema, routedSchema, windowsSchema } from './routed.ts'
import { breakEvenSchema, selfHostedSchema } from './self-hosted.ts'
import { totalsSchema } from './totals.ts'

/** The output of `--json`: schemas and the types inferred from them. Keys may be added in version 1, never renamed. */

export const RESULT_SCHEMA = 'dsprice/result/1'
export const COMPARE_SCHEMA = 'dsprice/compare/1'

/** A key that earlier versions did not print, and the value that its absence means. */
const since = z._default

export const warningSchema = z.strictObject({
  code: z.string(),
  what: z.string(),
  fix: z.string(),
  scenario: z.optional(doc(z.string(), 'Its scenario: the file, or else the name')),
  path: z.optional(doc(z.string(), "The scenario's key that it refers to")),
  at: doc(z.nullable(z.string()), 'file:line:column, or a path'),
})

/** Something the user should know that does not stop the run. */
export type Warning = DeepReadonly<z.infer<typeof warningSchema>>

export const assumptionSchema = z.strictObject({
  code: z.string(),
  what: z.string(),
  views: doc(z.array(z.enum(ALL_VIEWS)), 'The views that rest on it'),
})

/** An assumption made for the user, and the views that rest on it. */
export type Assumption = DeepReadonly<z.infer<typeof assumptionSchema>>

const line = z.strictObject({
  view: z.enum(ALL_VIEWS),
  leg: doc(z.int(), 'Index in `routing.legs`; the fallback and the router follow'),
  model: doc(z.string(), '"router" for the cost of the router'),
  meter: z.enum([...METERS.map(({ key }) => key), ROUTER_METER, ...CLUSTER_METERS.map(({ key }) => key)]),
  quantity: tokens,
  rate: doc(z.union([decimal, range]), 'USD per `unit`; a range if the price is a range'),
  unit: z.string(),
  cost: amount,
  tier: doc(z.nullable(z.string()), 'Prompt length of this rate, such as ">= 272000"'),
  window: doc(z.nullable(z.string()), 'Hours of this rate, such as "peak"'),
  row_from: doc(z.nullable(z.string()), 'Start of the price row; null: the scenario states the rate'),
  source: doc(
    z.string(),
    'Id in `prices.sources`; "scenario" for a rate in the scenario; for GPUs the source of their price',
  ),
})

/** quantity × rate = cost; the smallest unit of every report. */
export type CostLine = DeepReadonly<z.infer<typeof line>>

export const scenarioResultSchema = z.strictObject({
  name: z.string(),
  description: z.nullable(z.string()),
  file: z.nullable(z.string()),
  model: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  service: since(doc(z.string(), 'Service that the model is called in; a leg may have its own'), 'standard'),
  region: since(doc(z.nullable(z.string()), 'Region with a factor of its own; null: none'), null),
  at: z.string(),
  complete: doc(z.boolean(), 'false if a view is unknown; a tier that is not offered is not unknown'),
  per: z.enum(PERIODS),
  period_hours: z.nullable(z.int()),
  periods_per_month: z.nullable(decimal),
  requests: doc(count, 'Per period; a decimal string for an expectation, of requests that were multiplied'),
  calls: doc(z.nullable(count), 'In a cascade every try counts'),
  tags: z.record(z.string(), z.string()),
  input: inputSchema,
  tokens: doc(
    tokenCounts,
    'Per period, in the `cached` view; disjoint: prompt = input + cache_read + cache_write + cache_write_1h',
  ),
  costs,
  costs_range: doc(
    z.nullable(perView(z.union([range, unknown]))),
    'All traffic in the cheapest hours … in the most expensive; null if the price has no hours',
  ),
  per_month: z.nullable(costs),
  per_request: z.optional(
    doc(
      z.nullable(costs),
      'USD per request, the router included; a conversation, if turns > 1; null: see `reasons`; left out by older versions',
    ),
  ),
  answer: z.optional(
    doc(
      z.strictObject({
        view: doc(z.nullable(z.enum(ALL_VIEWS)), 'The row that the report is about; null: no cost is known'),
        cheapest: doc(z.nullable(z.enum(ALL_VIEWS)), 'The cheapest way on offer; never the ideal cache nor a bound'),
      }),
      'The view that answers what it costs, and the cheapest one; left out by older versions',
    ),
  ),
  reasons: doc(
    z.partialRecord(z.enum([...ALL_VIEWS, 'per_request']), z.string()),
    'Why a view, or per_request, is null',
  ),
  bounds: since(
    doc(
      z.partialRecord(z.enum(VIEW_KEYS), z.string()),
      'Views whose figure is only a bound, as the real cost is higher; why',
    ),
    {},
  ),
  cache: cacheSchema,
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
      'Tokens per period, part of `tokens.prompt`: from the chat template and from tool definitions, an estimate at its stated factor; null: none was counted',
    ),
    { template: null, tools: null },
  ),
  windows: windowsSchema,
  fit: fitSchema,
  routing: z.nullable(routedSchema),
  self_host: z.nullable(selfHostedSchema),
  lines: z.array(line),
  assumptions: z.array(assumptionSchema),
  budget: doc(z.array(verdictSchema), 'Outcomes of its limits, if `check` was run'),
  warnings: z.array(warningSchema),
})

/** One scenario, priced every way. */
export type ScenarioResult = DeepReadonly<z.infer<typeof scenarioResultSchema>>

export const pricingSchema = z.strictObject({
  version: z.string(),
  hash: doc(z.string(), 'sha256 of the book and its layers'),
  reviewed: z.string(),
  at: doc(z.nullable(z.string()), 'null if the scenarios differ'),
  currency: z.literal('USD'),
  age_days: doc(z.int(), 'Days from the review to `at`'),
  layers: z.array(z.strictObject({ name: z.string(), hash: z.string() })),
  catalogue: z.optional(
    doc(
      z.strictObject({
        version: z.string(),
        hash: doc(z.string(), 'sha256 of the catalogue'),
        title: doc(z.string(), 'What it was made from'),
        models: doc(z.array(z.string()), 'Its models that were priced'),
      }),
      'The catalogue under the book, if it priced any model',
    ),
  ),
})

/** The book that priced a result. */
export type Pricing = DeepReadonly<z.infer<typeof pricingSchema>>

export type { Sums, Totals } from './totals.ts'

const excerpt = doc(
  z.extend(bookSchema, { schema: z.literal(BOOK_SCHEMA), models: z.array(modelSchema) }),
  'The rows and rules that were used',
)

/** What every document begins with, behind `schema`. */
export const headSchema = { tool_version: z.string(), pricing: pricingSchema }

export const resultSchema = z.strictObject({
  schema: z.literal(RESULT_SCHEMA),
  ...headSchema,
  scenarios: z.array(scenarioResultSchema),
  totals: totalsSchema,
  prices: excerpt,
  breakeven: z.optional(doc(breakEvenSchema, 'The curve of `dsprice breakeven`; left out by other commands')),
  route: z.optional(doc(routeSchema, 'What `dsprice route` found; left out by other commands')),
  check: z.optional(doc(checkSchema, 'What `dsprice check` found; left out by other commands')),
  warnings: z.array(warningSchema),
})

/** The output of `estimate --json`, and of `check --json` and `route --json`, which add a key each. */
export type Result = DeepReadonly<z.infer<typeof resultSchema>>

const requiredFacts = z.optional(doc(statedFactsSchema, 'The facts that are required; left out if none is'))

const candidate = z.extend(scenarioResultSchema, {
  rank: doc(z.nullable(z.int()), 'From the cheapest; null if it does not fit or its cost is unknown'),
  score: z.optional(doc(z.nullable(shownScoreSchema), 'Its public score on one board; null: none')),
  arena_elo: z.optional(doc(z.nullable(z.number()), 'Older versions: its score on Arena')),
  share_of_dearest: doc(z.nullable(z.number()), 'Cost as a share of the most expensive ranked model, 0–1'),
  times_cheapest: since(
    doc(
      z.nullable(z.number()),
      'Cost as a multiple of the cheapest ranked model, from 1; null: not ranked, or that is free',
    ),
    null,
  ),
  facts: requiredFacts,
})

/** One model of a comparison. */
export type Candidate = DeepReadonly<z.infer<typeof candidate>>

const leftOut = z.array(z.extend(skippedSchema, { facts: requiredFacts }))

export const compareSchema = z.strictObject({
  schema: z.literal(COMPARE_SCHEMA),
  ...headSchema,
  view: doc(
    z.enum(RANKINGS),
    'The view that models are ranked by; best: of each model its cheapest on offer, in `answer.cheapest`',
  ),
  require: z.array(z.string()),
  scenarios: z.array(candidate),
  left_out: since(doc(leftOut, 'Models left out, with reasons'), []),
  skipped: z.optional(doc(leftOut, 'Older versions: `left_out`')),
  attributions: z.optional(attributions),
  prices: excerpt,
  warnings: z.array(warningSchema),
})

/** The output of `compare --json`. */
export type Comparison = DeepReadonly<z.infer<typeof compareSchema>>

/** A model left out of a comparison, with the reason. */
export type LeftOut = Comparison['left_out'][number]
