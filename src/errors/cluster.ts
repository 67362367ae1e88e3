// Clusters of GPUs.
import type { Problem } from './problem.ts'
import { list, quoted } from './words.ts'

export const nodesOrAutoscale = (): Problem => ({
  code: 'NODES_OR_AUTOSCALE',
  exit: 2,
  what: 'nodes fixes the number of nodes, but autoscale lets it follow the traffic',
  fix: 'leave nodes out, or write autoscale: false',
})

export const priceKeyUnused = (key: string, beside: string): Problem => ({
  code: 'PRICE_KEY_UNUSED',
  exit: 2,
  what: `${key} has no effect with ${beside}`,
  fix: `remove ${key}, or give the price of a GPU: usd_per_gpu_hour, or gpu for a price from the cluster book`,
})

export const noCluster = (run: boolean): Problem => ({
  code: 'NO_CLUSTER',
  exit: 2,
  what: 'there is nothing to break even with: the scenario describes no cluster',
  fix: `add self_host: {gpu: h100, nodes: 4, ${run ? 'utilisation: 70%, ' : ''}throughput: {ref: sglang-96xh100, prompt_tokens: 2000}}`,
})

export const needsNodes = (key: string): Problem => ({
  code: 'NEEDS_NODES',
  exit: 2,
  what: `${key} is for the whole cluster, so the number of nodes is needed`,
  fix: 'add nodes: 4',
})

export const closedWeights = (model: string): Problem => ({
  code: 'CLOSED_WEIGHTS',
  exit: 3,
  what: `the weights of ${model} are not open: only its provider can serve it`,
  fix: 'add model: deepseek-v4-pro to self_host, or another model with open weights',
})

export const noServingNode = ({
  spare_nodes,
  unit_nodes,
}: {
  readonly spare_nodes: number
  readonly unit_nodes: number
}): Problem => ({
  code: 'NO_SERVING_NODE',
  exit: 2,
  what: `with spare_nodes: ${spare_nodes} and unit_nodes: ${unit_nodes} no node is left to serve requests`,
  fix: `write nodes: ${spare_nodes + unit_nodes} or more`,
})

export const twoPrices = (keys: readonly string[]): Problem => ({
  code: 'TWO_PRICES',
  exit: 2,
  what: `a cluster has one price, but ${list(keys)} are all given`,
  fix: `keep one of them, such as ${keys[0]}`,
})

export const twoSpeeds = (): Problem => ({
  code: 'TWO_SPEEDS',
  exit: 2,
  what: 'a cluster has either capacity or throughput, but both are given',
  fix: 'keep throughput; the capacity then follows from the mix of the workload',
})

export const needsUtilisation = (): Problem => ({
  code: 'NEEDS_UTILISATION',
  exit: 2,
  what: 'a run has no duration, so its utilisation of the cluster is unknown',
  fix: 'add utilisation: 70%, or set traffic.per',
})

export const unknownGpu = (name: string, near: readonly string[], known: readonly string[]): Problem => ({
  code: 'UNKNOWN_GPU',
  exit: 3,
  what: `the cluster book has no GPU ${quoted(name)}`,
  fix: near.length > 0 ? `did you mean ${list(near)}? See dsprice prices gpus` : `use one of ${list(known)}`,
})

export const noGpuPrice = (): Problem => ({
  code: 'NO_GPU_PRICE',
  exit: 2,
  what: 'the price of a GPU-hour is missing',
  fix: 'add usd_per_gpu_hour: 2.69, usd_per_hour: 40 for the whole cluster, or gpu: h100 for a price from the cluster book',
})

export const noGpuRange = (gpu: string, terms: readonly string[]): Problem => ({
  code: 'NO_GPU_RANGE',
  exit: 3,
  what: `the cluster book has no range of prices for ${gpu}`,
  fix: terms.length > 0 ? `add term: ${terms.join(' or ')}, or usd_per_gpu_hour` : 'add usd_per_gpu_hour: 2.69',
})

export const noGpuTerm = (gpu: string, term: string, terms: readonly string[]): Problem => ({
  code: 'NO_GPU_TERM',
  exit: 3,
  what: `the cluster book has no ${term.replace('_', ' ')} price for ${gpu}`,
  fix:
    terms.length > 0
      ? `write term: ${terms.join(' or ')}, or usd_per_gpu_hour`
      : 'write usd_per_gpu_hour: 2.69 instead',
})

export const unknownThroughput = (ref: string, near: readonly string[], own: string | null): Problem => ({
  code: 'UNKNOWN_THROUGHPUT',
  exit: 3,
  what: `the cluster book has no measured row ${quoted(ref)}`,
  fix:
    near.length > 0
      ? `did you mean ${list(near)}? See dsprice prices throughput`
      : `write ${own === null ? 'your own rates: {prefill: 52300, decode: 22300}' : `{ref: ${own}}`}`,
})

export const unusableThroughput = (ref: string, why: string): Problem => ({
  code: 'UNUSABLE_THROUGHPUT',
  exit: 2,
  what: `${ref} gives no capacity: ${why}`,
  fix: 'choose a row with both phases, or one that measures input and output together',
})

export const throughputNeedsLength = (ref: string, lengths: readonly number[]): Problem => ({
  code: 'THROUGHPUT_NEEDS_LENGTH',
  exit: 2,
  what: `${ref} was measured at prompts of ${lengths.join(', ')} tokens`,
  fix: `choose one: {ref: ${ref}, prompt_tokens: ${lengths[1] ?? lengths[0]}}`,
})

export const oneLength = (ref: string): Problem => ({
  code: 'ONE_LENGTH',
  exit: 2,
  what: `${ref} was measured at one prompt length, so prompt_tokens has no effect`,
  fix: 'remove prompt_tokens',
})

export const addedPhases = (row: {
  readonly id: string
  readonly phases: string
  readonly prompt_tokens?: number | undefined
}): Problem => ({
  code: 'ADDED_PHASES',
  exit: 2,
  what: `this total is ${row.phases} of ${row.id}: a prefill node's rate and a decode node's, and no node does both`,
  fix: `write throughput: {ref: ${row.id}${row.prompt_tokens === undefined ? '' : `, prompt_tokens: ${row.prompt_tokens}`}}`,
})

export const countsHits = (prefill: string, uncached: string): Problem => ({
  code: 'COUNTS_HITS',
  exit: 2,
  what: `${prefill} input tokens a second include DeepSeek's cache hits, 56.25% of them`,
  fix: `write the uncached rate: prefill: ${uncached}`,
})

export const noSpeed = (why: string, own: string | null): Problem => ({
  code: 'NO_SPEED',
  exit: 2,
  what: `the speed of the cluster is missing, and no roofline can give it: ${why}`,
  fix: `add throughput: ${own === null ? '{prefill: 52300, decode: 22300} with rates that you measured' : `{ref: ${own}}`}, or capacity: 100M/day with nodes; dsprice prices throughput lists the rows`,
})

export const doesNotFit = (
  model: string,
  gpu: string,
  { why, fix }: { readonly why: string; readonly fix?: string },
): Problem => ({
  code: 'DOES_NOT_FIT',
  exit: 2,
  what: `${model} does not run on this cluster of ${gpu}: ${why}`,
  fix: `${fix === undefined ? '' : `write ${fix}, or `}name another GPU`,
})

export const tooManyNodes = (limit: number): Problem => ({
  code: 'TOO_MUCH',
  exit: 2,
  what: `this traffic would take more than ${limit} nodes`,
  fix: 'check the rates under self_host and the requests under traffic',
})
