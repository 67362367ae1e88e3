import { plural } from '../../model/plural.ts'
import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { type Block, heading, notes, paragraph, warningList } from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { explainTable } from '../estimate/explain-table.ts'
import * as words from '../estimate/in-words.ts'
import { provenance } from '../figures/provenance.ts'

/** What the reports of `breakeven` and `route` say beside their answer. */

type Options = Pick<RenderOptions, 'explain'>

/** What is priced, at which day's prices. */
export const subject = (scenario: ScenarioResult, { explain }: Options): Block[] => {
  const { description } = scenario
  return [heading(words.heading(scenario), description && explain ? { about: description } : {})]
}

/** The workload and what was assumed, in full or counted, and the source of the prices. */
export const rest = (
  { warnings, pricing }: Result,
  scenario: ScenarioResult,
  { explain, more }: Options & { readonly more: string },
): Block[] => {
  const hours = words.hours(scenario)
  const estimated = words.estimatedPart(scenario)
  const stays = [...(hours ? [`Hours: ${hours}.`] : []), ...(estimated ? [estimated] : [])]
  const warned = warnings.length > 0 ? [notes([warningList(warnings)])] : []
  if (!explain) return [...warned, notes([...stays, counted(scenario, warnings.length, more), provenance(pricing)])]
  return [
    notes([words.workload(scenario), ...stays, ...words.spreads(scenario), ...words.assumedFor(scenario)]),
    explainTable(scenario),
    ...warned,
    paragraph(provenance(pricing)),
  ]
}

/** The line that counts what only `--explain` shows. */
const counted = ({ assumptions }: ScenarioResult, warnings: number, more: string): string => {
  const own = assumptions.length === 0 ? '' : `${plural(assumptions.length, 'assumption')}; `
  return `${own}${warnings === 0 ? '' : `${plural(warnings, 'warning')}; `}--explain shows all, with ${more}.`
}
