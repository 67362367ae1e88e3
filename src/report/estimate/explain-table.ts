import { withTerms } from '../../cost/workload/serving.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { viewLabel } from '../../model/views.ts'
import { left, names, right, type Table } from '../blocks/block.ts'
import * as words from './in-words.ts'

/** Every line of a scenario: quantity × rate = cost, with the source of the rate. */
export const explainTable = (scenario: ScenarioResult): Table => ({
  kind: 'table',
  title: `${scenario.name}, ${words.servedBy(scenario)}: quantity × rate = cost`,
  columns: [
    left('view', { once: true }),
    ...(scenario.routing ? [{ ...names('model'), once: true }] : []),
    left('meter'),
    right('quantity'),
    right('rate'),
    right('cost'),
    left('row'),
  ],
  rows: scenario.lines.map(line => {
    const { quantity, rate, cost } = words.worked(line)
    const served = scenario.routing ? [withTerms(line.model, words.termsOf(scenario, line) ?? {})] : []
    const origin = { as: 'dim', text: words.origin(line) } as const
    return [viewLabel(line.view), ...served, line.meter, quantity, rate, cost, origin]
  }),
  narrow: 'grouped',
})
