import { lowOf, type Printed } from '../../model/number/range.ts'
import { agree, plural } from '../../model/plural.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { HybridEnd, SelfHosted, WholeNodes } from '../../model/result/self-hosted.ts'
import { viewLabel } from '../../model/views.ts'
import { amount } from '../figures/amounts.ts'
import {
  formatCount,
  formatShare,
  formatTimes,
  formatTokens,
  formatUsd,
  formatUse,
  spanned,
} from '../figures/format.ts'
import { aDay, both, daily, spanOf } from './both-ends.ts'
import { meanAtMost, STANDINGS } from './standing.ts'
import { eachAlone } from './would-be.ts'

/** Wording about a cluster that all formats share. */

const TRUST: Readonly<Record<SelfHosted['trust'], string>> = {
  measured_phases: 'measured per phase',
  measured_joint: 'measured, input and output together',
  stated: 'stated, not measured',
  roofline: 'a roofline, not measured',
}

const perMillion = (usd: Printed<string>): string => amount(usd, Number(lowOf(usd)) >= 10 ? 2 : undefined)

/** The cluster, its capacity, and a part of it that would pay, one sentence each. @param scenario - the one that it serves */
export const clusterInWords = (scenario: ScenarioResult, self: SelfHosted): string[] => {
  const { nodes, gpus_per_node, gpu, usd_per_hour, usd_per_day, capacity_tokens_per_day, row, nearest } = self
  const gpus = gpu === null ? plural(gpus_per_node, 'GPU') : `${gpus_per_node} ${gpu.toUpperCase()}`
  const sized = self.autoscale ? ' on average, scaled with the traffic' : self.sized ? ', sized for the peak hour' : ''
  const count = spanned(nodes, value => formatCount(String(value)))
  const measured = row ? `, ${row.id}: ${row.what}, ${row.date}` : ''
  const perGpu = spanned(self.tokens_per_second_per_gpu, formatCount)
  const near = nearest?.tokens_per_second_per_gpu
    ? `; nearest measured ${formatCount(nearest.tokens_per_second_per_gpu)}: ${nearest.what} (${nearest.id})`
    : ''
  const spare = self.spare_nodes === 0 ? '' : `, ${formatCount(self.spare_nodes)} of them spare`
  const lost = (scenario.input.self_host?.useful_share ?? '1') === '1' ? '' : ' including lost and unused capacity'
  const price = `${amount(usd_per_hour)} an hour${lost}, ${daily(scenario, usd_per_day)} including fixed costs`
  return [
    `Cluster: ${plural(count, 'node')} of ${gpus}${spare}${sized}, ${price}.`,
    `Capacity: ${spanned(capacity_tokens_per_day, formatTokens)} tokens ${aDay(scenario)} at full utilisation (${TRUST[self.trust]}${measured}), ${perGpu} tokens a second per GPU${near}.`,
    ...(paysInPart(self) ? hybridInWords(scenario, self) : []),
  ]
}

/** Its price per token, and other ways to run it, one sentence each. */
export const clusterFacts = (scenario: ScenarioResult, self: SelfHosted): string[] => [
  ...(self.utilisation === null ? [] : useInWords(self)),
  ...(self.at_use
    ? [`At this utilisation it would match the API at ${eachAlone(self.at_use.low, self.at_use.high)}.`]
    : []),
  ...cacheInWords(self),
  ...wholeInWords(self, aDay(scenario)),
  ...(paysInPart(self) ? [] : hybridInWords(scenario, self)),
]

const useInWords = (self: SelfHosted): string[] => {
  const { utilisation, self_hosted_usd_per_1m, self_hosted_usd_per_1m_full, hosted_usd_per_1m, hosted_view } = self
  const ratio = self.hosted_over_self_full
  const times = ratio === null ? '' : `, ${spanned(ratio, value => formatTimes(String(value)))} the cost at 100%`
  const hosted =
    hosted_usd_per_1m === null ? '' : `; hosted (${viewLabel(hosted_view)}) ${perMillion(hosted_usd_per_1m)}${times}`
  const now =
    self_hosted_usd_per_1m === null
      ? ''
      : `${perMillion(self_hosted_usd_per_1m)} at its utilisation of ${spanned(utilisation ?? 0, formatUse)}, `
  const most = meanAtMost(self)
  return [
    `1M tokens cost ${now}${perMillion(self_hosted_usd_per_1m_full)} at 100%${hosted}.`,
    ...(most < self.max_utilisation
      ? [`Sized for the peak hour, mean utilisation cannot exceed ${formatShare(most)}.`]
      : []),
  ]
}

