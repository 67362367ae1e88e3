import type { ScenarioResult } from '../../model/result/result.ts'
import { type CostView, VIEW_KEYS } from '../../model/views.ts'
import { type Block, left, notes, right, type Table, type Text } from '../blocks/block.ts'
import { amount, changeOf, costsOf, figures, span } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { unitOf } from '../figures/period.ts'
import * as words from './views-in-words.ts'

/** One row per view: its cost, its cost per month, its distance from the list price, and why it is unknown. */
export const viewsBlocks = (scenario: ScenarioResult): Block[] => {
  const views = words.shownRows(scenario)
  const { columns, cellsOf } = costColumns(scenario)
  const table: Table = { kind: 'table', columns, rows: views.map(({ key }) => cellsOf(key)) }
  const below = [...reasonNotes(scenario), ...words.boundNotes(scenario)]
  // If even the headline is unknown, one reason applies to most views, so it is given once, below.
  if (scenario.reasons.headline !== undefined) return [table, notes(below)]
  return [{ ...table, remarks: { cells: views.map(view => words.remarkOf(scenario, view)), below } }]
}

const costColumns = (scenario: ScenarioResult): Pick<Table, 'columns'> & { cellsOf: (key: CostView) => Text[] } => {
  const { costs, costs_range } = scenario
  const decimals = columnDecimals(costsOf(scenario, VIEW_KEYS))
  const monthly = scenario.per === 'month' ? null : scenario.per_month
  const monthDecimals = columnDecimals(figures(VIEW_KEYS.map(view => monthly?.[view])))
  return {
    columns: [
      left(''),
      right(unitOf(scenario)),
      ...(monthly ? [right('USD a month')] : []),
      ...(costs_range ? [right('by hour, low-high', { drop: 2 })] : []),
      right('change', { drop: 1 }),
    ],
    cellsOf: key => {
      const cost = costs[key]
      const range = costs_range?.[key]
      const known = amount(cost, decimals)
      return [
        words.labelOf(scenario, key),
        cost === null ? { as: 'dim', text: known } : known,
        ...(monthly ? [amount(monthly[key], monthDecimals)] : []),
        ...(costs_range ? [range ? span(range, decimals) : ''] : []),
        cost === null || key === 'headline' ? '' : changeOf(key, cost, costs.headline ?? '0'),
      ]
    },
  }
}

/** Why views have no cost, each reason once. */
const reasonNotes = (scenario: ScenarioResult): string[] => {
  const why = new Map<string, string[]>()
  for (const { key, label } of words.shownRows(scenario)) {
    const reason = scenario.reasons[key]
    if (reason !== undefined) why.set(reason, [...(why.get(reason) ?? []), label])
  }
  return [...why].map(([reason, labels]) => `${labels.join(', ')}: ${reason}`)
}
