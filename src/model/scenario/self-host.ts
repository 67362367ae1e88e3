import * as z from 'zod/mini'
import { decimal } from '../figures.ts'
import { type DeepReadonly, doc, positiveSize } from '../units.ts'
import { asRead, shapeAsRead } from './as-read.ts'
import { selfHostBlock } from './self-host-schema.ts'

/** A cluster ready to be priced: prices and rates looked up, defaults filled in. A result carries it as input. */

const range = z.strictObject({ low: decimal, high: decimal })

const rates = z.union([
  z.strictObject({ kind: z.literal('stated'), tokens_per_day: doc(decimal, 'Of the whole cluster, input and output') }),
  z.strictObject({
    kind: z.literal('phases'),
    prefill: doc(decimal, 'Uncached input tokens per second of a node in that phase'),
    decode: doc(decimal, 'Output tokens per second of a node in that phase'),
    cached_prefill: doc(decimal, 'Cached input tokens per second of a node in the prefill phase'),
  }),
  z.strictObject({
    kind: z.literal('joint'),
    total: doc(decimal, 'Tokens per second of a node, input and output together'),
    input: decimal,
    output: decimal,
  }),
  z.strictObject({ kind: z.literal('roofline'), prefill: decimal, decode: decimal, times: decimal }),
])

/** How fast a cluster serves, in order of trust: measured per phase, measured jointly, stated, a roofline. */
export type ServingRates = DeepReadonly<z.infer<typeof rates>>

const note = z.strictObject({
  code: z.string(),
  what: z.string(),
  fix: z.optional(doc(z.string(), 'A fix to type; then it is a warning')),
})

/** An assumption or a warning about a cluster. */
export type ClusterNote = DeepReadonly<z.infer<typeof note>>

export const measuredRowSchema = z.strictObject({
  id: z.string(),
  what: doc(z.string(), 'Release, GPU, engine and lengths that were measured'),
  tokens_per_second_per_gpu: doc(z.nullable(decimal), 'Input and output together; null: measured per phase'),
  date: z.string(),
  source: z.string(),
  grade: z.string(),
})

/** A measured row of the cluster book, in a few words. */
export type MeasuredRow = DeepReadonly<z.infer<typeof measuredRowSchema>>

/** Looked-up or computed replacements of the file's keys; `null` if the file may leave the key out. */
const becoming = () => ({
  model: {
    model: doc(z.nullable(z.string()), 'Model of the price book whose weights it runs'),
    until: doc(z.nullable(z.string()), 'Moment from which the API serves this model with other weights; null: never'),
  },
  gpu: { gpu: z.nullable(z.string()) },
  nodes: { nodes: doc(z.nullable(asRead(positiveSize)), 'null: sized for the peak') },
  usd_per_hour: { usd_per_hour: z.optional(doc(range, 'USD, if the whole cluster was priced')) },
  usd_per_gpu_hour: {
    usd_per_node_hour: doc(range, 'USD; with `autoscale` the on-demand price'),
    reserved_usd_per_node_hour: doc(
      z.nullable(range),
      'For nodes reserved around the clock while others follow the traffic; null: no separate price',
    ),
    price_from: z.string(),
  },
  term: {},
  owned: {},
  lost: {},
  commitment: {
    useful_share: doc(
      decimal,
      'Useful share of a rented hour, neither lost nor unused: a price above × this is the rent; 1: all of it',
    ),
  },
  capacity: { rates },
  throughput: { row: z.nullable(measuredRowSchema), nearest: z.nullable(measuredRowSchema) },
  utilisation: { utilisation: z.nullable(z.number()) },
})

export const selfHostInputSchema = z.strictObject({
  ...shapeAsRead(selfHostBlock().shape, becoming()),
  min_nodes: doc(
    z.int(),
    'Nodes that hold one copy of the weights, from published deployments; 1: not known to be more',
  ),
  ttft_ms: doc(z.nullable(decimal), 'Time to the first token of the measured row'),
  notes: z.array(note),
})

/** The cluster of a scenario. */
export type SelfHost = DeepReadonly<z.infer<typeof selfHostInputSchema>>
