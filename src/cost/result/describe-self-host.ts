import { type Exact, exact, ONE, quotient } from '../../model/number/money.ts'
import { mapRange, type Printed, type Range } from '../../model/number/range.ts'
import { amount, count, money, ratio, tokens } from '../../model/result/print-exact.ts'
import type {
  BreakEvenEnd,
  HybridEnd,
  SelfHosted,
  WholeNodes,
  WouldBe as WouldBeFound,
  WouldBePrices,
} from '../../model/result/self-hosted.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { VIEW_KEYS, type View } from '../../model/views.ts'
import type { BreakEven, WouldBe } from '../cluster/break-even.ts'
import { totalOf } from '../cluster/capacity.ts'
import { savingRatio } from '../cluster/cluster-cost.ts'
import type { Hybrid } from '../cluster/hybrid.ts'
import { isSized } from '../cluster/size-cluster.ts'
import type { Staircase } from '../cluster/staircase.ts'
import { legOnCluster, type PricedScenario } from '../fleet/price-scenario.ts'
import type { SelfHosting } from '../fleet/self-host.ts'
import { savedShare } from './describe-fleet.ts'
import { perGpuSecond } from './notes/self-host-warnings.ts'

/** A cluster comparison in the form that results carry. */
export const toSelfHosted = (hosting: SelfHosting, priced: PricedScenario): SelfHosted => ({
  ...describeCluster(hosting),
  ...describeContest(hosting, priced),
})

type ClusterKey =
  | 'model'
  | 'gpu'
  | 'nodes'
  | 'gpus_per_node'
  | 'spare_nodes'
  | 'sized'
  | 'autoscale'
  | 'usd_per_hour'
  | 'usd_per_day'
  | 'price_from'
  | 'capacity_tokens_per_day'
  | 'tokens_per_second_per_gpu'
  | 'trust'
  | 'row'
  | 'nearest'
  | 'mix'
  | 'peak_to_mean'
  | 'max_utilisation'
  | 'demand_tokens_per_day'
  | 'utilisation'

/** The cluster itself, its cost and its utilisation. */
const describeCluster = (hosting: SelfHosting): Pick<SelfHosted, ClusterKey> => {
  const { self, mix, mixView, hosting: ends } = hosting
  const { low, high } = ends
  const total = totalOf(mix)
  return {
    model: self.model,
    gpu: self.gpu,
    nodes: ratio(mapRange(ends, ({ nodes }) => nodes)),
    gpus_per_node: self.gpus_per_node,
    spare_nodes: self.spare_nodes,
    sized: isSized(self),
    autoscale: self.autoscale,
    usd_per_hour: amount(mapRange(ends, ({ nodeUsdPerDay, nodes }) => hourly(nodeUsdPerDay.times(nodes)))),
    usd_per_day: amount(mapRange(ends, ({ cluster }) => cluster.fixedUsdPerDay)),
    price_from: self.price_from,
    capacity_tokens_per_day: tokens(mapRange(ends, ({ cluster }) => cluster.capacityPerDay)),
    tokens_per_second_per_gpu: tokens(perGpuSecond(hosting)),
    trust: TRUST[self.rates.kind],
    row: self.row,
    nearest: self.nearest,
    mix: { miss: part(mix.miss, total), hit: part(mix.hit, total), output: part(mix.output, total), view: mixView },
    peak_to_mean: Number(low.peakToMean.toFixed()),
    max_utilisation: self.max_utilisation,
    demand_tokens_per_day: low.demandPerDay && count(low.demandPerDay),
    utilisation: low.utilisation && high.utilisation && ratio({ low: low.utilisation, high: high.utilisation }),
  }
}

/** The cluster compared with the API. */
const describeContest = (hosting: SelfHosting, priced: PricedScenario): Omit<SelfHosted, ClusterKey> => {
  const { self, hosted, view } = hosting
  const { low, high } = hosting.hosting
  const price = hosted[view]
  const leg = legOnCluster(priced)
  // The API's price for the same work.
  const { apiCosts, cluster } = leg ?? { apiCosts: priced.costs, cluster: priced.cluster }
  const cost = cluster?.cost ?? null
  return {
    hosted_usd_per_1m: price && amount(price),
    hosted_view: view,
    self_hosted_usd_per_1m_full: amount(hosting.unitFull),
    hosted_over_self_full: price && ratioFull(hosting, price),
    self_hosted_usd_per_1m: hosting.unitUsed && amount(hosting.unitUsed),
    saving: known(viewed => savedShare(cost, apiCosts[viewed], true)),
    break_even: known(viewed => {
      const found = hosting.breakEven[viewed]
      return (
        found && {
          low: describeBreakEven(found.low, self, low.nodes),
          high: describeBreakEven(found.high, self, high.nodes),
        }
      )
    }),
    at_use: hosting.atUse && {
      low: toPrices(hosting.atUse.low, self, low.nodes),
      high: toPrices(hosting.atUse.high, self, high.nodes),
    },
    cache_effect: describeCacheEffect(hosting),
    whole_nodes: describeWholeNodes(hosting),
    hybrid: describeHybrid(hosting),
    reason: low.why ?? high.why,
  }
}

