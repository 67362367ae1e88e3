import { estimate, type PricedBook } from '../../cost/result/estimate.ts'
import { faultsOf, type Problem } from '../../errors/index.ts'
import type { Result, ScenarioResult } from '../../model/result/result.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { Control } from './control.ts'
import { controlsOf } from './controls.ts'
import type { PageData, PageScenario, Settings } from './page-data.ts'
import { applySettings } from './shown.ts'

/** What the page shows: a scenario with its settings, priced. */
export interface Priced {
  readonly data: PageData
  readonly page: PageScenario
  readonly settings: Settings
  readonly controls: readonly Control[]
  readonly book: PricedBook
  /** As the settings have changed it. */
  readonly scenario: Scenario
  readonly result: Result
  readonly first: ScenarioResult
}

/** Prices a scenario with its settings; else the problems, as the command line words them. */
export const priceShown = (
  data: PageData,
  index: number,
  settings: Settings,
): { readonly priced: Priced } | { readonly problems: readonly Problem[] } => {
  const page = data.scenarios[index]
  const book = data.books.find(one => one.book.version === settings.get('pricing')) ?? data.books[0]
  if (!page || !book) throw new Error('the page has no such scenario')
  const controls = controlsOf(page, data)
  try {
    const scenario = applySettings(page, settings, { controls, priced: book, clusters: data.clusters })
    const result = estimate([scenario], book, data.at)
    const [first] = result.scenarios
    if (!first) throw new Error('one scenario has one result')
    return { priced: { data, page, settings, controls, book, scenario, result, first } }
  } catch (error) {
    return { problems: faultsOf(error) }
  }
}
