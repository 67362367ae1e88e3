import { at, problems } from '../errors.ts'
import type { Throughput } from '../model/clusters.ts'
import { exact } from '../model/money.ts'
import { nearest } from '../model/nearest.ts'
import type { SelfHost } from '../model/self-host.ts'
import type { Found } from './gpu-price.ts'
import type { Around, Speed } from './serving-rates.ts'

/** A row of the cluster book that a scenario names. */
interface Ref {
  readonly ref: string
  readonly prompt_tokens?: number | undefined
}

type Measured = string | readonly { readonly prompt_tokens: number; readonly rate: string }[]

// Every node that was measured as one has 8 GPUs.
const PER_GPU_OF_NODE = '0.125'

/** The rates of a row of the cluster book, for nodes of so many GPUs. */
export const measuredRow = (
  asked: Ref,
  { gpus_per_node, weights, gpu, clusters }: Around & { readonly gpus_per_node: number },
): Found<Speed> => {
  const { ref } = asked
  const path = ['throughput', 'ref']
  const row = clusters.throughput.find(({ id }) => id === ref)
  if (!row) {
    const ids = clusters.throughput.flatMap(({ id, unusable }) => (unusable === undefined ? [id] : []))
    return { problem: at(path, problems.unknownThroughput(ref, nearest(ref, ids))) }
  }
  const { rate } = row
  if (!rate || row.unusable !== undefined) {
    return { problem: at(path, problems.unusableThroughput(ref, row.unusable ?? 'it has no rate')) }
  }
  const notes = otherThan(row, { weights, gpu })
  const node = (perSecond: string): string =>
    exact(perSecond)
      .times(gpus_per_node)
      .times(rate.per === 'gpu' ? 1 : PER_GPU_OF_NODE)
      .toFixed()
  if (rate.kind === 'joint') {
    const { input, output } = rate
    return { found: { rates: { kind: 'joint', total: node(rate.total), input, output }, row, notes } }
  }
  if (rate.kind !== 'phases') return { problem: at(path, problems.unusableThroughput(ref, 'one phase only')) }
  const known = lengthsOf(rate)
  if (known.length > 0 && asked.prompt_tokens === undefined) {
    return { problem: at(path, problems.throughputNeedsLength(ref, known)) }
  }
  const own = [atLength(rate.prefill, asked), atLength(rate.decode, asked)] as const
  const [prefill, decode] = [node(own[0].rate), node(own[1].rate)]
  return {
    found: {
      rates: { kind: 'phases', prefill, decode, cached_prefill: prefill },
      row,
      notes: [...notes, ...own.flatMap(({ note }) => note ?? []), ...(rate.setting === 'lab' ? [labRate(ref)] : [])],
    },
  }
}

const lengthsOf = ({ prefill, decode }: { readonly prefill: Measured; readonly decode: Measured }): number[] =>
  [
    ...new Set([prefill, decode].flatMap(one => (typeof one === 'string' ? [] : one.map(row => row.prompt_tokens)))),
  ].sort((a, b) => a - b)

type Note = SelfHost['notes'][number]

/** Of several prompt lengths the longest that is not longer than asked for; the shortest where all are. */
const atLength = (measured: Measured, { ref, prompt_tokens = 0 }: Ref): { rate: string; note?: Note } => {
  if (typeof measured === 'string') return { rate: measured }
  const sorted = measured.toSorted((a, b) => a.prompt_tokens - b.prompt_tokens)
  const taken = sorted.findLast(one => one.prompt_tokens <= prompt_tokens) ?? sorted[0]
  if (!taken) throw new Error('a measured list has a row')
  if (taken.prompt_tokens === prompt_tokens) return { rate: taken.rate }
  const what = `${ref} was measured at ${taken.prompt_tokens} prompt tokens, not ${prompt_tokens}`
  return { rate: taken.rate, note: { code: 'OTHER_LENGTH', what } }
}

const labRate = (ref: string): Note => ({
  code: 'LAB_RATE',
  what: `${ref} is a laboratory's: DeepSeek's own production ran at 0.51 of its prefill profile and 0.80 of its decode profile`,
})

/** Where a row was measured on something else than the scenario has. */
const otherThan = (row: Throughput, { weights, gpu }: Pick<Around, 'weights' | 'gpu'>): SelfHost['notes'] => [
  ...(weights && weights.id !== row.model
    ? [{ code: 'OTHER_MODEL', what: `${row.id} was measured with ${row.of}, not with ${weights.name}` }]
    : []),
  ...(gpu && gpu.id !== row.gpu
    ? [{ code: 'OTHER_GPU', what: `${row.id} was measured on ${row.hardware}, not on ${gpu.id.toUpperCase()}` }]
    : []),
]
