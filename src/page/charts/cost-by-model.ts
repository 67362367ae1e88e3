import { withTerms } from '../../cost/workload/serving.ts'
import { highOf, lowOf, middleOf, type Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { left, names, right, type Table } from '../../report/blocks/block.ts'
import { sayUsd } from '../../report/estimate/answer-in-words.ts'
import { amount, figures } from '../../report/figures/amounts.ts'
import { columnDecimals } from '../../report/figures/format.ts'
import type { Chart } from './chart.ts'
import { type Bar, drawBars } from './drawing/bars.ts'
import { COLOUR } from './drawing/frame.ts'

/** A model with the cheapest way to run the workload on it. */
interface Ranked {
  readonly name: string
  readonly isOwn: boolean
  readonly view: CostView | null
  readonly cost: Printed<string> | null
  readonly reason: string
}

/**
 * The same workload on several models, cheapest first, each in its cheapest view.
 *
 * @param own - the scenario itself; it is marked
 * @param others - the same workload on other models
 */
export const costByModel = (own: ScenarioResult, others: readonly ScenarioResult[]): Chart => {
  const unit = own.per_month ? 'a month' : 'a run'
  const all = [rankedOf(own, true), ...others.map(one => rankedOf(one, false))]
  const known = all.filter(isKnown).sort((a, b) => middleOf(a.cost).comparedTo(middleOf(b.cost)))
  const unknown = all.filter(one => !isKnown(one))
  const bars = known.map((one, i): Bar => {
    const tags = [viewLabel(one.view ?? 'headline'), ...(one.isOwn ? ['yours'] : []), ...(i === 0 ? ['cheapest'] : [])]
    return {
      name: one.name,
      tag: tags.join(', '),
      figure: sayUsd(one.cost),
      low: Number(lowOf(one.cost)),
      high: Number(highOf(one.cost)),
      colour: one.isOwn ? COLOUR.first : i === 0 ? COLOUR.second : COLOUR.quiet,
    }
  })
  return {
    title: `Cost ${unit} on other models`,
    summary: summaryOf(known, unknown.length),
    table: tableOf([...known, ...unknown], unit),
    draw: width => drawBars(bars, width, { label: `USD ${unit}, each model in its cheapest view` }),
  }
}

type Known = Ranked & { readonly cost: Printed<string> }
const isKnown = (one: Ranked): one is Known => one.cost !== null

const rankedOf = (result: ScenarioResult, isOwn: boolean): Ranked => {
  const view = result.answer?.cheapest ?? null
  const { routing, model } = result
  const fleet = routing ? routing.legs.map(leg => leg.model).join(' + ') : null
  return {
    name: withTerms(fleet ?? model ?? result.name, result),
    isOwn,
    view,
    cost: (view && (result.per_month ?? result.costs)[view]) ?? null,
    reason: result.reasons.cached ?? result.reasons.headline ?? '',
  }
}

const summaryOf = (known: readonly Known[], unknown: number): string => {
  const [first] = known
  if (!first) return 'No cost is known on any of these models.'
  const place = known.findIndex(({ isOwn }) => isOwn)
  const own = known[place]
  const lacking = unknown > 0 ? ` The cost of ${unknown} more is unknown.` : ''
  if (place === 0) return `Of ${known.length} models, ${first.name} is the cheapest, ${sayUsd(first.cost)}.${lacking}`
  const yours = own
    ? `; ${own.name}, the model of this workload, is number ${place + 1} of ${known.length}, ${sayUsd(own.cost)}`
    : ''
  return `${first.name} is the cheapest, ${sayUsd(first.cost)}${yours}.${lacking}`
}

const tableOf = (ranked: readonly Ranked[], unit: string): Table => {
  const decimals = columnDecimals(figures(ranked.map(({ cost }) => cost)))
  const marked = ranked.findIndex(({ isOwn }) => isOwn)
  return {
    kind: 'table',
    columns: [names('model'), left('view'), right(`USD ${unit}`), left('')],
    rows: ranked.map(({ name, view, cost, isOwn, reason }) => [
      name,
      view === null ? '' : viewLabel(view),
      amount(cost, decimals),
      isOwn ? 'the model of this workload' : cost === null ? reason : '',
    ]),
    ...(marked < 0 ? {} : { marked }),
  }
}
