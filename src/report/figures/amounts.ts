import { highOf, isRange, lowOf, middleOf, type Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { CostView, View } from '../../model/views.ts'
import { formatChange, formatCount, formatUsd, spanned } from './format.ts'

/** Amounts and counts in readable form; they may be ranges. */

export const counted = (count: Printed<number | string>): string => spanned(count, formatCount)

/** The cost of a view, from low to high if it rests on estimates, or N/A. */
export const amount = (cost: Printed<string> | null, decimals?: number): string =>
  cost === null ? 'N/A' : spanned(cost, value => formatUsd(value, decimals))

/** Distance of a cost from another as a percentage; a range counts by its middle. */
export const change = (cost: Printed<string>, base: Printed<string>): string =>
  formatChange(middleOf(cost).toFixed(), middleOf(base).toFixed())

/** Distance of a view from the list price. A cluster's price varies independently, so both ends are compared. */
export const changeOf = (view: CostView, cost: Printed<string>, headline: Printed<string>): string => {
  if (view !== 'self_hosted') return change(cost, headline)
  const [low, high] = [formatChange(lowOf(cost), highOf(headline)), formatChange(highOf(cost), lowOf(headline))]
  return low === high ? low : `${low} to ${high}`
}

/** The figures of amounts, including both ends of ranges. */
export const figures = (amounts: readonly (Printed<string> | null | undefined)[]): string[] =>
  amounts.flatMap(amount => (amount == null ? [] : isRange(amount) ? [lowOf(amount), highOf(amount)] : [amount]))

/** All traffic in the cheapest hours to all in the most expensive. */
export const span = ({ low, high }: { readonly low: string; readonly high: string }, decimals: number): string =>
  `${formatUsd(low, decimals)} – ${formatUsd(high, decimals)}`

export const costsOf = ({ costs }: Pick<ScenarioResult, 'costs'>, views: readonly View[]): string[] =>
  figures(views.map(view => costs[view]))
