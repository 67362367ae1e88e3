import * as z from 'zod/mini'
import { type DeepReadonly, doc } from '../units.ts'
import { headSchema, warningSchema } from './result.ts'

/** The output of `dsprice replay --json`. Keys may be added in version 1, never renamed. */

export const REPLAY_SCHEMA = 'dsprice/replay/1'

const count = z.int().check(z.nonnegative())
const usd = z.string()

const place = z.strictObject({
  file: z.string(),
  line: doc(z.int(), 'From 1'),
  byte: doc(z.int(), 'Bytes before the line'),
  what: z.string(),
})

const trace = z.strictObject({
  files: z.array(z.string()),
  format: doc(z.string(), 'How the files were read'),
  requests: count,
  input_tokens: count,
  output_tokens: count,
  models: doc(z.array(z.string()), 'Models that served the requests, as the trace or --model names them'),
  block: doc(z.int(), 'Tokens of a block'),
  ids: doc(z.enum(['prefix', 'content', 'none']), 'What a block id names; none: the trace has lengths alone'),
  malformed: doc(count, 'Lines left out'),
  first_malformed: z.array(place),
  sorted: doc(z.boolean(), 'The trace was not in the order of time, and was sorted'),
})

const costs = z.strictObject({
  total: doc(usd, 'With what was hit'),
  no_cache: doc(usd, 'Every prompt token at the input rate'),
  all_cached: doc(z.nullable(usd), 'Every prompt token read from the cache: a bound'),
})

const row = z.strictObject({
  row: doc(
    z.enum(['rule', 'infinite', 'ttl', 'lru', 'units', 'marks']),
    'rule: as the model’s provider keeps its cache',
  ),
  policies: doc(z.array(z.string()), 'The policies that were simulated; more than one if rules of models differ'),
  ttl_s: doc(z.nullable(z.number()), 'Lifetime; null: it has none, or models differ'),
  capacity_blocks: doc(z.nullable(count), 'Of lru'),
  delay_s: doc(z.number(), 'From a request until what it stores can be read'),
  requests: doc(count, 'Requests counted: those after the warm-up'),
  input_tokens: count,
  output_tokens: count,
  cached_tokens: doc(count, 'Prompt tokens read from the cache'),
  written_tokens: doc(count, 'Prompt tokens billed as written; 0 where writing is free'),
  full_blocks: count,
  hit_blocks: count,
  requests_with_hit: count,
  hit_share: doc(z.nullable(z.number()), 'Cached tokens ÷ prompt tokens'),
  mean_request_share: doc(z.nullable(z.number()), 'Mean of the same over requests'),
  costs: doc(z.nullable(costs), 'Exact USD for the requests counted; null: see `reason`'),
  at_least: doc(z.nullable(costs), 'The same for those that have a price; null: none has'),
  reason: z.nullable(z.string()),
})

/** What one policy did with all requests. */
export type ReplayRow = DeepReadonly<z.infer<typeof row>>

const rate = z.strictObject({
  mean: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  peak: z.number(),
  peak_to_mean: z.nullable(z.number()),
})

const load = z.strictObject({
  requests: count,
  input_tokens: count,
  output_tokens: count,
  span_s: doc(z.number(), 'From the first request to the last'),
  window_s: doc(z.number(), 'Length of the windows that the figures are of'),
  windows: count,
  empty_windows: count,
  requests_per_s: rate,
  input_tokens_per_s: rate,
  output_tokens_per_s: rate,
})

const fleet = z.strictObject({
  ref: doc(z.nullable(z.string()), 'The row of the cluster book that the rates are of; null: they were given'),
  throughput: doc(
    z.strictObject({
      prefill: z.nullable(z.string()),
      cached_prefill: z.nullable(z.string()),
      decode: z.nullable(z.string()),
      total: doc(z.nullable(z.string()), 'Input and output together, where they were measured so'),
    }),
    'Tokens a second of one node, in that phase',
  ),
  max_utilisation: doc(z.number(), 'Of a node in the busiest window'),
  busiest: doc(z.number(), 'Nodes that work all the time in the busiest window'),
  mean: doc(z.number(), 'The same on average'),
  spare_nodes: count,
  nodes: doc(count, 'Whole nodes for the busiest window, spare ones included'),
})

const unpriced = z.strictObject({
  model: doc(z.nullable(z.string()), 'As the trace names it; null: it names none'),
  code: z.enum(['UNKNOWN_MODEL', 'NO_PRICE_AT', 'NO_RATE']),
  reason: z.string(),
  requests: count,
  input_tokens: count,
  output_tokens: count,
})

export const replaySchema = z.strictObject({
  schema: z.literal(REPLAY_SCHEMA),
  ...headSchema,
  trace,
  warm_up: z.strictObject({ share: z.number(), requests: doc(count, 'Simulated, not counted') }),
  rows: doc(z.array(row), 'A row a policy, the first is that of the report’s sentence; none without block ids'),
  load: z.nullable(load),
  fleet: doc(z.nullable(fleet), 'Nodes of one’s own for this load; null: no throughput was given'),
  unpriced: doc(z.array(unpriced), 'Requests without a price; the cost of all is then at_least'),
  notes: doc(z.array(z.string()), 'How the trace was read and priced'),
  warnings: z.array(warningSchema),
})

/** What a prompt cache would serve of real requests, and the load they make. */
export type Replay = DeepReadonly<z.infer<typeof replaySchema>>
