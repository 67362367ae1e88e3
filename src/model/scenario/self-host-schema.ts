import * as z from 'zod/mini'
import { exact } from '../number/money.ts'
import { perSecond, rate } from '../rates.ts'
import {
  type DeepReadonly,
  doc,
  factor,
  fault,
  MOST_CHARACTERS,
  partialShare,
  positiveShare,
  positiveSize,
  printable,
  share,
  size,
  usd,
} from '../units.ts'

/** What a scenario says of its own cluster. Its schema, defaults and types; no logic. */

const RANGE = 'write an amount such as 40, or a range {low: 40, high: 80}'

/** An amount of USD, or what it may be at the least and at the most. */
const usdRange = () =>
  z.union(
    [
      usd,
      z
        .strictObject({ low: doc(usd, 'USD at the least', 40), high: doc(usd, 'USD at the most', 80) })
        .check(z.refine(({ low, high }) => exact(low).lte(exact(high)), fault('low must not be above high', RANGE))),
    ],
    fault('must be an amount of USD, or a range of two', RANGE),
  )

const owned = () =>
  z.strictObject({
    capex_usd: doc(usd, 'USD per GPU, its share of node and network included', 30000),
    life_years: doc(factor, 'Years until it is written off', 5),
    residual: doc(z._default(share, 0), 'Share of the price that it sells for at the end', '10%'),
    finance: doc(z._default(share, 0), 'Cost of capital a year, on the mean value over its life', '8%'),
    kw: doc(factor, 'Power drawn per GPU, kW: 1.275 of a node that draws 10.2 with 8 GPUs', 1.275),
    pue: doc(
      z._default(factor, '1.3'),
      'Power of the whole site over that of the machines; 1.3 is our assumption',
      1.2,
    ),
    usd_per_kwh: doc(usd, 'USD per kWh', 0.08),
    usd_per_kw_month: doc(z._default(usd, '0'), 'Colocation, USD per kW and month', 150),
    maintenance: doc(z._default(share, 0), 'Share of the price a year', '5%'),
    availability: doc(z._default(positiveShare, 1), 'Share of the hours in which it can be used', '98%'),
  })

const commitment = () =>
  z.strictObject({
    months: doc(positiveSize, 'Months that are paid, used or not', 12),
    used_months: doc(positiveSize, 'Months that it is used', 7),
  })

const MIX = 'write the mix that it was measured at, such as mix: "8:1"'

/** Input tokens to output tokens, both above 0: `8:1`. */
export const parseMix = (text: string): { input: string; output: string } | undefined => {
  if (text.length > MOST_CHARACTERS) return undefined
  const [, input, output] = /^\s*(\d+(?:\.\d+)?)\s*:\s*(\d+(?:\.\d+)?)\s*$/.exec(text) ?? []
  return input && output && Number(input) > 0 && Number(output) > 0 ? { input, output } : undefined
}

const MEASURED = fault(
  'must be rates per phase, one rate of both, or a row of the cluster book',
  'write {prefill: 52300, decode: 22300}, {total: 850, per: gpu, mix: "8:1"} or {ref: sglang-96xh100}',
)

/** Which of the three forms a throughput has, by the keys that are there; `null` where they do not go together. */
const formOf = (given: object): 'phases' | 'joint' | 'ref' | null => {
  const has = (...keys: readonly string[]): boolean => keys.every(key => key in given)
  const only = (...keys: readonly string[]): boolean => Object.keys(given).every(key => keys.includes(key))
  if (has('ref') && only('ref', 'prompt_tokens')) return 'ref'
  if (has('total', 'mix') && only('total', 'per', 'mix')) return 'joint'
  return has('prefill', 'decode') && only('prefill', 'decode', 'cached_prefill') ? 'phases' : null
}

