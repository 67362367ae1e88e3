import { exact, toDecimals } from '../model/number/money.ts'
import { highOf, lowOf, type Printed } from '../model/number/range.ts'
import { agree, plural } from '../model/plural.ts'
import type { ScenarioResult } from '../model/result/result.ts'
import type {
  BreakEvenEnd,
  HybridEnd,
  SelfHosted,
  WholeNodes,
  WouldBe,
  WouldBePrices,
} from '../model/result/self-hosted.ts'
import { VIEW_KEYS, type View, viewLabel } from '../model/views.ts'
import type { FleetTable } from './fleet-in-words.ts'
import { savedAgainst } from './fleet-in-words.ts'
import { formatCount, formatRatio, formatShare, formatUsd, spanned } from './format.ts'
import { amount } from './in-words.ts'

/** What every format says of a cluster in the same words. */

const TRUST: Readonly<Record<SelfHosted['trust'], string>> = {
  measured_phases: 'measured per phase',
  measured_joint: 'measured, input and output together',
  stated: 'stated, not measured',
  roofline: 'a roofline, not measured',
}

const NEVER = {
  this_cluster: 'never on this cluster',
  any_scale: 'never at any scale',
  below_variable: 'never: hosted is below the variable cost',
} as const

/** Tokens as people say them: 1.28B. */
export const formatTokens = (tokens: number | string): string => {
  const value = exact(tokens)
  for (const [unit, power] of [
    ['T', 12],
    ['B', 9],
    ['M', 6],
  ] as const) {
    if (value.gte(`1e${power}`)) return `${toDecimals(value.times(`1e-${power}`), 2)}${unit}`
  }
  return formatCount(toDecimals(value, 0))
}

/** A utilisation; far above 100 % it is said all the same, as what would be needed, in whole per cent. */
export const formatUse = (share: number): string =>
  share < 10 ? formatShare(share) : `${formatCount(toDecimals(exact(String(share)).times(100), 0))}%`

/** A range of utilisations, the unit said once. */
export const useSpan = (low: number, high: number): string =>
  formatUse(low) === formatUse(high) ? formatUse(low) : `${formatUse(low).replace('%', '')}-${formatUse(high)}`

const perMillion = (usd: Printed<string>): string => amount(usd, Number(lowOf(usd)) >= 10 ? 2 : undefined)

/**
 * The cluster, what it can do, what it costs and what that makes, a sentence each.
 *
 * @param usefulShare - of a rented hour, as the scenario has it
 */
export const clusterFacts = (self: SelfHosted, usefulShare: string): string[] => {
  const { nodes, gpus_per_node, gpu, usd_per_hour, usd_per_day, capacity_tokens_per_day, row, nearest } = self
  const gpus = gpu === null ? plural(gpus_per_node, 'GPU') : `${gpus_per_node} ${gpu.toUpperCase()}`
  const sized = self.autoscale
    ? ' on the mean, following the traffic'
    : self.sized
      ? ", sized to the traffic's peak"
      : ''
  const count = spanned(nodes, value => formatCount(String(value)))
  const measured = row ? `, ${row.id}: ${row.what}, ${row.date}` : ''
  const perGpu = spanned(self.tokens_per_second_per_gpu, formatCount)
  const near = nearest?.tokens_per_second_per_gpu
    ? `; nearest measured ${formatCount(nearest.tokens_per_second_per_gpu)}: ${nearest.what} (${nearest.id})`
    : ''
  const used = self.utilisation === null ? [] : useInWords(self)
  const spare = self.spare_nodes === 0 ? '' : `, ${formatCount(self.spare_nodes)} of them spare`
  return [
    `Cluster: ${plural(count, 'node')} of ${gpus}${spare}${sized}, ${amount(usd_per_hour)} an hour${usefulShare === '1' ? '' : ' with what is lost or not used'}, ${amount(usd_per_day)} a day with all that is fixed.`,
    `Capacity: ${spanned(capacity_tokens_per_day, formatTokens)} tokens a day at full utilisation (${TRUST[self.trust]}${measured}), ${perGpu} tokens a second for each GPU${near}.`,
    ...used,
    ...(self.at_use
      ? [`As it is used it would cost what the API does with ${eachAlone(self.at_use.low, self.at_use.high)}.`]
      : []),
    ...cacheInWords(self),
    ...wholeInWords(self),
    ...hybridInWords(self),
  ]
}

