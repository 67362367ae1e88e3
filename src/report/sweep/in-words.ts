import { plural } from '../../model/plural.ts'
import type { Sweep, SweptCell } from '../../model/result/sweep.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { name, type Text } from '../blocks/block.ts'
import { amount, figures as amountsIn } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { aPeriod } from '../figures/period.ts'
import { basisIn, costIn, extremesOf, figuresIn, keyedText, valueText } from './cells.ts'

/** Wording about a sweep that all formats share. */

const HOW: Readonly<Record<CostView, string>> = {
  headline: 'at list price',
  cached_ideal: 'if all input were cached, a bound',
  cached: 'expected with caching',
  batch: 'in the batch tier at list price',
  batch_cached: 'in the batch tier with caching',
  self_hosted: 'on your own cluster',
}

/** The unit of the costs that are compared: `a working day`; where the periods differ, a month or a request. */
export const periodIn = (sweep: Sweep): string => {
  const basis = basisIn(sweep)
  const [first] = figuresIn(sweep)
  if (!first || basis === 'per_month') return 'a month'
  if (basis === 'per_request') return `a ${requestIn(sweep)}`
  return first.per === 'day' && first.weekdays_only ? 'a working day' : aPeriod(first.per)
}

/** What one request is called. */
export const requestIn = (sweep: Sweep): string =>
  figuresIn(sweep).every(({ turns }) => (turns ?? 1) > 1) ? 'conversation' : 'request'

const at = (sweep: Sweep, cell: SweptCell, first: boolean): string =>
  sweep.keys.length > 1 || first ? keyedText(sweep, cell) : (cell.values[0] ?? '')

/**
 * The answer in one sentence.
 *
 * @example From $12.10 a day at request.output=350 to $41.90 at 1400, expected with caching.
 */
export const answerIn = (sweep: Sweep): string => {
  const found = extremesOf(sweep)
  const how = HOW[sweep.view]
  if (!found) return `The costs have different periods, as each row says, and no common unit; ${how}.`
  const { least, most } = found
  const [low, high] = [costIn(sweep, least), costIn(sweep, most)]
  const period = periodIn(sweep)
  if (JSON.stringify(low) === JSON.stringify(high)) {
    return `${amount(low)} ${period} at every value of ${sweep.keys.map(({ key }) => key).join(' and ')}, ${how}.`
  }
  return `From ${amount(low)} ${period} at ${at(sweep, least, true)} to ${amount(high)} at ${at(sweep, most, false)}, ${how}.`
}

/** The same in a month and for a request, as far as they are known. */
export const alsoIn = (sweep: Sweep): string[] => {
  const found = extremesOf(sweep)
  if (!found) return []
  const { least, most } = found
  const span = (key: 'per_month' | 'per_request'): string | null => {
    const ends = [least, most].map(({ figures }) => figures?.[key]?.[sweep.view] ?? null)
    if (ends.some(end => end === null)) return null
    const decimals = columnDecimals(amountsIn(ends))
    const [from, to] = ends.map(end => amount(end, decimals))
    return from === to ? `${from}` : `${from} to ${to}`
  }
  const [period, request] = [periodIn(sweep), `a ${requestIn(sweep)}`]
  const parts = [
    ...(period === 'a month' ? [] : [[span('per_month'), 'a month']]),
    ...(period === request ? [] : [[span('per_request'), request]]),
  ].flatMap(([text, unit]) => (text == null ? [] : [`${text} ${unit}`]))
  return parts.length === 0 ? [] : [`That is ${parts.join(', and ')}.`]
}

/** What was varied, on what. */
export const subjectIn = (sweep: Sweep): Text => {
  const all = figuresIn(sweep)
  const [models, days] = [new Set(all.map(({ model }) => model)), new Set(all.map(({ at: day }) => day))]
  const [[model], [day]] = [[...models], [...days]]
  const parts = [
    ` over ${sweep.keys.map(({ key }) => key).join(' and ')}`,
    ...(models.size === 1 && model ? [model] : []),
    ...(days.size === 1 ? [`prices of ${day}`] : []),
  ]
  return [name(sweep.name), `${parts.join(', ')}.`]
}

/** Cells without an answer, each reason once. */
export const gapsIn = (sweep: Sweep): string[] => {
  const lost = sweep.cells.filter(({ figures }) => figures === null)
  if (lost.length === 0) return []
  const reasons = [...new Set(lost.map(({ reason }) => reason ?? 'unknown'))]
  return [
    `No answer for ${lost.length} of ${plural(sweep.cells.length, 'value')}:`,
    ...reasons.map(reason => {
      const own = lost.filter(cell => (cell.reason ?? 'unknown') === reason)
      return `  ${own.map(cell => (sweep.keys.length > 1 ? keyedText(sweep, cell) : valueText(cell, 0))).join('; ')}: ${reason}`
    }),
  ]
}

/** Why views have no cost or only a bound, each reason once with its views and, unless it is all, its values. */
export const viewNotes = (sweep: Sweep, views: readonly CostView[]): string[] => {
  const answered = sweep.cells.filter(({ figures }) => figures !== null)
  return views.flatMap(view => {
    const why = (cell: SweptCell): string | undefined =>
      cell.figures?.costs[view] === null
        ? cell.figures.reasons[view]
        : view === 'self_hosted'
          ? undefined
          : cell.figures?.bounds[view] && `a bound: ${cell.figures.bounds[view]}`
    const reasons = [...new Set(answered.flatMap(cell => why(cell) ?? []))]
    return reasons.map(reason => {
      const own = answered.filter(cell => why(cell) === reason)
      const where = own.length === answered.length ? '' : ` (${few(own.map(cell => keyedText(sweep, cell)))})`
      return `${viewLabel(view)}${where}: ${reason}`
    })
  })
}

const MOST_NAMED = 3

const few = (items: readonly string[]): string => {
  const more = items.length - MOST_NAMED
  return `${items.slice(0, MOST_NAMED).join('; ')}${more > 0 ? ` and ${more} more` : ''}`
}
