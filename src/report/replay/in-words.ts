import { exact } from '../../model/number/money.ts'
import { plural } from '../../model/plural.ts'
import type { Replay, ReplayRow } from '../../model/result/replay.ts'
import { formatChange, formatCount, formatMeasure, formatShare, formatSpan, plainUsd } from '../figures/format.ts'

/** Wording about a replay that all formats share. */

const POLICY: Readonly<Record<string, string>> = {
  infinite: 'a cache that forgets nothing',
  ttl: 'blocks with a lifetime',
  lru: 'the last used blocks',
  units: 'whole prefixes',
  marks: 'a mark at the end of each prompt',
  none: 'no cache',
}

/** A time in its largest whole unit. @example timeIn(300) // 5 min */
const timeIn = (seconds: number): string => {
  for (const [length, unit] of [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const) {
    if (seconds >= length && seconds % length === 0) return `${formatCount(seconds / length)} ${unit}`
  }
  return `${formatCount(String(seconds))} s`
}

/** What a row simulated. @example whole prefixes (the model's rule), 1 h */
export const rowLabel = ({ row, policies, ttl_s, capacity_blocks, delay_s }: ReplayRow): string => {
  const what = policies.map(policy => POLICY[policy] ?? policy).join(' and ')
  const how = [
    ...(ttl_s === null ? [] : [timeIn(ttl_s)]),
    ...(capacity_blocks === null ? [] : [plural(formatCount(capacity_blocks), 'block')]),
    ...(delay_s === 0 ? [] : [`ready after ${timeIn(delay_s)}`]),
  ]
  // Behind the policy alone: the lifetime may be that of --ttl.
  const rule = row === 'rule' ? ` (${policies.length > 1 ? "each model's" : "the model's"} rule)` : ''
  return [`${what}${rule}`, ...how].join(', ')
}

/** The requests, as the unit of every cost. @example 454 requests in 58 min */
export const requestsIn = ({ trace, load, rows, warm_up }: Replay): string => {
  const counted = rows[0]?.requests ?? trace.requests
  const requests = plural(formatCount(counted), 'request')
  if (warm_up.requests > 0) return `the ${requests} after the warm-up`
  return load === null || load.span_s === 0 ? requests : `${requests} in ${formatSpan(load.span_s)}`
}

/**
 * The answer in one sentence.
 *
 * @example $0.58 for 454 requests in 58 min, with whole prefixes (the model's rule), 3 h: 42.0% of the prompt tokens came
 *   from the cache; $0.95 without a cache; at its peak 144 tokens in and 16.9 out a second, for 2 nodes of your own.
 */
export const answerIn = (replay: Replay): string => `${sentenceCase(costIn(replay))}${peakIn(replay)}.`

const costIn = (replay: Replay): string => {
  const [row] = replay.rows
  const requests = requestsIn(replay)
  if (!row) return `${requests}, no policy was replayed`
  const { at_least: known, hit_share } = row
  const least = row.costs ? '' : 'at least '
  if (replay.trace.ids === 'none') {
    const cost = known
      ? `${least}${plainUsd(known.no_cache)} for ${requests} without a cache; what`
      : `${requests}: what`
    return `${cost} a cache would hit is not known, since the trace has lengths alone`
  }
  const hits = `${formatShare(hit_share ?? 0)} of the prompt tokens came from the cache`
  if (!known) return `${hits} in ${requests}, with ${rowLabel(row)}`
  const [total, none] = [exact(known.total), exact(known.no_cache)]
  const rest = total.gt(none)
    ? `more than the ${least}${plainUsd(known.no_cache)} without a cache, since writes are billed`
    : `${least}${plainUsd(known.no_cache)} without a cache`
  return `${least}${plainUsd(known.total)} for ${requests}, with ${rowLabel(row)}: ${hits}; ${rest}`
}

/** The busiest window, and the nodes that it needs. */
const peakIn = ({ load, fleet }: Replay): string => {
  if (!load) return ''
  const [input, output] = [load.input_tokens_per_s, load.output_tokens_per_s].map(({ peak }) => formatMeasure(peak))
  const nodes = fleet ? `, for ${plural(formatCount(fleet.nodes), 'node')} of your own` : ''
  return `; at its peak ${input} tokens in and ${output} out a second${nodes}`
}

const sentenceCase = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** How far a row's cost is from that without a cache, in percent. */
export const againstNone = ({ at_least: known }: ReplayRow): string =>
  known ? formatChange(known.total, known.no_cache) : ''

/** The trace: what was read. */
export const traceIn = ({ trace, load }: Replay): string => {
  const models = trace.models.length === 0 ? 'no model named' : trace.models.join(', ')
  const blocks = trace.ids === 'none' ? '' : `, blocks of ${plural(formatCount(trace.block), 'token')}`
  const tokens = load
    ? `${formatCount(load.input_tokens)} tokens in, ${formatCount(load.output_tokens)} out`
    : 'no tokens'
  const [file = ''] = trace.files
  const files = trace.files.length === 1 ? file : `${formatCount(trace.files.length)} files`
  return `${files} (${trace.format}${blocks}): ${tokens}, ${models}.`
}

/** The fleet, in a sentence; `null`: no throughput was given. */
export const fleetIn = ({ fleet, load }: Replay): string | null => {
  if (!fleet || !load) return null
  const { nodes, busiest, mean, max_utilisation: most, ref, spare_nodes: spare } = fleet
  const what = ref === null ? '' : `, of 8 GPUs each, at the rates of ${ref}`
  const ready = spare === 0 ? '' : `, ${formatCount(spare)} of them spare`
  return `${plural(formatCount(nodes), 'node')} of your own${what}${ready}${what || ready ? ',' : ''} would serve it: the busiest ${formatSpan(load.window_s)} keep ${nodesIn(busiest)} busy all the time, the mean ${nodesIn(mean)}, at most ${formatShare(most)} of each in use.`
}

const nodesIn = (count: number): string => plural(formatMeasure(count), 'node')