const useInWords = (self: SelfHosted): string[] => {
  const { utilisation, self_hosted_usd_per_1m, self_hosted_usd_per_1m_full, hosted_usd_per_1m, hosted_view } = self
  const ratio = self.hosted_over_self_full
  const times = ratio === null ? '' : `, ${spanned(ratio, value => formatRatio(String(value)))} of that at 100%`
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
      ? [`Ready for the busiest hour, it is used to ${formatShare(most)} on the mean at most.`]
      : []),
  ]
}

/** The mean utilisation that it can come to: of a fleet that is ready for its peak, what that leaves. */
const meanAtMost = ({ max_utilisation, peak_to_mean, sized, autoscale }: SelfHosted): number =>
  sized && !autoscale ? max_utilisation / peak_to_mean : max_utilisation

const cacheInWords = ({ cache_effect }: SelfHosted): string[] => {
  if (!cache_effect) return []
  const { without_hits, with_hits, moved } = cache_effect
  if (without_hits === null && with_hits === null) return []
  const at = (use: typeof with_hits): string => (use === null ? 'never' : spanned(use, formatUse))
  const way = moved === 'not' ? 'do not move break-even' : `move break-even ${moved}`
  return [`Cache hits ${way}: from ${at(without_hits)} without them on either side to ${at(with_hits)}.`]
}

const wholeInWords = ({ whole_nodes }: SelfHosted): string[] => {
  if (!whole_nodes) return []
  const { low, high } = whole_nodes
  const scale = `${both(formatUsd(low.usd_per_1m_at_scale), formatUsd(high.usd_per_1m_at_scale))} per 1M tokens as the fleet grows`
  const lasting = (always: WholeNodes['always']): string =>
    always
      ? `always from ${formatTokens(always.tokens_per_day)} on (${nodesInWords(always.nodes)})`
      : 'not always at any size'
  const one = ({ first, always, never_kind }: WholeNodes): string =>
    first
      ? `first cheaper at ${formatTokens(first.tokens_per_day)} tokens a day (${nodesInWords(first.nodes)}), ${lasting(always)}`
      : never_kind === 'below_variable'
        ? NEVER.below_variable
        : 'no number of them wins'
  return [`In whole nodes: ${atBoth(one(low), one(high))}; ${scale}.`]
}

/** What holds at both ends, or at the best and at the worst. */
const atBoth = (best: string, worst: string): string => (best === worst ? best : `at best ${best}; at worst ${worst}`)

const nodesInWords = (nodes: number): string => plural(formatCount(nodes), 'node')

const hybridInWords = ({ hybrid }: SelfHosted): string[] => {
  if (!hybrid) return []
  const { low, high } = hybrid
  const title = 'Base load owned, the rest overflowing to the API'
  if (low.nodes === 0 && high.nodes === 0 && low.all_owned_nodes === high.all_owned_nodes) {
    const hosted = usdSpan(low.all_hosted_usd_per_day, high.all_hosted_usd_per_day)
    const owned = usdSpan(low.all_owned_usd_per_day, high.all_owned_usd_per_day)
    return [`${title}: no node pays, ${hosted} a day all hosted, ${owned} all on ${nodesInWords(low.all_owned_nodes)}.`]
  }
  const one = (end: HybridEnd): string => {
    const owned = `${formatUsd(end.all_owned_usd_per_day)} all on ${nodesInWords(end.all_owned_nodes)}`
    const hosted = formatUsd(end.all_hosted_usd_per_day)
    if (end.nodes === 0) return `no node pays, ${hosted} a day all hosted, ${owned}`
    const serve = agree(end.nodes, 'serves', 'serve')
    return `${nodesInWords(end.nodes)} ${serve} ${formatShare(end.self_served_share)} for ${formatUsd(end.usd_per_day)} a day, ${hosted} all hosted, ${owned}`
  }
  return [`${title}: ${atBoth(one(low), one(high))}.`]
}

/** One end of a range of verdicts, in words. */
export const verdict = ({ kind, never_kind }: BreakEvenEnd): string =>
  kind === 'never' ? NEVER[never_kind ?? 'this_cluster'] : kind

