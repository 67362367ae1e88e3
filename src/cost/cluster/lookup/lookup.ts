import type { Problem } from '../../../errors/index.ts'
import type { Clusters, Gpu, Throughput, Weights } from '../../../model/book/clusters.ts'
import type { SelfHost, ServingRates } from '../../../model/scenario/self-host.ts'

/** What looks something up: what it found, or the fault with the key below `self_host` that it stands at. */
export type Found<T> = { readonly found: T } | { readonly problem: Problem }

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
