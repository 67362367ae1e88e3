import { at, problems } from '../../../errors/index.ts'
import type { Gpu, Weights } from '../../../model/book/clusters.ts'
import { type Exact, exact, toDecimals } from '../../../model/number/money.ts'
import type { WrittenSelfHost } from '../../../model/scenario/self-host-schema.ts'
import { ROOFLINE_BAND, roofline } from '../roofline.ts'
import { enough, together } from './fit-memory.ts'
import type { Found, KnownGpu, Load, LookupContext, Speed } from './lookup.ts'
import { ownRow } from './nearest-row.ts'

// Context in tokens if the length of the calls is unknown: that of DeepSeek's published prefill profile.
const MEAN_CONTEXT = 4096

/** Serving rate from the figures of the GPU and the model. */
export const rateByRoofline = (written: WrittenSelfHost, around: LookupContext): Found<Speed> => {
  const { weights, gpu } = around
  const model = weights && modelFigures(weights)
  if (!gpu?.data || !weights || !model) return { problem: problems.noSpeed(whyNoRoofline(gpu), ownRow(around)) }
  const { gpus_per_node } = written
  // A cluster without a serving node is reported elsewhere.
  const gpus = (together(written) || written.unit_nodes) * gpus_per_node
  const context = contextOf(around.load)
  const found = roofline(model, { ...gpuFigures(gpu.data), gpus }, context)
  if (!found) {
    const why = `with its weights loaded, ${gpus} of them have no room for a request of ${context} tokens`
    return { problem: at(['gpu'], problems.doesNotFit(weights.name, gpu.id, { why, fix: enough(written, gpus + 1) })) }
  }
  const node = (perSecond: Exact): string => toDecimals(perSecond.times(gpus_per_node), 6)
  const what = `no throughput is given, so a roofline at a context of ${context} tokens is used; it may be off by ${ROOFLINE_BAND} times either way`
  return {
    found: {
      rates: { kind: 'roofline', prefill: node(found.prefill), decode: node(found.decode), times: ROOFLINE_BAND },
      row: null,
      notes: [{ code: 'ROOFLINE', what }],
    },
  }
}

const whyNoRoofline = (gpu: KnownGpu | null): string => {
  if (gpu === null) return 'no GPU is named'
  return gpu.data ? 'its formula does not cover this model' : `the figures of ${gpu.id} are not in the book`
}

/** Tokens of one call, rounded to a whole number. */
const contextOf = ({ prompt, lengthKnown }: Load): number =>
  lengthKnown && prompt ? Math.max(1, Number(toDecimals(exact(prompt), 0))) : MEAN_CONTEXT

const modelFigures = ({ active_params, weights, kv_bytes_per_token, mla }: Weights) =>
  active_params && weights && kv_bytes_per_token && mla
    ? {
        activeParams: exact(active_params),
        weightBytes: exact(weights.bytes),
        kvBytesPerToken: exact(kv_bytes_per_token),
        mla,
      }
    : null

const gpuFigures = ({ fp8_tflops, bf16_tflops, bandwidth_tb_s, memory_gb }: Gpu) => {
  const tera = (value: string): Exact => exact(value).times('1e12')
  return {
    fp8: tera(fp8_tflops),
    bf16: tera(bf16_tflops),
    bytesPerSecond: tera(bandwidth_tb_s),
    memoryBytes: exact(memory_gb).times('1e9'),
  }
}
