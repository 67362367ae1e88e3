import { gathered } from '../../model/gathered.ts'
import { exact, toDecimals } from '../../model/number/money.ts'
import { highOf, lowOf, type Printed } from '../../model/number/range.ts'
import { plural } from '../../model/plural.ts'
import type { Forecast, ForecastMonth, ForecastScenario } from '../../model/result/forecast.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatCount, formatShare } from '../figures/format.ts'

import { monthInWords } from '../figures/period.ts'

/** Wording about a forecast that all formats share. */

const PAID: Readonly<Record<CostView, string>> = {
  headline: 'at list price, nothing cached',
  cached_ideal: 'with every input token cached, a bound',
  cached: 'expected with caching',
  batch: 'in batches, nothing cached',
  batch_cached: 'in batches with cache hits',
  self_hosted: 'on your own cluster',
}

/** Whole dollars from $1,000 up: a sentence needs no cents. */
const sentenceDecimals = (amounts: readonly (Printed<string> | null | undefined)[]): number => {
  const all = figures(amounts).filter(one => !exact(one).isZero())
  return all.every(one => exact(one).abs().gte(1000)) ? 0 : columnDecimals(all)
}

type Sums = Pick<Forecast['totals'], 'costs' | 'at_least'>

/** What a view costs over all months, in words; a sum that lacks a month is at least. */
const overall = ({ costs, at_least }: Sums, view: CostView, decimals?: number): string => {
  const whole = costs[view]
  if (whole !== null) return amount(whole, decimals)
  const known = at_least[view]
  return known === undefined ? 'N/A' : `at least ${amount(known, decimals)}`
}

/** The answer in one sentence: the first month, the last, all of them, and a cheaper way if there is one. */
export const answerOf = ({ months, total, answer, bounds }: ForecastScenario): string => {
  const { view, cheapest } = answer
  if (view === null) return `no price over ${plural(months.length, 'month')}`
  const known = months.filter(({ costs }) => costs[view] !== null)
  const [first, last] = [known[0], known.at(-1)]
  const shown = [first?.costs[view], last?.costs[view], total.costs[view] ?? total.at_least[view]]
  const decimals = sentenceDecimals(shown)
  const inMonth = (one: ForecastMonth | undefined): string =>
    one ? `${amount(one.costs[view], decimals)} in ${monthInWords(one.month)}` : ''
  const unknown = months.length - known.length
  const all = `${overall(total, view, decimals)} over ${plural(months.length, 'month')}`
  const lacking = unknown > 0 ? `, ${unknown} of them without a price` : ''
  const each = first === last ? inMonth(first) : `${inMonth(first)}, ${inMonth(last)}`
  const whole = months.length === 1 ? each : `${each}: ${all}${lacking}`
  const bound = view !== 'self_hosted' && bounds[view] !== undefined ? ' (a bound)' : ''
  return `${whole}, ${PAID[view]}${bound}${cheaperIn(total, { view, cheapest })}`
}

const cheaperIn = (total: Sums, { view, cheapest }: ForecastScenario['answer']): string => {
  if (cheapest === null) return ''
  if (cheapest === view) return '; the cheapest way on offer'
  const cost = total.costs[cheapest] ?? total.at_least[cheapest]
  return `; cheaper on offer: ${overall(total, cheapest, sentenceDecimals([cost]))} ${PAID[cheapest]}`
}

/** The workload and how it grows. */
export const workOf = ({ served_by, requests, per, weekdays_only, growth, months }: ForecastScenario): string => {
  const period = weekdays_only && per === 'day' ? 'a working day' : per === 'hour' ? 'an hour' : `a ${per}`
  const pace =
    months[0]?.requests === null ? `totals ${period}` : `${plural(formatCount(requests), 'request')} ${period}`
  return `${served_by}, ${pace}${growth ? growthInWords(growth, months) : ''}`
}

const growthInWords = (
  { per_month, from }: NonNullable<ForecastScenario['growth']>,
  months: ForecastScenario['months'],
): string => {
  const percent = exact(per_month).times(100)
  const [sign, last] = [percent.isNegative() ? '-' : '+', months.at(-1)]
  const times =
    last && last.growth !== '1' ? `, ×${toDecimals(exact(last.growth), 2)} by ${monthInWords(last.month)}` : ''
  return `, ${sign}${percent.abs().toFixed()}% a month from ${monthInWords(from)} on${times}`
}