const TRUST = {
  phases: 'measured_phases',
  joint: 'measured_joint',
  stated: 'stated',
  roofline: 'roofline',
} as const satisfies Record<SelfHost['rates']['kind'], SelfHosted['trust']>

const hourly = (usdPerDay: Exact): Exact => quotient(usdPerDay, exact(24))

const part = (some: Exact, all: Exact): number => (all.isZero() ? 0 : Number(quotient(some, all).toFixed()))

/** Only the views that have a value. */
const known = <T>(of: (view: View) => T | null): Partial<Record<View, T>> =>
  Object.fromEntries(
    VIEW_KEYS.flatMap(view => {
      const found = of(view)
      return found === null ? [] : [[view, found]]
    }),
  )

/** GPUs per node, and the useful share of a rented hour. */
type GpuTerms = Pick<SelfHost, 'gpus_per_node' | 'useful_share'>

/** Break-even at one end, in the form that documents carry. */
export const describeBreakEven = (found: BreakEven, self: GpuTerms, nodes: Exact): BreakEvenEnd => {
  const { kind, neverKind, utilisation, tokensPerDay, attainable, wouldBe, wouldPay } = found
  return {
    kind,
    ...(neverKind === null ? {} : { never_kind: neverKind }),
    utilisation: utilisation && Number(utilisation.toFixed()),
    tokens_per_day: tokensPerDay && count(tokensPerDay),
    ...(attainable === null ? {} : { attainable }),
    ...(wouldBe === null ? {} : { would_be: toWouldBe(wouldBe, self, nodes) }),
    ...(wouldPay === null ? {} : { would_pay: toWouldBe(wouldPay, self, nodes) }),
  }
}

const toWouldBe = (found: WouldBe, self: GpuTerms, nodes: Exact): WouldBeFound => ({
  capacity_tokens_per_day: found.capacityPerDay && count(found.capacityPerDay),
  ...toPrices(found, self, nodes),
})

/** At full utilisation; it is 1/u* where there is no cost per token. */
const ratioFull = ({ hosting: { low, high } }: SelfHosting, price: Range<Exact>): Printed<number> | null => {
  const best = savingRatio(low.cluster, { hostedUsdPer1M: price.high, utilisation: ONE })
  const least = savingRatio(high.cluster, { hostedUsdPer1M: price.low, utilisation: ONE })
  return best && least && ratio({ low: least, high: best })
}

const toPrices = ({ hostedUsdPer1M, usdPerHour }: WouldBe, self: GpuTerms, nodes: Exact): WouldBePrices => {
  const gpus = nodes.times(self.gpus_per_node)
  const rent = usdPerHour === null ? null : usdPerHour.times(exact(self.useful_share))
  return {
    hosted_usd_per_1m: money(hostedUsdPer1M),
    usd_per_hour: rent && money(rent),
    usd_per_gpu_hour: rent && !gpus.isZero() ? money(quotient(rent, gpus)) : null,
  }
}

const describeCacheEffect = ({ cacheEffect }: SelfHosting): SelfHosted['cache_effect'] => {
  if (!cacheEffect) return null
  const { without, with: hits } = cacheEffect
  const span = ({ low, high }: Range<Exact | null>): Printed<number> | null =>
    low && high ? ratio({ low, high }) : null
  return { without_hits: span(without), with_hits: span(hits), moved: movedFrom(without.low, hits.low) }
}

/** Never comes after every number. */
const movedFrom = (before: Exact | null, after: Exact | null): NonNullable<SelfHosted['cache_effect']>['moved'] => {
  if (before === null || after === null) return before === after ? 'not' : after === null ? 'later' : 'earlier'
  return before.eq(after) ? 'not' : after.lt(before) ? 'earlier' : 'later'
}

const describeWholeNodes = ({ staircase }: SelfHosting): SelfHosted['whole_nodes'] =>
  staircase && { low: describeStairs(staircase.low), high: describeStairs(staircase.high) }

const describeStairs = ({ kind, neverKind, first, always, asymptoteUsdPer1M }: Staircase): WholeNodes => ({
  kind,
  ...(neverKind === null ? {} : { never_kind: neverKind }),
  first: first && { tokens_per_day: count(first.tokensPerDay), nodes: first.nodes },
  always: always && { tokens_per_day: count(always.tokensPerDay), nodes: always.nodes },
  usd_per_1m_at_scale: money(asymptoteUsdPer1M),
})

const describeHybrid = ({ hybrid }: SelfHosting): SelfHosted['hybrid'] =>
  hybrid && { low: hybridEnd(hybrid.low), high: hybridEnd(hybrid.high) }

const hybridEnd = (found: Hybrid): HybridEnd => ({
  nodes: found.nodes,
  self_served_share: Number(found.selfServedShare.toFixed()),
  usd_per_day: money(found.usdPerDay),
  all_hosted_usd_per_day: money(found.allHostedUsdPerDay),
  all_owned_usd_per_day: money(found.allOwnedUsdPerDay),
  all_owned_nodes: found.allOwnedNodes,
})
