import { servingOf } from '../cost/host-cluster.ts'
import { type Problem, problems } from '../errors.ts'
import type { Gpu, Weights } from '../model/clusters.ts'
import { exact, toDecimals } from '../model/money.ts'
import type { SelfHost } from '../model/self-host.ts'
import type { WrittenSelfHost } from '../model/self-host-schema.ts'

/** Why weights do not fit, where no published deployment says it. */
export const noRoom = (bytes: string, gpus: number): string =>
  `its weights take ${toDecimals(exact(bytes).times('1e-9'), 0)} GB, more than ${gpus} of them have room for`

/** Why a model does not run on so many GPUs; `null` where it does, or where nothing is known. */
export const whyNoFit = (
  { nodes, unit_nodes, spare_nodes, gpus_per_node }: WrittenSelfHost,
  weights: Weights | null,
  gpu: { readonly id: string; readonly data: Gpu | null } | null,
): Problem | null => {
  if (!weights || !gpu) return null
  const gpus = (nodes === undefined ? unit_nodes : servingOf(nodes, { spare_nodes, unit_nodes })) * gpus_per_node
  const least = weights.min_gpus[gpu.id]
  if (least === null) return problems.doesNotFit(weights.name, gpu.id, 'it is not supported there')
  if (least !== undefined) {
    if (gpus >= least) return null
    return problems.doesNotFit(
      weights.name,
      gpu.id,
      `published deployments take ${least} of them, and here are ${gpus}`,
    )
  }
  if (!gpu.data || !weights.weights) return null
  const room = exact(gpu.data.memory_gb).times('1e9').times('0.9').times(gpus)
  if (room.gte(exact(weights.weights.bytes))) return null
  return problems.doesNotFit(weights.name, gpu.id, noRoom(weights.weights.bytes, gpus))
}

/** What is not known of it. */
export const fitNotes = (weights: Weights | null, gpu: { readonly id: string } | null): SelfHost['notes'] =>
  gpu && !weights ? [{ code: 'FIT_UNKNOWN', what: `whether the model fits the memory of ${gpu.id} is not known` }] : []
