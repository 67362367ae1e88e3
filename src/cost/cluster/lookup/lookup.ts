import type { Problem } from '../../../errors/index.ts'
import type { Clusters, Gpu, Throughput, Weights } from '../../../model/book/clusters.ts'
import type { SelfHost, ServingRates } from '../../../model/scenario/self-host.ts'

/** Result of a look-up: the value, or the problem with its key below `self_host`. */
export type Found<T> = { readonly found: T } | { readonly problem: Problem }

/** The workload as a cluster sees it: its model, and the length of its calls. Tokens; `null`: unknown. */
export interface Load {
  readonly model: string | null
  /** Whether the price book lists its weights as open; `null`: it does not say, `undefined`: it has no such model. */
  readonly openWeights?: boolean | null | undefined
  /** Whether it is a run, which has no clock. */
  readonly run: boolean
  /** Tokens of one call, or of all calls together where only totals are known. */
  readonly prompt: number | null
  readonly output: number | null
  readonly lengthKnown: boolean
}

/** A GPU with prices or figures in the cluster book. */
export interface KnownGpu {
  readonly id: string
  readonly data: Gpu | null
}

/** Serving rates of a cluster, and the row they come from. */
export interface Speed {
  readonly rates: ServingRates
  readonly row: Throughput | null
  readonly notes: SelfHost['notes']
}

/** Context of a look-up of rates. */
export interface LookupContext {
  readonly load: Load
  readonly weights: Weights | null
  readonly gpu: KnownGpu | null
  readonly clusters: Clusters
}
