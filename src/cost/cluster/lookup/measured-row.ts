import { at, problems } from '../../../errors/index.ts'
import type { Throughput } from '../../../model/book/clusters.ts'
import { nearest } from '../../../model/nearest.ts'
import { exact, toDecimals } from '../../../model/number/money.ts'
import type { ClusterNote } from '../../../model/scenario/self-host.ts'
import type { Found, LookupContext, Speed } from './lookup.ts'
import { ownRow } from './nearest-row.ts'

/** A row of the cluster book that a scenario names. */
interface Ref {
  readonly ref: string
  readonly prompt_tokens?: number | undefined
}

type Measured = string | readonly { readonly prompt_tokens: number; readonly rate: string }[]

// Every node measured as a whole has 8 GPUs.
const PER_GPU_OF_NODE = '0.125'

/** The rates of a row of the cluster book, for nodes with this many GPUs. */
export const measuredRow = (asked: Ref, around: LookupContext & { readonly gpus_per_node: number }): Found<Speed> => {
  const { gpus_per_node, clusters } = around
  const { ref } = asked
  const path = ['throughput', 'ref']
  const row = clusters.throughput.find(({ id }) => id === ref)
  if (!row) {
    const ids = clusters.throughput.flatMap(({ id, unusable }) => (unusable === undefined ? [id] : []))
    return { problem: at(path, problems.unknownThroughput(ref, nearest(ref, ids), ownRow(around))) }
  }
  const { rate } = row
  if (!rate || row.unusable !== undefined) {
    return { problem: at(path, problems.unusableThroughput(ref, row.unusable ?? 'it has no rate')) }
  }
  const notes = otherThan(row, around)
  const node = (perSecond: string): string =>
    exact(perSecond)
      .times(gpus_per_node)
      .times(rate.per === 'gpu' ? 1 : PER_GPU_OF_NODE)
      .toFixed()
  const known = rate.kind === 'phases' ? measuredLengths(rate) : []
  if (known.length === 0 && asked.prompt_tokens !== undefined) {
    return { problem: at(['throughput', 'prompt_tokens'], problems.oneLength(ref)) }
  }
  if (rate.kind === 'joint') {
    const { input, output } = rate
    const long = longer(row, row.input_tokens, around)
    return {
      found: { rates: { kind: 'joint', total: node(rate.total), input, output }, row, notes: [...notes, ...long] },
    }
  }
  if (rate.kind !== 'phases') return { problem: at(path, problems.unusableThroughput(ref, 'it has one phase only')) }
  if (known.length > 0 && asked.prompt_tokens === undefined) {
    return { problem: at(path, problems.throughputNeedsLength(ref, known)) }
  }
  const own = [atLength(rate.prefill, asked), atLength(rate.decode, asked)] as const
  const [prefill, decode] = [node(own[0].rate), node(own[1].rate)]
  const taken = own[0].prompt_tokens ?? row.input_tokens
  return {
    found: {
      rates: { kind: 'phases', prefill, decode, cached_prefill: prefill },
      row,
      notes: [
        ...notes,
        ...own.flatMap(one => otherLength(asked, one)),
        ...longer(row, taken, around),
        ...(rate.setting === 'lab' ? [labRate(ref)] : []),
      ],
    },
  }
}

const measuredLengths = ({ prefill, decode }: { readonly prefill: Measured; readonly decode: Measured }): number[] =>
  [
    ...new Set([prefill, decode].flatMap(one => (typeof one === 'string' ? [] : one.map(row => row.prompt_tokens)))),
  ].sort((a, b) => a - b)

/** A rate, and the prompt length at which it was measured, if the row has several. */
interface AtLength {
  readonly rate: string
  readonly prompt_tokens?: number
}

/** Picks the rate by prompt length: the shortest length that is at least the one asked for, else the longest. */
const atLength = (measured: Measured, { prompt_tokens = 0 }: Ref): AtLength => {
  if (typeof measured === 'string') return { rate: measured }
  const sorted = measured.toSorted((a, b) => a.prompt_tokens - b.prompt_tokens)
  const taken = sorted.find(one => one.prompt_tokens >= prompt_tokens) ?? sorted.at(-1)
  if (!taken) throw new Error('a measured list has a row')
  return taken
}

const otherLength = (
  { ref, prompt_tokens: asked = 0 }: Ref,
  { prompt_tokens: taken = asked }: AtLength,
): ClusterNote[] => {
  if (taken === asked) return []
  const what = `${ref} was measured at ${taken} prompt tokens, not ${asked}`
  return [{ code: 'OTHER_LENGTH', what, ...(taken < asked ? { fix: SLOWER } : {}) }]
}

const SLOWER =
  'write the rates that you measured, such as throughput: {prefill: 52300, decode: 22300}; longer prompts are slower'

/** A note if the workload's prompts exceed the measured ones by more than a fifth. */
const longer = ({ id }: Throughput, measured: number | null, { load }: LookupContext): ClusterNote[] => {
  const { prompt, lengthKnown } = load
  if (!lengthKnown || prompt === null || measured === null || prompt <= measured * 1.2) return []
  const what = `${id} was measured at ${measured} prompt tokens, but this workload's calls have ${toDecimals(exact(prompt), 0)}`
  return [{ code: 'LONGER_PROMPTS', what, fix: SLOWER }]
}

const labRate = (ref: string): ClusterNote => ({
  code: 'LAB_RATE',
  what: `${ref} is a laboratory rate, used unchanged: DeepSeek's own production ran at 0.51 of its prefill profile and 0.80 of its decode profile`,
})

/** Notes where a row was measured on a different model or GPU than the scenario's. */
const otherThan = (row: Throughput, around: LookupContext): ClusterNote[] => {
  const { weights, gpu } = around
  const own = ownRow(around)
  const fix = own === null ? NOT_MEASURED : `write throughput: {ref: ${own}}, or ${NOT_MEASURED.replace('write ', '')}`
  const notes: ClusterNote[] = []
  if (weights && weights.id !== row.model) {
    notes.push({ code: 'OTHER_MODEL', what: `${row.id} was measured with ${row.of}, not with ${weights.name}`, fix })
  }
  if (gpu && gpu.id !== row.gpu) {
    const what = `${row.id} was measured on ${row.hardware}, not on ${gpu.id.toUpperCase()}`
    notes.push({ code: 'OTHER_GPU', what, fix })
  }
  return notes
}

const NOT_MEASURED = 'write rates that you measured, such as throughput: {prefill: 52300, decode: 22300}'
