import { BOARD_LABELS } from '../../model/book/choices.ts'
import { gathered } from '../../model/gathered.ts'
import type { Result, ScenarioResult } from '../../model/result/result.ts'
import type { Point, RouteFound } from '../../model/result/route.ts'
import { viewLabel } from '../../model/views.ts'
import { type Column, left, names, right, type Table } from '../blocks/block.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { unitOf } from '../figures/period.ts'
import { unitsBeside } from '../fleet/both-ends.ts'

/** The table of models by cost and quality. */

/** More points than this are shown by the frontier and the serving models alone, without `--explain`. */
const MOST_POINTS = 12

/** The points that a report shows: all, or of many those on the frontier and those that serve the scenario. */
export const shownPoints = (
  { points }: RouteFound,
  { served, explain }: { readonly served: readonly string[]; readonly explain: boolean },
): readonly Point[] =>
  explain || points.length <= MOST_POINTS
    ? points
    : points.filter(({ dominated_by, model }) => dominated_by === null || served.includes(model))

/** Models with a score, cheapest first. @param points - those that are shown */
export const pointsTable = ({ scenarios: [scenario] }: Result, found: RouteFound, points: readonly Point[]): Table => {
  const rows = onceEach(points)
  const number: Filled = { column: right('#'), cells: rows.map((_, i) => String(i + 1)) }
  const named: Filled = {
    column: names(`Model, by ${viewLabel(found.view)}`),
    cells: rows.map(({ point }) => point.model),
  }
  const costs = costColumns(rows, scenario)
  const quality: Filled = { column: right('quality'), cells: rows.map(({ point }) => point.quality) }
  const judged = judgedColumns(rows, found)
  // Every unit of the cost stays, and what the numbers of other rows are about.
  const narrow = [tableOf([number, named, ...costs]), tableOf([number, quality, ...judged])]
  return { ...tableOf([number, named, ...costs, quality, ...judged]), narrow }
}

/** A column, and its cell in each row. */
interface Filled {
  readonly column: Column
  readonly cells: readonly string[]
}

const tableOf = (filled: readonly Filled[]): Table => ({
  kind: 'table',
  columns: filled.map(({ column }) => column),
  rows: (filled[0]?.cells ?? []).map((_, i) => filled.map(({ cells }) => cells[i] ?? '')),
})

/** What each costs if it serves everything: a period, a month and a request. */
const costColumns = (rows: readonly Row[], scenario: ScenarioResult | undefined): Filled[] => {
  const costs = rows.map(({ point }) => point.cost)
  const inUnit = (title: string, own: readonly Point['cost'][]): Filled => {
    const decimals = columnDecimals(figures(own))
    return { column: right(title), cells: own.map(cost => amount(cost, decimals)) }
  }
  return [
    inUnit(scenario ? unitOf(scenario) : 'USD', costs),
    ...(scenario ? unitsBeside(scenario) : []).map(({ name, of }) => inUnit(`USD ${name}`, costs.map(of))),
  ]
}

/** How sure a score is, where it is from, and where that leaves the model. */
const judgedColumns = (rows: readonly Row[], found: RouteFound): Filled[] => {
  const nameOf = namesOf(rows)
  const intervals = rows.map(({ point: { interval } }) => (interval ? `${interval.low}–${interval.high}` : ''))
  return [
    ...(intervals.some(Boolean) ? [{ column: left('interval', { drop: 2 }), cells: intervals }] : []),
    { column: left('score from', { drop: 1 }), cells: rows.map(({ point }) => scoreSource(point, found)) },
    { column: left('', { wraps: true }), cells: rows.map(({ point, hosts }) => standing(point, { nameOf, hosts })) },
  ]
}

interface Row {
  readonly point: Point
  /** Models of the same cost and quality: mostly the same weights at another host. */
  readonly same: readonly string[]
  /** Their providers. */
  readonly hosts: readonly string[]
}

/** Points of equal cost and quality as one row. */
const onceEach = (points: readonly Point[]): Row[] =>
  [...gathered(points.map(point => [JSON.stringify([point.cost, point.quality]), point] as const)).values()].flatMap(
    ([point, ...twins]) =>
      point
        ? [{ point, same: twins.map(({ model }) => model), hosts: [...new Set(twins.map(({ provider }) => provider))] }]
        : [],
  )

/** A model's row by number where it has one, so that long names are not repeated. */
const namesOf = (rows: readonly Row[]): ((model: string) => string) => {
  const numbers = new Map(rows.flatMap(({ point, same }, i) => [point.model, ...same].map(model => [model, i + 1])))
  return model => (numbers.has(model) ? `#${numbers.get(model)}` : model)
}

/** Where a model stands among the others. */
const standing = (
  { dominated_by, tied_with }: Point,
  { nameOf, hosts }: Pick<Row, 'hosts'> & { readonly nameOf: (model: string) => string },
): string => {
  const where = dominated_by === null ? 'on the frontier' : `dominated by ${nameOf(dominated_by)}`
  return [
    where,
    ...(tied_with ? [`within the margin of ${nameOf(tied_with)}`] : []),
    ...(hosts.length > 0 ? [`the same at ${hosts.join(', ')}`] : []),
  ].join('; ')
}

/** Where a score is from. */
const scoreSource = ({ quality_from: from, variant }: Point, { score = 'arena' }: RouteFound): string => {
  if (from === 'call') return '--quality'
  return from === 'scenario' ? 'scenario' : `${BOARD_LABELS[score]}${variant ? `, as ${variant}` : ''}`
}
