import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import type { Forecast, ForecastScenario } from '../../model/result/forecast.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { left, right, type Table } from '../../report/blocks/block.ts'
import { amount, figures } from '../../report/figures/amounts.ts'
import { columnDecimals } from '../../report/figures/format.ts'
import { monthInWords } from '../../report/figures/period.ts'
import { answerOf, crossingOf } from '../../report/forecast/in-words.ts'
import { monthTable } from '../../report/forecast/month-table.ts'
import type { Chart } from './chart.ts'
import { type Column, drawColumns } from './drawing/columns.ts'
import { COLOUR } from './drawing/frame.ts'
import type { KeyEntry } from './drawing/key.ts'

/** A scenario month by month, with its own cluster beside the API if it has one. */
export const costByMonth = (scenario: ForecastScenario): Chart => {
  const { months, answer, self_hosting, bounds } = scenario
  const view = answer.view === 'self_hosted' ? (self_hosting?.view ?? 'headline') : (answer.view ?? 'headline')
  const columns = months.map(
    ({ month, costs, self_hosted }): Column => ({
      label: shortMonth(month),
      ...endsOf(costs[view] ?? null),
      isLeast: bounds[view] !== undefined,
      beside:
        self_hosted?.usd == null
          ? null
          : { low: Number(lowOf(self_hosted.usd)), high: Number(highOf(self_hosted.usd)) },
    }),
  )
  const crossing = crossingOf(scenario)
  const from = self_hosting?.cheaper_from.low ?? null
  const index = months.findIndex(({ month }) => month === from)
  return {
    title: 'Forecast by month',
    summary: [`${sentence(answerOf(scenario))}.`, ...(crossing === null ? [] : [crossing])].join(' '),
    table: monthTable(scenario),
    draw: width =>
      drawColumns(columns, width, {
        unit: 'USD a month',
        key: keyEntries(columns, view),
        mark: index < 0 ? null : { index, label: 'self-hosting cheaper' },
      }),
  }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** All scenarios of a forecast together, in one view. */
export const totalByMonth = ({ totals, scenarios }: Forecast, view: CostView): Chart => {
  const rows = totals.months.map(({ month, costs, at_least }) => {
    const [cost, least] = [costs[view] ?? null, at_least[view] ?? null]
    return { month, cost: cost ?? least, isLeast: cost === null && least !== null }
  })
  const columns = rows.map(
    ({ month, cost, isLeast }): Column => ({ label: shortMonth(month), ...endsOf(cost), isLeast }),
  )
  return {
    title: 'Forecast by month, all scenarios',
    summary: totalSummary({ totals }, scenarios.length, view),
    table: totalTable(rows, view),
    draw: width => drawColumns(columns, width, { unit: 'USD a month', key: keyEntries(columns, view) }),
  }
}

const totalSummary = ({ totals }: Pick<Forecast, 'totals'>, count: number, view: CostView): string => {
  const [cost, least] = [totals.costs[view] ?? null, totals.at_least[view] ?? null]
  const all = `the ${count} scenarios together over ${totals.months.length} months, ${viewLabel(view)}`
  if (cost === null && least === null) return `No cost is known for ${all}.`
  return `${cost === null ? 'At least ' : ''}${amount(cost ?? least)} for ${all}.`
}

const totalTable = (
  rows: readonly { readonly month: string; readonly cost: Printed<string> | null; readonly isLeast: boolean }[],
  view: CostView,
): Table => {
  const decimals = columnDecimals(figures(rows.map(({ cost }) => cost)))
  return {
    kind: 'table',
    columns: [left('month'), right(viewLabel(view))],
    rows: rows.map(({ month, cost, isLeast }) => [month, `${isLeast ? '≥ ' : ''}${amount(cost, decimals)}`]),
  }
}

/** @example shortMonth('2027-01') // Jan 27 */
const shortMonth = (month: string): string => `${monthInWords(month).slice(0, 3)} ${month.slice(2, 4)}`

const endsOf = (cost: Printed<string> | null): Pick<Column, 'low' | 'high'> =>
  cost === null ? { low: null, high: null } : { low: Number(lowOf(cost)), high: Number(highOf(cost)) }

const keyEntries = (columns: readonly Column[], view: CostView): KeyEntry[] => {
  const some = (test: (column: Column) => boolean, entry: KeyEntry): KeyEntry[] => (columns.some(test) ? [entry] : [])
  return [
    ...some(({ low, isLeast }) => low !== null && !isLeast, {
      label: viewLabel(view),
      colour: COLOUR.first,
      as: 'bar',
    }),
    ...some(({ low, high }) => low !== high, { label: 'its range', colour: COLOUR.first, as: 'pale' }),
    ...some(({ isLeast }) => isLeast === true, { label: 'at least', colour: COLOUR.first, as: 'hollow' }),
    ...some(({ beside }) => beside != null, { label: 'self-hosted', colour: COLOUR.second, as: 'dot' }),
    ...some(({ low }) => low === null, { label: '? unknown', colour: COLOUR.bad, as: 'hollow' }),
  ]
}
