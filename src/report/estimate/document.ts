import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { type Block, heading, notes, warningList } from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { provenance } from '../figures/provenance.ts'
import { answerInWords, toldView } from './answer-in-words.ts'
import { explainTable } from './explain-table.ts'
import * as words from './in-words.ts'
import { notesOf } from './notes-in-words.ts'
import { totalInWords } from './total-in-words.ts'
import { totalsTable } from './totals-table.ts'
import { viewsBlocks } from './views-table.ts'

/** Blocks for fleets and clusters; loaded only for a result that has any. `breakeven` and `route` have their own reports. */
export interface FleetBlocks {
  /** For a scenario: its legs, its savings, the verdict on its cluster. */
  readonly scenario: (scenario: ScenarioResult) => Block[]
  /** The same without what only `--explain` shows. */
  readonly short: (scenario: ScenarioResult) => { readonly tables: Block[]; readonly notes: string[] }
}

type Options = Pick<RenderOptions, 'explain'>

/** A result: the total of several scenarios, each scenario, then the source of the prices. */
export const resultBlocks = (result: Result, options: Options, fleets: FleetBlocks | null): Block[] => {
  const { scenarios, warnings } = result
  return [
    ...(scenarios.length > 1
      ? [heading(`${scenarios.length} scenarios`, { answer: totalInWords(result) }), totalsTable(result)]
      : []),
    ...scenarios.flatMap(scenario => scenarioBlocks(scenario, { ...options, fleets })),
    // A terminal has warnings on stderr; where everything is explained, it has them here too.
    ...(warnings.length > 0 ? [notes([{ ...warningList(warnings), onStderr: !options.explain }])] : []),
    notes([...(options.explain ? [] : notesOf(scenarios, warnings)), provenance(result.pricing)]),
  ]
}

const scenarioBlocks = (
  scenario: ScenarioResult,
  { explain, fleets }: Options & { readonly fleets: FleetBlocks | null },
): Block[] => {
  const { description, name } = scenario
  const hours = words.hoursNote(scenario, toldView(scenario))
  const estimated = words.estimatedPart(scenario)
  const short = explain ? null : (fleets?.short(scenario) ?? null)
  const stays = [...(hours ? [hours] : []), ...(estimated ? [estimated] : []), ...(short?.notes ?? [])]
  return [
    heading(name, {
      answer: answerInWords(scenario),
      notes: [`${words.servedAt(scenario)}. ${words.workload(scenario)}`],
      ...(description ? { about: description } : {}),
    }),
    ...viewsBlocks(scenario),
    ...(short?.tables ?? []),
    ...(stays.length > 0 ? [notes(stays)] : []),
    ...(explain ? (fleets?.scenario(scenario) ?? []) : []),
    ...(explain ? [notes([...words.spreads(scenario), ...words.assumedFor(scenario)]), explainTable(scenario)] : []),
  ]
}