const throughput = () =>
  z
    .strictObject({
      prefill: z.optional(doc(perSecond, 'Uncached input tokens a second that a node of this phase takes in', '52.3K')),
      decode: z.optional(doc(perSecond, 'Output tokens a second that a node of this phase writes', '22.3K')),
      cached_prefill: z.optional(doc(perSecond, 'Cached input tokens a second of a node; default: as prefill', '350K')),
      total: z.optional(doc(perSecond, 'Input and output tokens a second together, at its own mix', 850)),
      per: z.optional(doc(z.enum(['gpu', 'node']), 'What makes that rate; default gpu')),
      mix: z.optional(
        doc(
          z.string().check(z.refine(text => parseMix(text) !== undefined, fault('must be input:output', MIX))),
          'Input tokens to output tokens that it was measured at',
          '8:1',
        ),
      ),
      ref: z.optional(
        doc(printable('a row of the cluster book'), 'A measured row of the cluster book', 'sglang-96xh100'),
      ),
      prompt_tokens: z.optional(doc(positiveSize, 'Prompt length, where the row has several', 2000)),
    })
    .check(
      z.refine(given => formOf(given) !== null, MEASURED),
      z.refine(
        ({ prefill = '0', cached_prefill = prefill }) => exact(cached_prefill).gte(exact(prefill)),
        fault(
          'must not have a cached_prefill below its prefill',
          'write the larger rate as cached_prefill, or leave it out',
        ),
      ),
    )

export const TERMS = ['on_demand', 'reserved', 'spot'] as const

/** Nodes, spare nodes, nodes of a unit, GPUs of a node: more than any cluster has. */
export const MOST_STATED = 1_000_000

const machines = () => positiveSize.check(z.maximum(MOST_STATED))

export const selfHostBlock = () =>
  z.strictObject({
    model: z.optional(
      doc(printable('a model id'), "Model that it runs; default: the scenario's own", 'deepseek-v4-pro'),
    ),
    gpu: z.optional(
      doc(printable('a GPU'), 'GPU of the cluster book, such as h100: its memory, and its price by the hour', 'h100'),
    ),
    nodes: z.optional(doc(machines(), "Nodes; left out: sized to the traffic's peak, in steps of unit_nodes", 2)),
    gpus_per_node: doc(z._default(machines(), 8), 'GPUs of a node', 8),
    usd_per_hour: z.optional(doc(usdRange(), 'USD per hour of the whole cluster', { low: 40, high: 80 })),
    usd_per_gpu_hour: z.optional(doc(usdRange(), 'USD per GPU-hour', 2.69)),
    term: z.optional(doc(z.enum(TERMS), 'How the GPU is rented, for its price in the table; default: the whole range')),
    lost: z.optional(doc(partialShare, 'Share of the work that is lost with hours that are taken away', '20%')),
    commitment: z.optional(doc(commitment(), 'A price that is paid for months in which it may not be used')),
    owned: z.optional(doc(owned(), 'GPUs that you own, instead of a price')),
    capacity: z.optional(
      doc(rate, 'Stated: tokens at full utilisation, input and output, such as 100M/day', '100M/day'),
    ),
    throughput: z.optional(doc(throughput(), 'Measured: per phase, jointly, or a row of the cluster book')),
    utilisation: z.optional(
      doc(positiveShare, 'Sustained mean; required for a run; default: what the traffic makes it', '60%'),
    ),
    max_utilisation: doc(z._default(positiveShare, 0.8), 'How far a node may be used in the busiest hour', '70%'),
    spare_nodes: doc(z._default(size.check(z.maximum(MOST_STATED)), 0), 'Nodes that stand by', 1),
    unit_nodes: doc(z._default(machines(), 1), 'Smallest deployable step, in nodes', 12),
    autoscale: doc(z._default(z.boolean(), false), 'Nodes follow the traffic hour by hour'),
    fixed_usd_per_month: doc(z._default(usd, '0'), 'Engineers, storage: USD per month', 15000),
    variable_usd_per_1m: doc(z._default(usd, '0'), 'Egress: USD per 1M tokens served', 0.05),
  })

export const selfHostSchema = z.lazy(selfHostBlock)

/** The cluster as a scenario file has it, defaults filled in. */
export type WrittenSelfHost = DeepReadonly<z.infer<typeof selfHostSchema>>
