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
import { MOST_STATED } from './limits.ts'

/** A scenario's own cluster as written in a file: schema, defaults and types; no logic. */

const RANGE = 'write an amount such as 40, or a range {low: 40, high: 80}'

/** An amount of USD, or a range of two. */
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
    residual: doc(z._default(share, 0), 'Resale value at the end, as a share of the price', '10%'),
    finance: doc(z._default(share, 0), 'Cost of capital per year, on the mean value over its life', '8%'),
    kw: doc(factor, 'Power drawn per GPU, kW: 1.275 of a node that draws 10.2 with 8 GPUs', 1.275),
    pue: doc(
      z._default(factor, '1.3'),
      'Power of the whole site over that of the machines; 1.3 is our assumption',
      1.2,
    ),
    usd_per_kwh: doc(usd, 'USD per kWh', 0.08),
    usd_per_kw_month: doc(z._default(usd, '0'), 'Colocation, USD per kW per month', 150),
    maintenance: doc(z._default(share, 0), 'Share of the price per year', '5%'),
    availability: doc(z._default(positiveShare, 1), 'Share of the hours in which it is available', '98%'),
  })

const commitment = () =>
  z.strictObject({
    months: doc(positiveSize, 'Months paid for, used or not', 12),
    used_months: doc(positiveSize, 'Months used', 7),
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

/** The form of a throughput, by the keys given; `null` if they do not go together. */
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
      prefill: z.optional(doc(perSecond, 'Uncached input tokens per second of a node in this phase', '52.3K')),
      decode: z.optional(doc(perSecond, 'Output tokens per second of a node in this phase', '22.3K')),
      cached_prefill: z.optional(
        doc(perSecond, 'Cached input tokens per second of a node; default: as prefill', '350K'),
      ),
      total: z.optional(doc(perSecond, 'Input and output tokens per second together, at its own mix', 850)),
      per: z.optional(doc(z.enum(['gpu', 'node']), 'Whether the rate is per GPU or per node; default gpu')),
      mix: z.optional(
        doc(
          z.string().check(z.refine(text => parseMix(text) !== undefined, fault('must be input:output', MIX))),
          'Ratio of input to output tokens at which it was measured',
          '8:1',
        ),
      ),
      ref: z.optional(
        doc(printable('a row of the cluster book'), 'A measured row of the cluster book', 'sglang-96xh100'),
      ),
      prompt_tokens: z.optional(doc(positiveSize, 'Prompt length, if the row has several', 2000)),
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

const machines = () => positiveSize.check(z.maximum(MOST_STATED))

export const selfHostBlock = () =>
  z.strictObject({
    model: z.optional(
      doc(printable('a model id'), "Model that it runs; default: the scenario's own", 'deepseek-v4-pro'),
    ),
    gpu: z.optional(
      doc(printable('a GPU'), 'GPU of the cluster book, such as h100, for its memory and hourly price', 'h100'),
    ),
    nodes: z.optional(doc(machines(), "Nodes; left out: sized for the traffic's peak, in steps of unit_nodes", 2)),
    gpus_per_node: doc(z._default(machines(), 8), 'GPUs per node', 8),
    usd_per_hour: z.optional(doc(usdRange(), 'USD per hour of the whole cluster', { low: 40, high: 80 })),
    usd_per_gpu_hour: z.optional(doc(usdRange(), 'USD per GPU-hour', 2.69)),
    term: z.optional(
      doc(z.enum(TERMS), 'Rental term of the GPU, for its price in the cluster book; default: the whole range'),
    ),
    lost: z.optional(doc(partialShare, 'Share of the work that is lost to preemption', '20%')),
    commitment: z.optional(doc(commitment(), 'A commitment: months paid for even if unused')),
    owned: z.optional(doc(owned(), 'GPUs that you own, instead of a price')),
    capacity: z.optional(
      doc(rate, 'Stated capacity: input and output tokens at full utilisation, such as 100M/day', '100M/day'),
    ),
    throughput: z.optional(doc(throughput(), 'Measured: per phase, jointly, or a row of the cluster book')),
    utilisation: z.optional(doc(positiveShare, 'Sustained mean; required for a run; default: from the traffic', '60%')),
    max_utilisation: doc(z._default(positiveShare, 0.8), 'Highest utilisation of a node in the busiest hour', '70%'),
    spare_nodes: doc(z._default(size.check(z.maximum(MOST_STATED)), 0), 'Spare nodes', 1),
    unit_nodes: doc(z._default(machines(), 1), 'Smallest deployable step, in nodes', 12),
    autoscale: doc(z._default(z.boolean(), false), 'Nodes follow the traffic hour by hour'),
    fixed_usd_per_month: doc(z._default(usd, '0'), 'Engineers, storage: USD per month', 15000),
    variable_usd_per_1m: doc(z._default(usd, '0'), 'Egress: USD per 1M tokens served', 0.05),
  })

export const selfHostSchema = z.lazy(selfHostBlock)

/** The cluster as written in a scenario file, defaults filled in. */
export type WrittenSelfHost = DeepReadonly<z.infer<typeof selfHostSchema>>
