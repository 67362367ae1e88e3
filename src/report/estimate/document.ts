import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { type Block, heading, type Notes, notes, warningList } from '../blocks/block.ts'
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
  const last: Notes['notes'] = [
    // A terminal has warnings on stderr; where everything is explained, it has them here too.
    ...(warnings.length > 0 ? [{ ...warningList(warnings), onStderr: !options.explain }] : []),
    ...(options.explain ? [] : notesOf(scenarios, warnings)),
    provenance(result.pricing),
  ]
  const [only, ...others] = scenarios
  // One paragraph of notes: each line counts if a report is to fit on one screen.
  if (only && others.length === 0 && !options.explain) {
    const { blocks, stays } = shortBlocks(only, fleets)
    return [...blocks, notes([...stays, ...last])]
  }
  return [
    ...(scenarios.length > 1
      ? [heading(`${scenarios.length} scenarios`, { answer: totalInWords(result) }), totalsTable(result)]
      : []),
    ...scenarios.flatMap(scenario => {
      if (options.explain) return explainedBlocks(scenario, fleets)
      const { blocks, stays } = shortBlocks(scenario, fleets)
      return [...blocks, ...(stays.length > 0 ? [notes(stays)] : [])]
    }),
    notes(last),
  ]
}

/** The answer and its table, the legs of a fleet, and the notes that change the answer. */
const shortBlocks = (scenario: ScenarioResult, fleets: FleetBlocks | null) => {
  const short = fleets?.short(scenario)
  return {
    blocks: [...answerBlocks(scenario), ...(short?.tables ?? [])],
    stays: [...staysOf(scenario), ...(short?.notes ?? [])],
  }
}

/** The same with a fleet and a cluster in full, every assumption and every line. */
const explainedBlocks = (scenario: ScenarioResult, fleets: FleetBlocks | null): Block[] => {
  const stays = staysOf(scenario)
  return [
    ...answerBlocks(scenario),
    ...(stays.length > 0 ? [notes(stays)] : []),
    ...(fleets?.scenario(scenario) ?? []),
    notes([...words.spreads(scenario), ...words.assumedFor(scenario)]),
    explainTable(scenario),
  ]
}

const answerBlocks = (scenario: ScenarioResult): Block[] => {
  const { description, name, at, routing } = scenario
  // The table of a fleet's legs names the models.
  const priced = routing ? `Prices of ${at}` : words.servedAt(scenario)
  return [
    heading(name, {
      answer: answerInWords(scenario),
      notes: [`${priced}. ${words.workload(scenario)}`],
      ...(description ? { about: description } : {}),
    }),
    ...viewsBlocks(scenario),
  ]
}

/** The hours, and how much is estimated. */
const staysOf = (scenario: ScenarioResult): string[] =>
  [words.hoursNote(scenario, toldView(scenario)), words.estimatedPart(scenario)].flatMap(note => note ?? [])
