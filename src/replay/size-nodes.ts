import { largest, nodesFor } from '../cost/cluster/size-fleet.ts'
import { exact, quotient, sum, ZERO } from '../model/number/money.ts'
import type { Replay } from '../model/result/replay.ts'
import type { Load } from './load.ts'

/** Tokens a second of one node, exact decimals. */
export interface Throughput {
  readonly prefill: string
  readonly cachedPrefill: string
  readonly decode: string
}

const DAY = 86_400

/**
 * The nodes that a load would need: node-seconds = miss ÷ prefill + hit ÷ cached prefill + output ÷ decode, window by
 * window, at the trace's mean hit share.
 *
 * @param hitShare - of the prompt tokens, 0 to 1
 * @param maxUtilisation - of a node in the busiest window
 */
export const sizeNodes = (
  {
    load,
    windows,
  }: { readonly load: Load; readonly windows: { inputs: readonly number[]; outputs: readonly number[] } },
  { prefill, cachedPrefill, decode }: Throughput,
  { hitShare, maxUtilisation }: { readonly hitShare: number; readonly maxUtilisation: number },
): NonNullable<Replay['fleet']> => {
  const hit = exact(String(hitShare))
  const aToken = quotient(exact(1).minus(hit), exact(prefill)).plus(quotient(hit, exact(cachedPrefill)))
  const aWord = quotient(exact(1), exact(decode))
  const busy = windows.inputs.map((input, i) =>
    quotient(aToken.times(input).plus(aWord.times(windows.outputs[i] ?? 0)), exact(String(load.window_s))),
  )
  const busiest = largest(busy)
  const mean = quotient(sum(busy), exact(load.windows))
  const build = {
    nodeCapacityPerDay: exact(DAY),
    maxUtilisation: exact(String(maxUtilisation)),
    ...{ unitNodes: 1, spareNodes: 0, minNodes: 0 },
  }
  const peakToMean = mean.isZero() ? ZERO : quotient(busiest, mean)
  return {
    throughput: { prefill, cached_prefill: cachedPrefill, decode },
    max_utilisation: maxUtilisation,
    busiest: busiest.toNumber(),
    mean: mean.toNumber(),
    nodes: nodesFor({ tokensPerDay: mean.times(DAY), peakToMean }, build),
  }
}
