import { type Problem, problems } from '../../../errors/index.ts'
import type { Gpu, Weights } from '../../../model/book/clusters.ts'
import { entryOf } from '../../../model/entry-of.ts'
import { wholeFrom } from '../../../model/number/fraction.ts'
import { exact, toDecimals } from '../../../model/number/money.ts'
import type { SelfHost } from '../../../model/scenario/self-host.ts'
import type { WrittenSelfHost } from '../../../model/scenario/self-host-schema.ts'
import { servingOf } from '../size-fleet.ts'

type Nodes = Pick<WrittenSelfHost, 'nodes' | 'unit_nodes' | 'spare_nodes' | 'gpus_per_node'>

/** Nodes that serve together: all of them, or the smallest unit where they follow the traffic. */
export const together = ({ nodes, unit_nodes, spare_nodes }: Nodes): number =>
  nodes === undefined ? unit_nodes : servingOf(nodes, { unitNodes: unit_nodes, spareNodes: spare_nodes })

/** The fix to type for enough GPUs to serve together. */
export const enough = ({ nodes, unit_nodes, spare_nodes, gpus_per_node }: Nodes, gpus: number): string => {
  const need = Math.ceil(gpus / gpus_per_node)
  return nodes === undefined
    ? `unit_nodes: ${need}`
    : `nodes: ${Math.ceil(need / unit_nodes) * unit_nodes + spare_nodes} or more`
}

// Share of a GPU's memory that is left for weights.
const ROOM = '0.9'

type OnGpu = { readonly id: string; readonly data: Gpu | null } | null

/** GPUs that hold one copy of the weights: from published deployments, else from their memory; `null`: unknown. */
export const gpusNeeded = (weights: Weights | null, gpu: OnGpu): number | null => {
  const published = gpu && weights && entryOf(weights.min_gpus, gpu.id)
  if (published != null) return published
  if (!gpu?.data || !weights?.weights) return null
  const room = exact(gpu.data.memory_gb).times('1e9').times(ROOM)
  return wholeFrom({ numerator: exact(weights.weights.bytes), denominator: room })
}

/** Why a model does not run on this many GPUs; `null` if it does, or if nothing is known. */
export const whyNoFit = (written: Nodes, weights: Weights | null, gpu: OnGpu): Problem | null => {
  // A cluster without a serving node is reported elsewhere.
  if (!weights || !gpu || together(written) < 1) return null
  if (entryOf(weights.min_gpus, gpu.id) === null) {
    return problems.doesNotFit(weights.name, gpu.id, { why: 'it is not supported on this GPU' })
  }
  const [need, gpus] = [gpusNeeded(weights, gpu), together(written) * written.gpus_per_node]
  if (need === null || gpus >= need) return null
  const why =
    entryOf(weights.min_gpus, gpu.id) === undefined && weights.weights
      ? `its weights take ${toDecimals(exact(weights.weights.bytes).times('1e-9'), 0)} GB, more than ${gpus} of them have room for`
      : `published deployments use ${need} of them, and this cluster has ${gpus}`
  return problems.doesNotFit(weights.name, gpu.id, { why, fix: enough(written, need) })
}

/** A note if it is unknown whether the model fits. */
export const fitNotes = (weights: Weights | null, gpu: { readonly id: string } | null): SelfHost['notes'] =>
  gpu && !weights ? [{ code: 'FIT_UNKNOWN', what: `whether the model fits the memory of ${gpu.id} is not known` }] : []
