import { type Exact, exact, ONE, quotient } from '../../model/number/money.ts'

/** Model figures for a roofline: active parameters, bytes, and the shape of latent attention. */
export interface RooflineModel {
  readonly activeParams: Exact
  readonly weightBytes: Exact
  readonly kvBytesPerToken: Exact
  readonly mla: {
    readonly layers: number
    readonly heads: number
    readonly kv_lora: number
    readonly rope: number
    readonly head: number
  }
}

/** GPU figures for a roofline: dense peaks in FLOP/s, bytes, bytes/s. */
export interface RooflineGpu {
  readonly fp8: Exact
  readonly bf16: Exact
  readonly bytesPerSecond: Exact
  readonly memoryBytes: Exact
  /** GPUs that hold one copy of the weights. */
  readonly gpus: number
}

// Shares of the peak and of the bandwidth that real kernels reach: InferSim's H800 tables.
const OF_PEAK = exact('0.35')
const OF_BANDWIDTH = exact('0.8')
const OF_MEMORY = exact('0.9')

/** Error factor of a roofline either way: it put decode at 1.54 times DeepSeek's production, prefill at 2.04 times. */
export const ROOFLINE_BAND = '2'

/**
 * Tokens per second of one GPU without measurements. Prefill: 35% of the FP8 peak over 2·active parameters plus the
 * attention to half the prompt. Decode: as many requests as fit in memory, in the time to move the weights and the
 * cache or to compute, whichever is longer.
 *
 * @param context - tokens that a request attends to
 * @returns `null` if the weights leave no room for one request
 * @see latent attention: 2·heads·(2·kv_lora + rope) FLOP per layer and token of context when decoding, absorbed
 */
export const roofline = (
  { activeParams, weightBytes, kvBytesPerToken, mla }: RooflineModel,
  gpu: RooflineGpu,
  context: number,
): { readonly prefill: Exact; readonly decode: Exact } | null => {
  const { layers, heads, kv_lora, rope, head } = mla
  const forParameters = activeParams.times(2)
  const [fp8, bf16] = [gpu.fp8.times(OF_PEAK), gpu.bf16.times(OF_PEAK)]
  // Not absorbed: queries and keys of head + rope, values of head, over half the prompt on average.
  const reading = exact(layers * 2 * heads * (2 * head + rope))
    .times(context)
    .times('0.5')
  const prefill = quotient(fp8, forParameters.plus(reading))
  const own = quotient(weightBytes, exact(gpu.gpus))
  const perRequest = kvBytesPerToken.times(context)
  const batch = gpu.memoryBytes.times(OF_MEMORY).minus(own).dividedToIntegerBy(perRequest)
  if (batch.lt(ONE)) return null
  const attending = exact(layers * 2 * heads * (2 * kv_lora + rope)).times(context)
  const moving = quotient(own.plus(batch.times(perRequest)), gpu.bytesPerSecond.times(OF_BANDWIDTH))
  const working = quotient(batch.times(forParameters), fp8).plus(quotient(batch.times(attending), bf16))
  return { prefill, decode: quotient(batch, moving.gt(working) ? moving : working) }
}
