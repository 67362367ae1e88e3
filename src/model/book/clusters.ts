import type * as z from 'zod/mini'
import type { DeepReadonly } from '../units.ts'
import type * as schema from './clusters-schema.ts'

/** What a cluster book says: the types inferred from its schema. */

/** One measured serving rate. */
export type Throughput = DeepReadonly<z.infer<typeof schema.throughputSchema>>

/** Open weights: what they take in memory, and which models of the price books they are. */
export type Weights = DeepReadonly<z.infer<typeof schema.weightsSchema>>

export type Gpu = DeepReadonly<z.infer<typeof schema.gpuSchema>>

/** USD per GPU-hour of one provider and term. */
export type GpuPrice = DeepReadonly<z.infer<typeof schema.gpuPriceSchema>>

/** One versioned book of measured throughput, GPU-hour prices and memory. */
export type Clusters = DeepReadonly<z.infer<typeof schema.clustersSchema>>
