import type * as z from 'zod/mini'
import type { DeepReadonly } from '../units.ts'
import type * as schema from './clusters-schema.ts'

/** Types of a cluster book, inferred from its schema. */

/** One measured serving rate. */
export type Throughput = DeepReadonly<z.infer<typeof schema.throughputSchema>>

/** Open weights: their memory, and the price-book models that use them. */
export type Weights = DeepReadonly<z.infer<typeof schema.weightsSchema>>

export type Gpu = DeepReadonly<z.infer<typeof schema.gpuSchema>>

/** USD per GPU-hour of one provider and term. */
export type GpuPrice = DeepReadonly<z.infer<typeof schema.gpuPriceSchema>>

/** One versioned book of measured throughput, GPU-hour prices and memory. */
export type Clusters = DeepReadonly<z.infer<typeof schema.clustersSchema>>
