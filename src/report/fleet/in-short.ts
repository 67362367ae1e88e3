import { withTerms } from '../../cost/workload/serving.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { Routed } from '../../model/result/routed.ts'
import type { BreakEvenEnd, SelfHosted } from '../../model/result/self-hosted.ts'
import { type View, viewLabel } from '../../model/views.ts'
import type { FleetBlocks } from '../estimate/document.ts'
import { amount } from '../figures/amounts.ts'
import { formatCount, formatTokens, formatUse, spanned, useSpan } from '../figures/format.ts'
import { both } from './both-ends.ts'
import { NEVER } from './break-even-table.ts'
import { legsTable } from './legs.ts'
import { savedAgainst } from './saved-against.ts'

/** A fleet and a cluster as far as a scenario's estimate shows them without `--explain`. */
export const fleetInShort: FleetBlocks['short'] = scenario => {
  const { routing, self_host } = scenario
  return {
    tables: routing ? [legsTable(scenario, routing)] : [],
    notes: [
      ...(routing && routing.baselines.length > 0 ? [savingsInShort(scenario, routing)] : []),
      ...(self_host ? clusterInShort(self_host) : []),
    ],
  }
}

/** The fleet's saving against each single model, in the view that answers. */
const savingsInShort = ({ costs }: ScenarioResult, { baselines }: Routed): string => {
  const view: View = costs.cached == null ? 'headline' : 'cached'
  const saved = baselines.map(({ saving, model, service, region }) => {
    const figure = savedAgainst(saving[view] ?? null)
    const all = `all ${withTerms(model, { service, ...(region === null ? {} : { region }) })}`
    return figure.endsWith('dearer') ? `${figure} than ${all}` : `${figure} saved against ${all}`
  })
  return `The fleet, ${viewLabel(view)}: ${saved.join(', ')}.`
}

const TRUST: Readonly<Record<SelfHosted['trust'], string>> = {
  measured_phases: 'measured',
  measured_joint: 'measured',
  stated: 'stated, not measured',
  roofline: 'a roofline, not measured',
}

/** The cluster and its capacity, and break-even against the view that it is compared with. */
const clusterInShort = (self: SelfHosted): string[] => {
  const { nodes, gpus_per_node, gpu, usd_per_hour, capacity_tokens_per_day, trust, break_even, hosted_view } = self
  const count = spanned(nodes, value => formatCount(String(value)))
  const gpus = `${gpus_per_node} ${gpu === null ? 'GPUs' : gpu.toUpperCase()}`
  const found = break_even[hosted_view]
  return [
    `Cluster: ${count} × ${gpus}, ${amount(usd_per_hour)} an hour; at full utilisation ${spanned(capacity_tokens_per_day, formatTokens)} tokens a day (${TRUST[trust]}).`,
    ...(found ? [`Break-even with ${viewLabel(hosted_view)}: ${breakEven(found, self)}.`] : []),
  ]
}

type Found = NonNullable<SelfHosted['break_even'][View]>

/** At which utilisation and volume self-hosting is the cheaper way, or that it never is and what it would need. */
const breakEven = ({ low, high }: Found, { utilisation }: SelfHosted): string => {
  const verdict = both(verdictOf(low), verdictOf(high))
  if (low.utilisation === null || high.utilisation === null) return verdict
  const volume = [low, high].map(({ tokens_per_day }) => (tokens_per_day === null ? '?' : formatTokens(tokens_per_day)))
  const share = useSpan(low.utilisation, high.utilisation)
  const tokens = `${both(volume[0] ?? '', volume[1] ?? '')} tokens a day`
  if (low.kind !== 'at' || high.kind !== 'at') return `${verdict}; it would take ${share} of its capacity, ${tokens}`
  return `at ${share} utilisation, ${tokens}${utilisation === null ? '' : `; now ${spanned(utilisation, formatUse)}`}`
}

const verdictOf = ({ kind, never_kind, utilisation }: BreakEvenEnd): string => {
  if (kind === 'never') return NEVER[never_kind ?? 'this_cluster']
  return kind === 'always' || utilisation === null ? kind : `at ${formatUse(utilisation)}`
}
