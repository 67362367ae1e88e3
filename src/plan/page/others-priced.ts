import { estimate } from '../../cost/result/estimate.ts'
import { faultsOf, type Problem } from '../../errors/index.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { eachModel } from './other-models.ts'
import type { Priced } from './priced.ts'
import { applySettings } from './shown.ts'

/** The same workload on the page's other models, under the same settings; those without an answer with their problems. */
export const othersPriced = ({
  data,
  page,
  settings,
  controls,
  book,
}: Priced): { readonly found: readonly ScenarioResult[]; readonly problems: readonly Problem[] } => {
  const found: ScenarioResult[] = []
  const problems: Problem[] = []
  for (const other of eachModel(page.others)) {
    try {
      const own = { ...page, scenario: other }
      const scenario = applySettings(own, settings, { controls, priced: book, clusters: data.clusters })
      found.push(...estimate([scenario], book, data.at).scenarios)
    } catch (error) {
      problems.push(...faultsOf(error))
    }
  }
  return { found, problems }
}
