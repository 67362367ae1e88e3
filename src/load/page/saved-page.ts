import type { Comparison, Result } from '../../model/result/result.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { otherModels } from '../../plan/page/other-models.ts'
import type { PageData, PageScenario } from '../../plan/page/page-data.ts'
import { VERSION } from '../../version.ts'
import type { Document } from '../source/read-document.ts'

/**
 * The page of a saved document, of itself alone: its figures are those of the price rows that it holds.
 *
 * @param at - today
 * @returns `null`: it does not hold what a page shows
 */
export const savedPage = (document: Document, at: string): PageData | null => {
  switch (document.schema) {
    case 'dsprice/result/1':
      return { ...around(document, at), part: partOf(document), scenarios: document.scenarios.map(toSaved) }
    case 'dsprice/compare/1': {
      const [first, ...others] = document.scenarios.map(scenarioIn)
      const scenarios = first ? [{ ...alone(first), others: otherModels(others) }] : []
      return { ...around(document, at), part: 'models', scenarios }
    }
    case 'dsprice/sweep/1':
      return { ...empty(at), part: 'sweep', sweep: document }
    case 'dsprice/usage/1':
      return usagePage(document, at)
    default:
      return null
  }
}

/** The page of real usage, which has no scenarios. */
export const usagePage = (usage: UsageReport, at: string): PageData => ({ ...empty(at), part: 'usage', usage })

/** A page without scenarios. */
export const empty = (at: string): Omit<PageData, 'part'> => ({
  schema: 'dsprice/page/1',
  tool_version: VERSION,
  at,
  saved: false,
  scenarios: [],
  books: [],
  clusters: null,
  sweep: null,
  usage: null,
})

const around = ({ pricing, prices }: Result | Comparison, at: string): Omit<PageData, 'part'> => {
  const { version, hash, layers, catalogue } = pricing
  return {
    ...empty(at),
    saved: true,
    books: [{ book: { ...prices, version }, hash, layers, ...(catalogue ? { catalogue } : {}) }],
  }
}

const partOf = ({ breakeven, route }: Result): PageData['part'] =>
  breakeven ? 'break-even' : route ? 'split' : 'answer'

/** As it was counted, at the moment that it was priced at. */
const scenarioIn = ({ input, at }: Result['scenarios'][number]): Scenario => ({ ...input, at })

const alone = (scenario: Scenario): PageScenario => ({
  scenario,
  file: null,
  self_host: null,
  advice: null,
  others: [],
})

const toSaved = (one: Result['scenarios'][number]): PageScenario => alone(scenarioIn(one))
