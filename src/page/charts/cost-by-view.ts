import { highOf, lowOf } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { left, right, type Table } from '../../report/blocks/block.ts'
import { costInWords, howPaid, sayUsd, toldView } from '../../report/estimate/answer-in-words.ts'
import { isMarked, labelOf, remarkOf, shownRows } from '../../report/estimate/views-in-words.ts'
import { amount, figures } from '../../report/figures/amounts.ts'
import { columnDecimals } from '../../report/figures/format.ts'
import type { Chart } from './chart.ts'
import { type Bar, drawBars } from './drawing/bars.ts'
import { COLOUR } from './drawing/frame.ts'

/** What the workload costs, view by view: a month, or of a run a run. */
export const costByView = (scenario: ScenarioResult): Chart => {
  const costs = scenario.per_month ?? scenario.costs
  const unit = scenario.per_month ? 'a month' : 'a run'
  const bars = shownRows(scenario).flatMap(({ key }): Bar[] => {
    const cost = costs[key]
    if (cost == null) return []
    const isBound = key === 'cached_ideal' || isMarked(scenario, key)
    return [
      {
        name: viewLabel(key),
        figure: sayUsd(cost),
        low: Number(lowOf(cost)),
        high: Number(highOf(cost)),
        isBound,
        ...lookOf(scenario, key, isBound),
      },
    ]
  })
  return {
    title: `Cost ${unit}, way by way`,
    summary: summaryOf(scenario, unit),
    table: tableOf(scenario, costs, unit),
    draw: width => drawBars(bars, width, { label: `USD ${unit}` }),
  }
}

const lookOf = (scenario: ScenarioResult, key: CostView, isBound: boolean): Pick<Bar, 'tag' | 'colour'> => {
  const cheapest = scenario.answer?.cheapest ?? null
  if (key === toldView(scenario)) {
    return { tag: key === cheapest ? 'the answer, cheapest' : 'the answer', colour: COLOUR.first }
  }
  if (key === cheapest) return { tag: 'cheapest', colour: COLOUR.second }
  return { tag: isBound && key !== 'cached_ideal' ? 'a bound' : null, colour: COLOUR.quiet }
}

const summaryOf = (scenario: ScenarioResult, unit: string): string => {
  const told = toldView(scenario)
  const costs = scenario.per_month ?? scenario.costs
  const cost = told && costs[told]
  if (told === null || cost == null) return `No cost is known: ${scenario.reasons.headline ?? 'see the table'}.`
  const cheapest = scenario.answer?.cheapest ?? null
  const least = cheapest && costs[cheapest]
  const bound = costInWords(scenario, told).startsWith('at least') ? 'at least ' : ''
  const first = `The workload costs ${bound}${sayUsd(cost)} ${unit}, ${howPaid(scenario, told)}`
  if (cheapest === told) return `${first}: the cheapest way.`
  return least == null ? `${first}.` : `${first}; the cheapest way is ${viewLabel(cheapest ?? told)}, ${sayUsd(least)}.`
}

const tableOf = (scenario: ScenarioResult, costs: ScenarioResult['costs'], unit: string): Table => {
  const rows = shownRows(scenario)
  const decimals = columnDecimals(figures(rows.map(({ key }) => costs[key])))
  const marked = rows.findIndex(({ key }) => key === toldView(scenario))
  return {
    kind: 'table',
    columns: [left('view'), right(`USD ${unit}`), left('')],
    rows: rows.map(row => [
      labelOf(scenario, row.key),
      amount(costs[row.key] ?? null, row.key === 'self_hosted' ? undefined : decimals),
      remarkOf(scenario, row),
    ]),
    ...(marked < 0 ? {} : { marked }),
  }
}
