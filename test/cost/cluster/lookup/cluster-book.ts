import type { KnownGpu, LookupContext } from '../../../../src/cost/cluster/lookup/lookup.ts'
import type { Clusters, Gpu, Throughput, Weights } from '../../../../src/model/book/clusters.ts'
import type { WrittenSelfHost } from '../../../../src/model/scenario/self-host-schema.ts'

/** The smallest cluster books that look something up: each test says only what it is about. */

/** DeepSeek V3 as published: 37B parameters at work on a token, 688.6 GB, latent attention. */
export const weightsWith = (weights: Partial<Weights> = {}): Weights => ({
  id: 'v3',
  name: 'V3',
  serves: ['demo'],
  active_params: '37000000000',
  weights: { precision: 'fp8', bytes: '688586727753' },
  kv_bytes_per_token: '70272',
  min_gpus: {},
  mla: { layers: 61, heads: 128, kv_lora: 512, rope: 64, head: 128 },
  source: 'made-up',
  ...weights,
})

/** An H800, which has the peaks and the memory of an H100. */
export const gpuWith = (gpu: Partial<Gpu> = {}): Gpu => ({
  id: 'h800',
  name: 'H800',
  memory_gb: '80',
  bandwidth_tb_s: '3.35',
  fp8_tflops: '1979',
  bf16_tflops: '989',
  source: 'made-up',
  ...gpu,
})

/** 1,000 tokens a second and GPU, 8 of input to one of output. */
export const measuredWith = (row: Partial<Throughput> = {}): Throughput => ({
  id: 'row',
  model: 'v3',
  of: 'V3',
  gpu: 'h800',
  hardware: '8 H800',
  gpus: 8,
  precision: 'fp8',
  engine: 'engine 1.0',
  parallelism: 'TP8',
  input_tokens: 8000,
  output_tokens: 1000,
  date: '2026-01-01',
  grade: 'A',
  source: 'made-up',
  rate: { kind: 'joint', per: 'gpu', total: '1000', input: '8', output: '1' },
  ...row,
})

export const clustersWith = (clusters: Partial<Clusters> = {}): Clusters => ({
  schema: 'dsprice/clusters/1',
  version: '2026-01-01',
  title: 'Made up for the tests',
  reviewed: '2026-01-01',
  currency: 'USD',
  models: [],
  gpus: [],
  throughput: [],
  gpu_prices: [],
  gpu_ranges: [],
  ...clusters,
})

export const knownGpu: KnownGpu = { id: 'h800', data: gpuWith() }

interface Around extends Partial<Omit<LookupContext, 'load' | 'clusters'>> {
  readonly load?: Partial<LookupContext['load']>
  readonly rows?: readonly Throughput[]
}

/** Calls of 8,000 tokens in and 1,000 out for V3 on H800, beside these measured rows. */
export const aroundWith = ({ load, rows = [], ...rest }: Around = {}): LookupContext => ({
  load: { model: 'demo', run: false, prompt: 8000, output: 1000, lengthKnown: true, ...load },
  weights: weightsWith(),
  gpu: knownGpu,
  clusters: clustersWith({ throughput: rows }),
  ...rest,
})

/** A cluster as a file leaves it, of nodes with 8 GPUs. */
export const writtenWith = (written: Partial<WrittenSelfHost> = {}): WrittenSelfHost => ({
  gpus_per_node: 8,
  max_utilisation: 0.8,
  spare_nodes: 0,
  unit_nodes: 1,
  autoscale: false,
  fixed_usd_per_month: '0',
  variable_usd_per_1m: '0',
  ...written,
})

/** What was found, or the fault. */
export const foundOf = <T>(result: { readonly found: T } | { readonly problem: object }): T => {
  if ('problem' in result) throw new Error(JSON.stringify(result.problem))
  return result.found
}

/** The fault as `CODE path: fix`. */
export const faultOf = (
  result:
    | { readonly found: unknown }
    | { readonly problem: { readonly code: string; readonly path?: readonly unknown[]; readonly fix: string } },
): string =>
  'problem' in result
    ? `${result.problem.code} ${result.problem.path?.join('.') ?? ''}: ${result.problem.fix}`
    : 'no fault'