/** Whether a break-even that there is has been reached, at the use that goes with this end of the range. */
const reached = (end: BreakEvenEnd, self: SelfHosted, use: number | null): string => {
  const { kind, utilisation, attainable } = end
  if (kind !== 'at' || utilisation === null) return verdict(end)
  if (attainable === false) return 'beyond max_utilisation'
  if (use === null) return 'within reach'
  if (use >= utilisation) return 'reached'
  return utilisation > meanAtMost(self) ? 'out of reach' : 'not reached'
}

const both = (low: string, high: string): string => (low === high ? low : `${low} to ${high}`)

/** Two amounts of USD, the smaller first. */
const usdSpan = (a: string, b: string): string => {
  const [low, high] = exact(a).lte(exact(b)) ? [a, b] : [b, a]
  return both(formatUsd(low), formatUsd(high))
}

/** Break-even against each view that is known. */
export const breakEvenTable = ({ costs }: Pick<ScenarioResult, 'costs'>, self: SelfHosted): FleetTable => {
  const views = VIEW_KEYS.filter(view => self.break_even[view] !== undefined)
  return {
    columns: [
      { title: 'Break-even against', right: false },
      { title: 'utilisation', right: true },
      { title: 'tokens a day', right: true },
      { title: '', right: false, wraps: true },
      ...(costs.self_hosted == null ? [] : [{ title: 'saved', right: true, drop: 1 }]),
    ],
    rows: views.map((view: View) => {
      const found = self.break_even[view]
      if (!found) return []
      const { low, high } = found
      const volume = ({ tokens_per_day }: BreakEvenEnd): string =>
        tokens_per_day === null ? '-' : formatTokens(tokens_per_day)
      const use = ({ utilisation }: BreakEvenEnd): string => (utilisation === null ? '-' : formatUse(utilisation))
      return [
        viewLabel(view),
        low.utilisation !== null && high.utilisation !== null
          ? useSpan(low.utilisation, high.utilisation)
          : both(use(low), use(high)),
        both(volume(low), volume(high)),
        verdicts(self, found),
        ...(costs.self_hosted == null ? [] : [savedAgainst(self.saving[view] ?? null)]),
      ]
    }),
  }
}

const verdicts = (self: SelfHosted, { low, high }: NonNullable<SelfHosted['break_even'][View]>): string => {
  const { utilisation } = self
  // The best case for self-hosting has the most capacity, so the lower use of the same work.
  const [least, most] = utilisation === null ? [null, null] : [lowOf(utilisation), highOf(utilisation)]
  const [best, worst] = [reached(low, self, least), reached(high, self, most)]
  return best === worst ? best : `${best} at best, ${worst} at worst`
}

/** What would, each alone, make a break-even that is never 100 %; empty where it is reached. */
export const wouldBe = (self: SelfHosted, view: View): string[] => {
  const found = self.break_even[view]
  const [low, high] = [found?.low.would_be, found?.high.would_be]
  const one = low ?? high
  if (!one) return []
  // Where it is never at one end only, that is the worst one.
  const end = low && high ? '' : ', at worst,'
  return [
    `Break-even with ${viewLabel(view)} would${end} be at 100 % of the cluster with ${eachAlone(low ?? one, high ?? one)}.`,
  ]
}

/** The capacity, where it is asked for, the hosted price or the GPUs' at both ends. */
const eachAlone = (a: WouldBePrices & Partial<WouldBe>, b: WouldBePrices & Partial<WouldBe>): string => {
  const [capacityA, capacityB] = [a.capacity_tokens_per_day, b.capacity_tokens_per_day]
  const parts = [
    ...(capacityA == null || capacityB == null
      ? []
      : [`a capacity of ${both(formatTokens(capacityA), formatTokens(capacityB))} tokens a day`]),
    `a hosted price of ${usdSpan(a.hosted_usd_per_1m, b.hosted_usd_per_1m)} per 1M`,
    ...(a.usd_per_gpu_hour === null || b.usd_per_gpu_hour === null
      ? []
      : [`GPUs at ${usdSpan(a.usd_per_gpu_hour, b.usd_per_gpu_hour)} an hour`]),
  ]
  return parts.join(', or ')
}
