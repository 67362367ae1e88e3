import { at, InputError, type Problem, problems } from '../../../errors/index.ts'
import type { Clusters, Weights } from '../../../model/book/clusters.ts'
import { entryOf } from '../../../model/entry-of.ts'
import { nearest } from '../../../model/nearest.ts'
import type { ClusterNote, SelfHost } from '../../../model/scenario/self-host.ts'
import type { WrittenSelfHost } from '../../../model/scenario/self-host-schema.ts'
import { servingOf } from '../size-fleet.ts'
import { fitNotes, gpusNeeded, whyNoFit } from './fit-memory.ts'
import { priceNode, unusedKeys } from './gpu-price.ts'
import type { Found, KnownGpu, Load } from './lookup.ts'
import { nearestRow, rowInWords } from './nearest-row.ts'
import { findSpeed } from './serving-rates.ts'

/**
 * Looks up a scenario's cluster: the price of its GPUs, its measured rates, its memory.
 *
 * @throws {InputError} all faults at once, each at its key
 */
export const resolveSelfHost = (written: WrittenSelfHost, load: Load, clusters: Clusters): SelfHost => {
  const faults: Problem[] = []
  const take = <T>(result: Found<T>): T | null => {
    if ('found' in result) return result.found
    faults.push({ ...result.problem, path: ['self_host', ...(result.problem.path ?? [])] })
    return null
  }
  const gpu = written.gpu === undefined ? null : take(findGpu(written.gpu, clusters))
  // The price book's id: an alias is not a different model.
  const model = load.model ?? written.model ?? null
  const weights = findWeights(model, clusters)
  // An unknown GPU is reported once: its missing price and rates are not reported as well.
  const isLost = written.gpu !== undefined && gpu === null
  const price = isLost && !hasPrice(written) ? null : take(priceNode(written, gpu?.id ?? null, clusters))
  const speed = isLost && !hasSpeed(written) ? null : take(findSpeed(written, { load, weights, gpu, clusters }))
  const misfit = speed === null ? null : whyNoFit(written, weights, gpu)
  if (misfit) faults.push(at(['self_host', 'gpu'], misfit))
  const own = [...unusedKeys(written), ...clashes(written, load)]
  faults.push(...own.map(fault => ({ ...fault, path: ['self_host', ...(fault.path ?? [])] })))
  if (price === null || speed === null || faults.length > 0) throw new InputError(faults)
  const { autoscale, utilisation = null, nodes = null } = written
  return {
    model,
    until: (load.model !== null && entryOf(weights?.until ?? {}, load.model)) || null,
    gpu: gpu?.id ?? null,
    nodes,
    gpus_per_node: written.gpus_per_node,
    ...(price.whole ? { usd_per_hour: price.whole } : {}),
    usd_per_node_hour: price.perNode,
    reserved_usd_per_node_hour: price.reserved ?? null,
    price_from: price.from,
    useful_share: price.useful ?? '1',
    rates: speed.rates,
    row: speed.row && rowInWords(speed.row),
    nearest: speed.rates.kind === 'stated' ? nearestRow({ load, weights, gpu, clusters }) : null,
    utilisation,
    max_utilisation: written.max_utilisation,
    spare_nodes: written.spare_nodes,
    unit_nodes: written.unit_nodes,
    min_nodes: Math.ceil((gpusNeeded(weights, gpu) ?? 1) / written.gpus_per_node),
    autoscale,
    fixed_usd_per_month: written.fixed_usd_per_month,
    variable_usd_per_1m: written.variable_usd_per_1m,
    ...carried(written),
    ttft_ms: speed.row?.ttft_ms ?? null,
    notes: [...speed.notes, ...unknownWeights(written, load, clusters), ...fitNotes(weights, gpu)],
  }
}

/** Keys of a cluster that need no look-up: kept as read, including future keys. */
const carried = (written: WrittenSelfHost) => {
  const { model, gpu, nodes, gpus_per_node, capacity, throughput, utilisation, max_utilisation, ...rest } = written
  const { usd_per_hour, usd_per_gpu_hour, term, lost, commitment, owned, ...fleet } = rest
  const { spare_nodes, unit_nodes, autoscale, fixed_usd_per_month, variable_usd_per_1m, ...kept } = fleet
  return kept
}

const hasPrice = ({ usd_per_hour, usd_per_gpu_hour, owned }: WrittenSelfHost): boolean =>
  [usd_per_hour, usd_per_gpu_hour, owned].some(price => price !== undefined)

const hasSpeed = ({ capacity, throughput }: WrittenSelfHost): boolean =>
  capacity !== undefined || throughput !== undefined

/** Combinations of keys that conflict, whatever the cluster book says; paths below `self_host`. */
const clashes = (written: WrittenSelfHost, { run, model, openWeights }: Load): Problem[] => {
  const { utilisation, autoscale, nodes, spare_nodes, unit_nodes } = written
  // A capacity or price stated for the whole cluster needs the number of nodes.
  const isWhole = written.capacity !== undefined || written.usd_per_hour !== undefined
  return [
    ...(model !== null && openWeights === false
      ? [at(written.model === undefined ? [] : ['model'], problems.closedWeights(model))]
      : []),
    ...(run && utilisation === undefined ? [at([], problems.needsUtilisation())] : []),
    ...(autoscale && nodes !== undefined && !isWhole ? [at(['nodes'], problems.nodesOrAutoscale())] : []),
    ...(nodes !== undefined && servingOf(nodes, { unitNodes: unit_nodes, spareNodes: spare_nodes }) < 1
      ? [at(['nodes'], problems.noServingNode(written))]
      : []),
  ]
}

/** A model that no book has cannot be checked for memory and rates: it may be the user's own, or a typo. */
const unknownWeights = ({ model }: WrittenSelfHost, { openWeights }: Load, { models }: Clusters): ClusterNote[] => {
  if (
    model === undefined ||
    openWeights !== undefined ||
    models.some(({ id, serves }) => id === model || serves.includes(model))
  )
    return []
  const [near] = nearest(
    model,
    models.flatMap(({ id, serves }) => [id, ...serves]),
  )
  const fix = near === undefined ? 'write a model from a book, such as model: deepseek-v4-pro' : `write model: ${near}`
  const what = `no book has ${model}, so neither its memory nor its rates can be checked`
  return [{ code: 'UNKNOWN_WEIGHTS', what, fix }]
}

/** The weights of a price-book model; `null` if the cluster book does not have them. */
const findWeights = (model: string | null, { models }: Clusters): Weights | null =>
  model === null ? null : (models.find(({ id, serves }) => serves.includes(model) || id === model) ?? null)

const findGpu = (name: string, { gpus, gpu_ranges }: Clusters): Found<KnownGpu> => {
  const id = name.toLowerCase()
  const known = [...new Set([...gpus, ...gpu_ranges.map(({ gpu }) => ({ id: gpu }))].map(one => one.id))]
  if (known.includes(id)) return { found: { id, data: gpus.find(one => one.id === id) ?? null } }
  return { problem: at(['gpu'], problems.unknownGpu(name, nearest(id, known), known)) }
}
