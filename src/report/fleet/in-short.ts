import { withTerms } from '../../cost/workload/serving.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { Routed } from '../../model/result/routed.ts'
import type { SelfHosted } from '../../model/result/self-hosted.ts'
import { type View, viewLabel } from '../../model/views.ts'
import { toldView } from '../estimate/answer-in-words.ts'
import type { FleetBlocks } from '../estimate/document.ts'
import { amount } from '../figures/amounts.ts'
import { formatCount, formatTokens, spanned } from '../figures/format.ts'
import { legsTable } from './legs.ts'
import { savedAgainst } from './saved-against.ts'
import { verdictInShort } from './verdict.ts'

/** A fleet and a cluster as far as a scenario's estimate shows them without `--explain`. */
export const fleetInShort: FleetBlocks['short'] = scenario => {
  const { routing, self_host } = scenario
  return {
    tables: routing ? [legsTable(scenario, routing)] : [],
    notes: [
      ...(routing && routing.baselines.length > 0 ? [savingsInShort(scenario, routing)] : []),
      ...(self_host ? clusterInShort(scenario, self_host) : []),
    ],
  }
}

/** The fleet's saving against each single model; the view is named unless it is the one that answers. */
const savingsInShort = (scenario: ScenarioResult, { baselines }: Routed): string => {
  const view: View = scenario.costs.cached == null ? 'headline' : 'cached'
  const saved = baselines.map(one => {
    const figure = savedAgainst(one.saving[view] ?? null)
    const all = `all ${withTerms(one.model, one)}`
    return `${all} ${figure}${figure.endsWith('dearer') ? '' : ' saved'}`
  })
  return `${toldView(scenario) === view ? 'Against' : `By ${viewLabel(view)}, against`} ${saved.join(', ')}.`
}

const TRUST: Readonly<Record<SelfHosted['trust'], string>> = {
  measured_phases: 'measured',
  measured_joint: 'measured',
  stated: 'stated, not measured',
  roofline: 'a roofline, not measured',
}

/** The cluster and its capacity, and the verdict on it. */
const clusterInShort = (scenario: ScenarioResult, self: SelfHosted): string[] => {
  const { nodes, gpus_per_node, gpu, usd_per_hour, capacity_tokens_per_day, trust } = self
  const count = spanned(nodes, value => formatCount(String(value)))
  const gpus = `${gpus_per_node} ${gpu === null ? 'GPUs' : gpu.toUpperCase()}`
  const verdict = verdictInShort(scenario)
  return [
    `Cluster: ${count} × ${gpus}, ${amount(usd_per_hour)} an hour, ${spanned(capacity_tokens_per_day, formatTokens)} tokens a day at most (${TRUST[trust]}).`,
    ...(verdict === null ? [] : [`Does it pay? ${verdict}`]),
  ]
}