/** When your own cluster first is the cheaper way; `null`: none is compared. */
export const crossingOf = ({ self_hosting, months }: ForecastScenario): string | null => {
  if (!self_hosting) return null
  const { view, cheaper_from } = self_hosting
  const { low, high } = cheaper_from
  const than = `than the API ${PAID[view]}`
  const span = `in these ${plural(months.length, 'month')}`
  const nodes = (month: string | null): string => {
    const found = months.find(one => one.month === month)?.self_hosted?.nodes
    return found === undefined ? '' : ` (${nodesInWords(found)})`
  }
  if (low === null) return `Your own cluster is never cheaper ${than} ${span}.`
  const first = `${monthInWords(low)}${nodes(low)}`
  if (low === high) return `Your own cluster is first cheaper ${than} in ${first}.`
  const worst = high === null ? 'in its worst case never' : `in its worst case in ${monthInWords(high)}${nodes(high)}`
  return `Your own cluster is first cheaper ${than} in ${first} in its best case, ${worst}.`
}

const nodesInWords = (nodes: NonNullable<ForecastMonth['self_hosted']>['nodes']): string => {
  const [low, high] = typeof nodes === 'number' ? [nodes, nodes] : [nodes.low, nodes.high]
  const one = (count: number): string => formatCount(toDecimals(exact(String(count)), 1))
  return low === high ? plural(one(low), 'node') : `${one(low)}-${one(high)} nodes`
}

/** Months that a sentence is about: a row of them by its ends. */
const monthsInWords = (some: readonly string[], all: readonly string[]): string => {
  const [first = '', last = ''] = [some[0], some.at(-1)]
  if (some.length === 1) return monthInWords(first)
  const isRow = all.indexOf(last) - all.indexOf(first) === some.length - 1
  return isRow ? `${monthInWords(first)} to ${monthInWords(last)}` : some.map(monthInWords).join(', ')
}

/** What months assume, and why they lack a price, each sentence once with its months. */
export const monthNotes = ({ months }: ForecastScenario): string[] => {
  const all = months.map(({ month }) => month)
  const notes = gathered(months.flatMap(({ month, notes }) => notes.map(note => [note, month] as const)))
  return [...notes].map(([note, some]) => `${monthsInWords(some, all)}: ${note}.`)
}

/** Why the views of the table are unknown in months that have a price, each reason once. */
export const reasonNotes = ({ months }: ForecastScenario, views: readonly CostView[]): string[] => {
  const all = months.map(({ month }) => month)
  const found = gathered(
    months.flatMap(({ month, reasons, notes }) =>
      views.flatMap(view => {
        const why = reasons[view]
        return why === undefined || notes.includes(why) ? [] : [[`${viewLabel(view)}: ${why}`, month] as const]
      }),
    ),
  )
  return [...found].map(([why, some]) => `${some.length === all.length ? '' : `${monthsInWords(some, all)}, `}${why}.`)
}

/** How many hours a month has here, and elsewhere. */
export const calendarNote = ({ timezone, months }: ForecastScenario): string => {
  const [first] = months
  const example = first ? ` (${monthInWords(first.month)} has ${formatCount(first.hours)} hours)` : ''
  return `Months are calendar months in ${timezone}${example}; the other commands reckon with months of 730 hours.`
}

/** Both ends of a cost, for a drawing. */
export const endsOf = (cost: Printed<string>): readonly [number, number] => [Number(lowOf(cost)), Number(highOf(cost))]

/** What the figures rest on: counted, or in full. Those of single months stand above. */
export const assumptionsOf = ({ assumptions, warnings }: ForecastScenario, explain: boolean): string[] => {
  if (explain) return assumptions.map(({ what }) => `Assumed: ${what}.`)
  if (assumptions.length === 0 && warnings.length === 0) return []
  const counts = [
    ...(assumptions.length > 0 ? [plural(assumptions.length, 'assumption')] : []),
    ...(warnings.length > 0 ? [plural(warnings.length, 'warning')] : []),
  ]
  return [`${counts.join(' and ')}; --explain shows them in full.`]
}

/** @example shareInWords(0.296) // 29.6% */
export const shareInWords = (share: number): string => formatShare(share)
