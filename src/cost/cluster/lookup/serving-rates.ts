import { at, problems } from '../../../errors/index.ts'
import type { Clusters, Gpu, Throughput, Weights } from '../../../model/book/clusters.ts'
import { type Exact, exact, toDecimals } from '../../../model/number/money.ts'
import type { SelfHost, ServingRates } from '../../../model/scenario/self-host.ts'
import { parseMix, type WrittenSelfHost } from '../../../model/scenario/self-host-schema.ts'
import { ROOFLINE_BAND, roofline } from '../roofline.ts'
import { enough, together } from './fit-memory.ts'
import type { Found } from './gpu-price.ts'
import { measuredRow } from './measured-row.ts'
import { ownRow } from './nearest-row.ts'
import { addedPhases, countsHits } from './rate-traps.ts'

/** What the workload looks like to a cluster: its model, and how long its calls are. Tokens; `null`: not known. */
export interface Load {
  readonly model: string | null
  /** Whether the price book says that its weights are open; `null`: it does not say, `undefined`: it has no such model. */
  readonly openWeights?: boolean | null | undefined
  /** Whether it is a run, which has no clock. */
  readonly run: boolean
  /** Of a call, or of all of them together where only totals are known. */
  readonly prompt: number | null
  readonly output: number | null
  readonly lengthKnown: boolean
}

/** A GPU that the cluster book has prices or figures of. */
export interface KnownGpu {
  readonly id: string
  readonly data: Gpu | null
}

/** How fast a cluster serves, and the row that it is from. */
export interface Speed {
  readonly rates: ServingRates
  readonly row: Throughput | null
  readonly notes: SelfHost['notes']
}

/** What is known around the rates. */
export interface LookupContext {
  readonly load: Load
  readonly weights: Weights | null
  readonly gpu: KnownGpu | null
  readonly clusters: Clusters
}

/** How fast it serves, by what the scenario says: measured, stated, or a roofline where it says nothing. */
export const speedOf = (written: WrittenSelfHost, around: LookupContext): Found<Speed> => {
  const { capacity, throughput, nodes, gpus_per_node } = written
  if (capacity !== undefined && throughput !== undefined) return { problem: at(['capacity'], problems.twoSpeeds()) }
  if (capacity !== undefined) {
    if (nodes === undefined) return { problem: at(['capacity'], problems.needsNodes('capacity')) }
    return { found: { rates: { kind: 'stated', tokens_per_day: capacity }, row: null, notes: [] } }
  }
  if (throughput === undefined) return byRoofline(written, around)
  const { ref, total, mix: written_mix, per = 'gpu', prefill, decode, cached_prefill = prefill } = throughput
  if (ref !== undefined)
    return measuredRow({ ref, prompt_tokens: throughput.prompt_tokens }, { gpus_per_node, ...around })
  if (total !== undefined) {
    const mix = parseMix(written_mix ?? '')
    if (!mix) throw new Error('the schema takes no mix that cannot be read')
    const added = addedPhases(total, around.clusters)
    if (added) return { problem: at(['throughput', 'total'], problems.addedPhases(added)) }
    const perNode = exact(total)
      .times(per === 'gpu' ? gpus_per_node : 1)
      .toFixed()
    return { found: { rates: { kind: 'joint', total: perNode, ...mix }, row: null, notes: [] } }
  }
  if (prefill === undefined || decode === undefined || cached_prefill === undefined) {
    throw new Error('the schema takes no throughput without its rates')
  }
  const hits = countsHits(prefill)
  if (hits) return { problem: at(['throughput', 'prefill'], problems.countsHits(prefill, hits)) }
  return { found: { rates: { kind: 'phases', prefill, decode, cached_prefill }, row: null, notes: [] } }
}

// Tokens of context where the calls' length is not known: that of DeepSeek's published prefill profile.
const MEAN_CONTEXT = 4096

const byRoofline = (written: WrittenSelfHost, around: LookupContext): Found<Speed> => {
  const { weights, gpu, load } = around
  const { active_params, weights: stored, kv_bytes_per_token, mla } = weights ?? {}
  if (!gpu?.data || !weights || !active_params || !stored || !kv_bytes_per_token || !mla) {
    const why =
      gpu === null
        ? 'no GPU is named'
        : !gpu.data
          ? `the figures of ${gpu.id} are not in the book`
          : 'its formula does not cover this model'
    return { problem: problems.noSpeed(why, ownRow(around)) }
  }
  const { gpus_per_node } = written
  // That no node is left to serve is a fault of its own.
  const gpus = (together(written) || written.unit_nodes) * gpus_per_node
  const context =
    load.lengthKnown && load.prompt ? Math.max(1, Number(toDecimals(exact(load.prompt), 0))) : MEAN_CONTEXT
  const tera = (value: string) => exact(value).times('1e12')
  const found = roofline(
    {
      activeParams: exact(active_params),
      weightBytes: exact(stored.bytes),
      kvBytesPerToken: exact(kv_bytes_per_token),
      mla,
    },
    {
      fp8: tera(gpu.data.fp8_tflops),
      bf16: tera(gpu.data.bf16_tflops),
      bytesPerSecond: tera(gpu.data.bandwidth_tb_s),
      memoryBytes: exact(gpu.data.memory_gb).times('1e9'),
      gpus,
    },
    context,
  )
  if (!found) {
    const why = `beside its weights ${gpus} of them have no room for a request of ${context} tokens`
    return { problem: at(['gpu'], problems.doesNotFit(weights.name, gpu.id, { why, fix: enough(written, gpus + 1) })) }
  }
  const node = (perSecond: Exact): string => toDecimals(perSecond.times(gpus_per_node), 6)
  const what = `no throughput is given: a roofline at a context of ${context} tokens, ${ROOFLINE_BAND} times off either way`
  return {
    found: {
      rates: { kind: 'roofline', prefill: node(found.prefill), decode: node(found.decode), times: ROOFLINE_BAND },
      row: null,
      notes: [{ code: 'ROOFLINE', what }],
    },
  }
}