const cacheInWords = ({ cache_effect }: SelfHosted): string[] => {
  if (!cache_effect) return []
  const { without_hits, with_hits, moved } = cache_effect
  if (without_hits === null && with_hits === null) return []
  const at = (use: typeof with_hits): string => (use === null ? 'never' : spanned(use, formatUse))
  const way = moved === 'not' ? 'do not move break-even' : `move break-even ${moved}`
  return [`Cache hits ${way}: from ${at(without_hits)} without them on either side to ${at(with_hits)}.`]
}

const wholeInWords = ({ whole_nodes }: SelfHosted, day: string): string[] => {
  if (!whole_nodes) return []
  const { low, high } = whole_nodes
  const scale = `${both(formatUsd(low.usd_per_1m_at_scale), formatUsd(high.usd_per_1m_at_scale))} per 1M tokens as the fleet grows`
  const lasting = (always: WholeNodes['always']): string =>
    always
      ? `always from ${formatTokens(always.tokens_per_day)} on (${nodesInWords(always.nodes)})`
      : 'at no size always'
  const one = ({ first, always, never_kind }: WholeNodes): string =>
    first
      ? `first cheaper at ${formatTokens(first.tokens_per_day)} tokens ${day} (${nodesInWords(first.nodes)}), ${lasting(always)}`
      : never_kind === 'below_variable'
        ? STANDINGS.below_variable
        : 'no number of nodes is cheaper'
  return [`In whole nodes: ${atBoth(one(low), one(high))}; ${scale}.`]
}

/** A statement for both ends, or one for the best and one for the worst. */
const atBoth = (best: string, worst: string): string => (best === worst ? best : `at best ${best}; at worst ${worst}`)

const nodesInWords = (nodes: number): string => plural(formatCount(nodes), 'node')

/** Whether some nodes of one's own would pay, which answers the question too. */
const paysInPart = ({ hybrid }: SelfHosted): boolean =>
  hybrid !== null && (hybrid.low.nodes > 0 || hybrid.high.nodes > 0)

const hybridInWords = (scenario: ScenarioResult, { hybrid }: SelfHosted): string[] => {
  if (!hybrid) return []
  const { low, high } = hybrid
  const title = 'Owned nodes for the base load, the API for the overflow'
  const usd = (amount: string): string => daily(scenario, amount)
  if (low.nodes === 0 && high.nodes === 0 && low.all_owned_nodes === high.all_owned_nodes) {
    const span = (a: string, b: string): string => daily(scenario, spanOf(a, b))
    const hosted = span(low.all_hosted_usd_per_day, high.all_hosted_usd_per_day)
    const owned = span(low.all_owned_usd_per_day, high.all_owned_usd_per_day)
    return [`${title}: no node pays off, ${hosted} all hosted, ${owned} all on ${nodesInWords(low.all_owned_nodes)}.`]
  }
  const one = (end: HybridEnd): string => {
    const owned = `${usd(end.all_owned_usd_per_day)} all on ${nodesInWords(end.all_owned_nodes)}`
    const hosted = usd(end.all_hosted_usd_per_day)
    if (end.nodes === 0) return `no node pays off, ${hosted} all hosted, ${owned}`
    const serve = agree(end.nodes, 'serves', 'serve')
    return `${nodesInWords(end.nodes)} ${serve} ${formatShare(end.self_served_share)} for ${usd(end.usd_per_day)}, ${hosted} all hosted, ${owned}`
  }
  return [`${title}: ${atBoth(one(low), one(high))}.`]
}
