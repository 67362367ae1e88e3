import type { ScenarioResult } from '../../model/result/result.ts'
import type { SelfHosted } from '../../model/result/self-hosted.ts'
import { type Block, notes, paragraph, strong } from '../blocks/block.ts'
import type { FleetBlocks } from '../estimate/document.ts'
import { breakEvenTable } from './break-even-table.ts'
import { clusterFacts, clusterInWords } from './cluster-in-words.ts'
import { fleetInShort } from './in-short.ts'
import { legsTable, savingsTable } from './legs.ts'
import { verdictSentence } from './verdict.ts'
import { wouldBe } from './would-be.ts'

export const fleetBlocks: FleetBlocks = {
  scenario: scenario => [...legsBlocks(scenario), ...clusterBlocks(scenario)],
  short: fleetInShort,
}

/** The legs of a fleet, and its savings against single models; none if one model serves every request. */
export const legsBlocks = (scenario: ScenarioResult): Block[] => {
  const { routing } = scenario
  if (!routing) return []
  return [legsTable(scenario, routing), ...(routing.baselines.length > 0 ? [savingsTable(scenario, routing)] : [])]
}

/** The verdict on the cluster, its break-even and its facts; none without a cluster. */
export const clusterBlocks = (scenario: ScenarioResult): Block[] => {
  const { self_host: self } = scenario
  if (!self) return []
  return [
    paragraph(strong(`Your own cluster: ${verdictSentence(scenario)}`)),
    breakEvenTable(scenario, self),
    notes([...clusterInWords(scenario, self), ...factsOf(scenario, self)]),
  ]
}

/** What a report on a cluster keeps for `--explain`. */
export const factsOf = (scenario: ScenarioResult, self: SelfHosted): string[] => [
  ...clusterFacts(scenario, self),
  ...wouldBe(self, self.hosted_view),
]
