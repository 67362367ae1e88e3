import { nodeCapacity } from '../cost/cluster/capacity.ts'
import { largest, nodesFor } from '../cost/cluster/size-fleet.ts'
import { exact, quotient, sum, ZERO } from '../model/number/money.ts'
import type { Replay } from '../model/result/replay.ts'
import type { ServingRates } from '../model/scenario/self-host.ts'
import type { Load } from './load.ts'

/** What one's own nodes would be. */
export interface FleetTerms {
  /** Tokens a second of one node. */
  readonly rates: Extract<ServingRates, { kind: 'phases' | 'joint' }>
  /** The row of the cluster book that the rates are of; `null`: they were given. */
  readonly row: string | null
  /** Of a node in the busiest window. */
  readonly maxUtilisation: number
  readonly spareNodes: number
}

const DAY = 86_400

/**
 * The nodes that a load would need: node-seconds as in `nodeCapacity`, window by window, at the trace's mean hit share.
 *
 * @param hitShare - of the prompt tokens, 0 to 1
 */
export const sizeNodes = (
  {
    load,
    windows,
  }: { readonly load: Load; readonly windows: { inputs: readonly number[]; outputs: readonly number[] } },
  hitShare: number,
  { rates, row, maxUtilisation, spareNodes }: FleetTerms,
): NonNullable<Replay['fleet']> => {
  const share = exact(String(hitShare))
  const busy = windows.inputs.map((input, i) => {
    const [hit, output] = [share.times(input), exact(windows.outputs[i] ?? 0)]
    const aDay = nodeCapacity(rates, { miss: exact(input).minus(hit), hit, output }).low
    if (aDay.isZero()) return ZERO
    return quotient(output.plus(input).times(DAY), aDay.times(exact(String(load.window_s))))
  })
  const busiest = largest(busy)
  const mean = quotient(sum(busy), exact(load.windows))
  const build = {
    nodeCapacityPerDay: exact(DAY),
    maxUtilisation: exact(String(maxUtilisation)),
    ...{ unitNodes: 1, spareNodes, minNodes: 0 },
  }
  const peakToMean = mean.isZero() ? ZERO : quotient(busiest, mean)
  const phases = rates.kind === 'phases' ? rates : null
  return {
    ref: row,
    throughput: {
      prefill: phases?.prefill ?? null,
      cached_prefill: phases?.cached_prefill ?? null,
      decode: phases?.decode ?? null,
      total: rates.kind === 'joint' ? rates.total : null,
    },
    max_utilisation: maxUtilisation,
    busiest: busiest.toNumber(),
    mean: mean.toNumber(),
    spare_nodes: spareNodes,
    nodes: nodesFor({ tokensPerDay: mean.times(DAY), peakToMean }, build),
  }
}
