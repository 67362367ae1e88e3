import * as z from 'zod/mini'
import { DECIMAL, doc } from '../units.ts'
import { GPU_TERMS, ROW_GRADES } from './choices.ts'

/** The schema of a cluster book: measured throughput, GPU-hour prices, memory. Unknown figures are left out. */

const text = z.string().check(z.minLength(1))
const decimal = z.string().check(z.regex(DECIMAL))
const date = z.string().check(z.regex(/^\d{4}-\d{2}(-\d{2})?/))
const whole = z.int().check(z.positive())

const per = doc(z.enum(['node', 'gpu']), 'Whether the rate is per node or per GPU; a node has 8 GPUs')

const byLength = z.array(z.strictObject({ prompt_tokens: whole, rate: decimal })).check(z.minLength(1))

const phases = z.strictObject({
  kind: z.literal('phases'),
  per,
  prefill: doc(z.union([decimal, byLength]), 'Uncached input tokens a second of a node, or GPU, of that phase'),
  decode: doc(z.union([decimal, byLength]), 'Output tokens a second of a node, or GPU, of that phase'),
  setting: z.enum(['production', 'lab']),
})

const joint = z.strictObject({
  kind: z.literal('joint'),
  per,
  total: doc(decimal, 'Input and output tokens a second together, at its own mix'),
  input: doc(decimal, 'Input tokens of a request'),
  output: doc(decimal, 'Output tokens of a request'),
})

const outputOnly = z.strictObject({
  kind: z.literal('output_only'),
  per,
  output: decimal,
  under_latency_limit: z.optional(decimal),
})

const onePhase = z.strictObject({
  kind: z.literal('one_phase'),
  per,
  phase: z.enum(['prefill', 'decode']),
  rate: decimal,
})

export const throughputSchema = z.strictObject({
  id: text,
  model: doc(text, 'Id in `models`'),
  of: doc(text, 'Release that was measured'),
  gpu: text,
  hardware: text,
  gpus: z.nullable(whole),
  precision: text,
  engine: text,
  parallelism: text,
  input_tokens: z.nullable(whole),
  output_tokens: z.nullable(whole),
  date: text,
  grade: doc(z.enum(ROW_GRADES), 'A: a primary document or log, B: a vendor or one step away, C: the press'),
  source: text,
  concurrency: z.optional(whole),
  ttft_ms: z.optional(doc(decimal, 'Time to the first token')),
  tpot_ms: z.optional(doc(decimal, 'Time per output token')),
  user_tokens_per_second: z.optional(text),
  caveat: z.optional(text),
  rate: z.nullable(z.union([phases, joint, outputOnly, onePhase])),
  unusable: z.optional(doc(text, 'Why it cannot be used as a capacity')),
})

export const weightsSchema = z.strictObject({
  id: text,
  name: text,
  serves: doc(z.array(text), 'Models of the price books that use these weights'),
  until: z.optional(doc(z.record(text, date), 'Models that the API serves with other weights from an instant on')),
  total_params: z.optional(decimal),
  active_params: z.optional(decimal),
  weights: z.optional(z.strictObject({ precision: text, bytes: decimal })),
  kv_bytes_per_token: z.optional(decimal),
  min_gpus: doc(
    z.record(text, z.nullable(whole)),
    'Fewest GPUs in published deployments, by GPU; null: it does not run there',
  ),
  mla: z.optional(
    doc(
      z.strictObject({ layers: whole, heads: whole, kv_lora: whole, rope: whole, head: whole }),
      'Latent attention, for a roofline; left out where the formula does not cover its attention',
    ),
  ),
  source: text,
})

export const gpuSchema = z.strictObject({
  id: text,
  name: text,
  memory_gb: decimal,
  bandwidth_tb_s: decimal,
  fp8_tflops: decimal,
  bf16_tflops: decimal,
  source: text,
})

export const gpuPriceSchema = z.strictObject({
  gpu: text,
  provider: text,
  kind: z.enum(GPU_TERMS),
  term: z.nullable(text),
  usd_per_gpu_hour: decimal,
  as_of: text,
  source: text,
})

export const gpuRangeSchema = z.strictObject({
  gpu: text,
  low: decimal,
  mid: decimal,
  high: decimal,
  what: text,
  source: text,
})

export const clustersSchema = z.strictObject({
  $schema: z.optional(text),
  schema: z.literal('dsprice/clusters/1'),
  version: date,
  title: text,
  reviewed: date,
  currency: z.literal('USD'),
  models: z.array(weightsSchema),
  gpus: z.array(gpuSchema),
  throughput: z.array(throughputSchema),
  gpu_prices: z.array(gpuPriceSchema),
  gpu_ranges: z.array(gpuRangeSchema),
})
