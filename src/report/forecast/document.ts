import { plural } from '../../model/plural.ts'
import type { Forecast, ForecastScenario } from '../../model/result/forecast.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { type Block, heading, left, name, notes, paragraph, right, type Table, warningList } from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatCount } from '../figures/format.ts'
import { provenance } from '../figures/provenance.ts'
import { barsOf } from './bars.ts'
import * as words from './in-words.ts'
import { monthTable, shownViews } from './month-table.ts'

/** A forecast: for each scenario its answer, a bar and a row for each month, and what they rest on. */
export const forecastBlocks = (forecast: Forecast, { explain }: Pick<RenderOptions, 'explain'>): Block[] => [
  ...forecast.scenarios.flatMap(scenario => scenarioBlocks(scenario, explain)),
  ...(forecast.scenarios.length > 1 ? [totalsTable(forecast)] : []),
  ...(forecast.warnings.length > 0 ? [notes([warningList(forecast.warnings)])] : []),
  paragraph(provenance(forecast.pricing)),
]

const scenarioBlocks = (scenario: ForecastScenario, explain: boolean): Block[] => {
  const crossing = words.crossingOf(scenario)
  const { description } = scenario
  const assumed = words.assumptionsOf(scenario, explain)
  return [
    heading(words.answerOf(scenario), {
      ...(description ? { about: description } : {}),
      notes: [[name(scenario.name), ': ', `${words.workOf(scenario)}.`], ...(crossing ? [crossing] : [])],
    }),
    ...barsOf(scenario),
    monthTable(scenario),
    notes([
      ...words.monthNotes(scenario),
      ...words.reasonNotes(scenario, shownViews(scenario)),
      words.calendarNote(scenario),
      ...assumed,
    ]),
    ...(explain ? [hoursTable(scenario)] : []),
  ]
}

/** Which price rows and which hours make each month. */
const hoursTable = ({ months }: ForecastScenario): Table => ({
  kind: 'table',
  title: 'Price rows and hours by month',
  compact: true,
  columns: [
    left('month', { once: true }),
    left('model', { shortens: true }),
    left('row or hours'),
    right('hours'),
    right('of requests'),
    left('source', { drop: 1 }),
  ],
  rows: months.flatMap(({ month, prices, windows }) => [
    ...prices.map(({ model, row_from, row_to, hours, source }) => [
      month,
      model,
      `${row_from} to ${row_to ?? 'now in force'}`,
      formatCount(hours),
      '',
      source,
    ]),
    ...windows
      .filter(({ window }) => window !== null)
      .map(({ model, window, hours, share }) => [
        month,
        model,
        window ?? '',
        formatCount(hours),
        words.shareInWords(share),
        '',
      ]),
  ]),
})

const totalsTable = ({ scenarios, totals }: Forecast): Table => {
  const every = (view: CostView): boolean => scenarios.every(({ total }) => total.at_least[view] !== undefined)
  const views = [...new Set(scenarios.flatMap(shownViews))].filter(every)
  const decimals = columnDecimals(figures(views.flatMap(view => totals.months.map(({ costs }) => costs[view]))))
  const cells = ({ costs, at_least }: Pick<Forecast['totals'], 'costs' | 'at_least'>): string[] =>
    views.map(view => {
      const least = at_least[view]
      return costs[view] === null && least !== undefined
        ? `≥ ${amount(least, decimals)}`
        : amount(costs[view], decimals)
    })
  return {
    kind: 'table',
    title: `All ${plural(scenarios.length, 'scenario')}, USD in the calendar month`,
    columns: [left('month'), ...views.map(view => right(viewLabel(view)))],
    rows: [...totals.months.map(month => [month.month, ...cells(month)]), ['total', ...cells(totals)]],
  }
}
