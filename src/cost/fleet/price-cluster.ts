import { ZERO } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import type { View } from '../../model/views.ts'
import type { StreamRange, TokenEnd } from '../api/price-range.ts'
import { addMixes, type Mix, totalOf } from '../cluster/capacity.ts'
import { type Bill, billRange, type HostedMix } from '../cluster/cluster-bill.ts'
import type { Demand } from '../cluster/demand.ts'
import { type Hosting, hostCluster } from '../cluster/host-cluster.ts'
import type { Cost } from './costs.ts'

/** A cluster with its work: that of the leg it serves, or the whole workload if it is compared with the API. */
export interface PricedCluster {
  /** The work at each end of its counts; only one if they are exact. */
  readonly ends: ReadonlyMap<TokenEnd, HostedMix>
  /** The work at the stated counts. */
  readonly mix: Mix
  /** The view that its cache hits come from: `cached`, or `headline` if those are unknown. */
  readonly mixView: View
  /** The cluster at the stated counts. */
  readonly hosting: Range<Hosting>
  /** Its bill over the band of the counts; `null`: it cannot serve the work. */
  readonly bill: Range<Bill> | null
  /** The same, USD per period. */
  readonly cost: Cost
}

/** Prices a cluster for the work of these streams. @param demandFor - when that work comes in */
export const priceCluster = (
  self: SelfHost,
  demandFor: (mix: Mix) => Demand,
  streams: readonly StreamRange[],
): PricedCluster => {
  const host = (end: TokenEnd): HostedMix => {
    const { mix } = mixAt(streams, end)
    return { mix, hosting: hostCluster(self, demandFor(mix)) }
  }
  const stated = host('stated')
  const ends = new Map(distinctEnds(streams).map(end => [end, end === 'stated' ? stated : host(end)]))
  const bill = billRange([...ends.values()])
  const { view: mixView } = mixAt(streams, 'stated')
  return {
    ends,
    mix: stated.mix,
    mixView,
    hosting: stated.hosting,
    bill,
    cost: bill && mapRange(bill, ({ usd }) => usd),
  }
}

/** Whether there is any work, at any end of the counts. */
export const hasWork = (streams: readonly StreamRange[]): boolean =>
  distinctEnds(streams).some(end => !totalOf(mixAt(streams, end).mix).isZero())

const distinctEnds = (streams: readonly StreamRange[]): readonly TokenEnd[] =>
  streams.find(({ ends }) => ends.length > 1)?.ends ?? ['stated']

/** Tokens of a period by the cluster's work on them, with the cache hits of `cached`. */
export const mixAt = (streams: readonly StreamRange[], end: TokenEnd): { readonly mix: Mix; readonly view: View } => {
  const used = streams.map(stream => stream[end].tokens)
  const known = used.every(({ cache_read }) => cache_read !== null)
  const mixes = used.map(({ prompt, output, cache_read }): Mix => {
    const hit = known && cache_read ? cache_read : ZERO
    return { miss: prompt.minus(hit), hit, output }
  })
  return { mix: addMixes(mixes), view: known ? 'cached' : 'headline' }
}
