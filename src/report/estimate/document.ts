import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { type Block, heading, notes, paragraph, warningList } from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { provenance } from '../figures/provenance.ts'
import { explainTable } from './explain-table.ts'
import * as words from './in-words.ts'
import { totalsTable } from './totals-table.ts'
import { viewsBlocks } from './views-table.ts'

/** Blocks for fleets and clusters; loaded only for a result that has any. `breakeven` and `route` have their own reports. */
export interface FleetBlocks {
  /** For a scenario: its legs, its savings, the verdict on its cluster. */
  readonly scenario: (scenario: ScenarioResult) => Block[]
}

/** A result: each scenario, then their totals, then the source of the prices. */
export const resultBlocks = (
  result: Result,
  options: Pick<RenderOptions, 'explain'>,
  fleets: FleetBlocks | null,
): Block[] => [
  ...result.scenarios.flatMap(scenario => scenarioBlocks(scenario, options, fleets)),
  ...(result.scenarios.length > 1 ? [totalsTable(result)] : []),
  ...(result.warnings.length > 0 ? [notes([warningList(result.warnings)])] : []),
  paragraph(provenance(result.pricing)),
]

const scenarioBlocks = (
  scenario: ScenarioResult,
  { explain }: Pick<RenderOptions, 'explain'>,
  fleets: FleetBlocks | null,
): Block[] => {
  const hours = words.hours(scenario)
  const estimated = words.estimatedPart(scenario)
  const { description } = scenario
  return [
    heading(words.heading(scenario), description ? { about: description } : {}),
    ...viewsBlocks(scenario),
    ...(fleets?.scenario(scenario) ?? []),
    notes([
      words.workload(scenario),
      ...(hours ? [`Hours: ${hours}.`] : []),
      ...words.spreads(scenario),
      ...(estimated ? [estimated] : []),
      ...words.assumedFor(scenario),
    ]),
    ...(explain ? [explainTable(scenario)] : []),
  ]
}
