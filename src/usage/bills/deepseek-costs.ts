import { type Exact, exact, ZERO } from '../../model/number/money.ts'
import type { Sink } from '../reading/format.ts'
import { usdText } from '../reading/usd.ts'
import type { UsageRecord } from '../record.ts'
import type { Span } from './bucket.ts'

/** A row of a cost file. */
export interface Cost {
  readonly span: Span
  readonly model: string | null
  readonly cost: string
  readonly currency: string | null
  readonly sink: Sink
}

/** A record of amounts, which waits for its cost. */
export interface Held {
  record: UsageRecord
  readonly span: Span
  readonly sink: Sink
}

/** What there is of one model at one time. */
interface Cluster {
  readonly costs: Cost[]
  readonly held: Held[]
}

/**
 * States the costs of an export beside the amounts of the same model and time.
 *
 * @returns the costs that have no amounts
 */
export const stateCosts = (costs: readonly Cost[], held: readonly Held[]): readonly Cost[] => {
  const alone: Cost[] = []
  for (const cluster of clustersOf(costs, held)) {
    if (cluster.held.length === 0) alone.push(...cluster.costs)
    else if (cluster.costs.length > 0) stateIn(cluster)
  }
  return alone
}

/** Buckets that touch the same hours of a model go together: those of costs may be of days, and those of amounts not. */
const clustersOf = (costs: readonly Cost[], held: readonly Held[]): Cluster[] => {
  const buckets = [
    ...costs.map(cost => ({ model: cost.model ?? '', span: cost.span, cost, own: null })),
    ...held.map(own => ({ model: own.record.model ?? '', span: own.span, cost: null, own })),
  ].sort((a, b) => (a.model === b.model ? a.span.at - b.span.at : a.model < b.model ? -1 : 1))
  const clusters: Cluster[] = []
  let [model, end] = ['', Number.NEGATIVE_INFINITY]
  for (const bucket of buckets) {
    const isApart = bucket.model !== model || bucket.span.at >= end
    const cluster: Cluster = (isApart ? undefined : clusters.at(-1)) ?? { costs: [], held: [] }
    if (cluster.costs.length + cluster.held.length === 0) clusters.push(cluster)
    model = bucket.model
    end = isApart ? bucket.span.end : Math.max(end, bucket.span.end)
    if (bucket.cost) cluster.costs.push(bucket.cost)
    else cluster.held.push(bucket.own)
  }
  return clusters
}

/**
 * Costs are of all keys and prices together. Their sum is stated: each record has what its own prices tell, the largest
 * the rest.
 */
const stateIn = ({ costs, held }: Cluster): void => {
  const isUsd = costs.every(({ currency }) => currency === 'USD')
  const own = held.map(({ record }) => exact(usdText(record.stated_usd ?? '0')))
  const sum = (all: readonly Exact[]): Exact => all.reduce((one, other) => one.plus(other), ZERO)
  const rest = sum(costs.map(({ cost }) => exact(cost))).minus(sum(own))
  const largest = own.reduce((most, amount, i) => (amount.gt(own[most] ?? ZERO) ? i : most), 0)
  for (const [i, one] of held.entries()) {
    const stated = (i === largest ? own[i]?.plus(rest) : own[i]) ?? ZERO
    one.record = { ...one.record, stated_usd: isUsd ? stated.toFixed() : null }
  }
}
