import type { ScenarioResult } from '../../model/result/result.ts'
import { type CostView, VIEW_KEYS } from '../../model/views.ts'
import { type Block, left, notes, right, type Table, type Text } from '../blocks/block.ts'
import { amount, changeOf, costsOf, figures, span } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { otherUnits, unitOf } from '../figures/period.ts'
import { toldView } from './answer-in-words.ts'
import * as words from './views-in-words.ts'

/** One row per view: its cost, in each unit, its distance from the list price, and why it is unknown. */
export const viewsBlocks = (scenario: ScenarioResult): Block[] => {
  const views = words.shownRows(scenario)
  const { columns, cellsOf } = costColumns(scenario)
  const told = toldView(scenario)
  const marked = views.findIndex(({ key }) => key === told)
  const table: Table = {
    kind: 'table',
    columns,
    rows: views.map(({ key }) => cellsOf(key)),
    ...(marked < 0 ? {} : { marked }),
  }
  const below = [...reasonNotes(scenario), ...words.boundNotes(scenario)]
  // If even the headline is unknown, one reason applies to most views, so it is given once, below.
  if (scenario.reasons.headline !== undefined) return [table, notes(below)]
  return [{ ...table, remarks: { cells: views.map(view => words.remarkOf(scenario, view)), below } }]
}

// Dropped in a narrow terminal, the first first: the hours below have the first for the row that counts.
const DROP = { hours: 1, change: 2 } as const

const costColumns = (scenario: ScenarioResult): Pick<Table, 'columns'> & { cellsOf: (key: CostView) => Text[] } => {
  const { costs, costs_range } = scenario
  const units = [{ name: null, costs }, ...otherUnits(scenario)].map(unit => {
    const decimals = columnDecimals(figures(VIEW_KEYS.map(view => unit.costs[view])))
    return { ...unit, decimals: (key: CostView) => (key === 'self_hosted' ? undefined : decimals) }
  })
  const decimals = columnDecimals(costsOf(scenario, VIEW_KEYS))
  return {
    columns: [
      left(''),
      ...units.map(({ name }) => right(name === null ? unitOf(scenario) : `USD ${name}`)),
      ...(costs_range ? [right(words.HOURS, { drop: DROP.hours })] : []),
      right('change', { drop: DROP.change }),
    ],
    cellsOf: key => {
      const cost = costs[key]
      const range = costs_range?.[key]
      const [first = 'N/A', ...others] = units.map(unit => amount(unit.costs[key] ?? null, unit.decimals(key)))
      return [
        words.labelOf(scenario, key),
        cost === null ? { as: 'dim', text: first } : first,
        ...others,
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
