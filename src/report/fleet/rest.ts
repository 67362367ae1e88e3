import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { type Block, heading, notes, paragraph, warningList } from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { explainTable } from '../estimate/explain-table.ts'
import * as words from '../estimate/in-words.ts'
import { notesOf } from '../estimate/notes-in-words.ts'
import { provenance } from '../figures/provenance.ts'

/** What the reports of `breakeven` and `route` say beside their answer. */

type Options = Pick<RenderOptions, 'explain'>

/** The answer, and what is priced at which day's prices. */
export const subject = (scenario: ScenarioResult, answer: string): Block[] => {
  const { description, name } = scenario
  return [
    heading(name, {
      answer,
      notes: [`${words.servedAt(scenario)}. ${words.workload(scenario)}`],
      ...(description ? { about: description } : {}),
    }),
  ]
}

/**
 * What was assumed, in full or counted, and the source of the prices.
 *
 * @param more - a sentence about what else `--explain` shows
 */
export const rest = (
  { warnings, pricing }: Result,
  scenario: ScenarioResult,
  { explain, more }: Options & { readonly more: string },
): Block[] => {
  const hours = words.hours(scenario)
  const estimated = words.estimatedPart(scenario)
  const stays = [...(hours ? [`Hours: ${hours}.`] : []), ...(estimated ? [estimated] : [])]
  const warned = warnings.length > 0 ? [notes([{ ...warningList(warnings), onStderr: !explain }])] : []
  if (!explain) return [...warned, notes([...stays, ...notesOf([scenario], warnings), more, provenance(pricing)])]
  return [
    notes([...stays, ...words.spreads(scenario), ...words.assumedFor(scenario)]),
    explainTable(scenario),
    ...warned,
    paragraph(provenance(pricing)),
  ]
}
