import { gathered } from '../../model/gathered.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { OtherModels } from './page-data.ts'

/** A workload on other models, those that count it alike together: a page of a hundred models is a fourth as long. */
export const otherModels = (scenarios: readonly Scenario[]): OtherModels[] => {
  const alike = gathered(scenarios.map(one => [JSON.stringify({ ...one, model: null }), one] as const))
  return [...alike.values()].flatMap(own => {
    const [scenario] = own
    return scenario ? [{ models: own.map(({ model }) => model ?? ''), scenario }] : []
  })
}

/** The workload on each of the models. */
export const eachModel = (others: readonly OtherModels[]): Scenario[] =>
  others.flatMap(({ models, scenario }) => models.map(model => ({ ...scenario, model })))
