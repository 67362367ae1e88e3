import { at, InputError, type Problem, problems } from '../errors.ts'
import type { Clusters, Weights } from '../model/clusters.ts'
import { nearest } from '../model/nearest.ts'
import type { SelfHost } from '../model/self-host.ts'
import type { WrittenSelfHost } from '../model/self-host-schema.ts'
import { fitNotes, whyNoFit } from './fit-memory.ts'
import { type Found, priceOf, unusedKeys } from './gpu-price.ts'
import { nearestRow, rowInWords } from './nearest-row.ts'
import { type KnownGpu, type Load, speedOf } from './serving-rates.ts'

/**
 * Looks up what a scenario says of its cluster: the price of its GPUs, its measured rates, its memory.
 *
 * @throws {InputError} every fault at once, each at its key
 */
export const resolveSelfHost = (written: WrittenSelfHost, load: Load, clusters: Clusters): SelfHost => {
  const faults: Problem[] = []
  const take = <T>(result: Found<T>): T | null => {
    if ('found' in result) return result.found
    faults.push({ ...result.problem, path: ['self_host', ...(result.problem.path ?? [])] })
    return null
  }
  const gpu = written.gpu === undefined ? null : take(findGpu(written.gpu, clusters))
  const model = written.model ?? load.model
  const weights = weightsOf(model, clusters)
  const price = take(priceOf(written, gpu?.id ?? null, clusters))
  const speed = take(speedOf(written, { load, weights, gpu, clusters }))
  const misfit = speed === null ? null : whyNoFit(written, weights, gpu)
  if (misfit) faults.push(at(['self_host', 'gpu'], misfit))
  if (load.run && written.utilisation === undefined) faults.push(at(['self_host'], problems.needsUtilisation()))
  if (written.lost === 1) faults.push(at(['self_host', 'lost'], problems.invalid('must be below 1', 'write lost: 10%')))
  if (written.owned?.availability === 0) {
    faults.push(
      at(['self_host', 'owned', 'availability'], problems.invalid('must be above 0', 'write availability: 98%')),
    )
  }
  if (
    written.autoscale &&
    written.nodes !== undefined &&
    written.capacity === undefined &&
    written.usd_per_hour === undefined
  ) {
    faults.push(at(['self_host', 'nodes'], problems.nodesOrAutoscale()))
  }
  faults.push(...unusedKeys(written).map(fault => ({ ...fault, path: ['self_host', ...(fault.path ?? [])] })))
  const serving = Math.floor(((written.nodes ?? Number.POSITIVE_INFINITY) - written.spare_nodes) / written.unit_nodes)
  if (serving < 1) faults.push(at(['self_host', 'nodes'], problems.noServingNode(written)))
  for (const key of ['utilisation', 'max_utilisation'] as const) {
    if (written[key] === 0)
      faults.push(at(['self_host', key], problems.invalid('must be above 0', `write ${key}: 70%`)))
  }
  if (price === null || speed === null || faults.length > 0) throw new InputError(faults)
  const { autoscale, utilisation = null, nodes = null } = written
  return {
    model,
    gpu: gpu?.id ?? null,
    nodes,
    gpus_per_node: written.gpus_per_node,
    usd_per_node_hour: price.perNode,
    reserved_usd_per_node_hour: price.reserved ?? null,
    price_from: price.from,
    rates: speed.rates,
    row: speed.row && rowInWords(speed.row),
    nearest: speed.rates.kind === 'stated' ? nearestRow({ load, weights, gpu, clusters }) : null,
    utilisation,
    max_utilisation: written.max_utilisation,
    spare_nodes: written.spare_nodes,
    unit_nodes: written.unit_nodes,
    min_nodes: Math.ceil(((gpu && weights?.min_gpus[gpu.id]) ?? 1) / written.gpus_per_node),
    autoscale,
    fixed_usd_per_month: written.fixed_usd_per_month,
    variable_usd_per_1m: written.variable_usd_per_1m,
    ttft_ms: speed.row?.ttft_ms ?? null,
    notes: [...speed.notes, ...fitNotes(weights, gpu)],
  }
}

/** The weights that a model of a price book is; `null` where the cluster book does not know them. */
const weightsOf = (model: string | null, { models }: Clusters): Weights | null =>
  model === null ? null : (models.find(({ id, serves }) => serves.includes(model) || id === model) ?? null)

const findGpu = (name: string, { gpus, gpu_ranges }: Clusters): Found<KnownGpu> => {
  const id = name.toLowerCase()
  const known = [...new Set([...gpus, ...gpu_ranges.map(({ gpu }) => ({ id: gpu }))].map(one => one.id))]
  if (known.includes(id)) return { found: { id, data: gpus.find(one => one.id === id) ?? null } }
  return { problem: at(['gpu'], problems.unknownGpu(name, nearest(id, known), known)) }
}
