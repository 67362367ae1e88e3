import { type Cost, sumCosts } from '../../cost/fleet/costs.ts'
import { addRanges, type Range } from '../../model/number/range.ts'
import type { Forecast, ForecastMonth } from '../../model/result/forecast.ts'
import { amount, type Costs, perView, printCosts } from '../../model/result/print-exact.ts'

/** Sums over months and scenarios. */

/** The costs of some months; a view that one of them lacks is unknown, and what is known of it is at least. */
export const addMonths = (all: readonly Costs[]): Pick<Forecast['totals'], 'costs' | 'at_least'> => ({
  costs: printCosts(sumCosts(all)),
  at_least: Object.fromEntries(
    Object.entries(knownPart(all)).flatMap(([view, cost]) => (cost ? [[view, amount(cost)]] : [])),
  ),
})

/** The sum of the months that are known, view by view; `null`: none is. */
export const knownPart = (all: readonly Costs[]): Costs =>
  perView(view => {
    const known = all.flatMap(costs => costs[view] ?? [])
    return known.length === 0 ? null : addRanges(known)
  })

/** One month of one scenario. */
interface Dated {
  readonly month: ForecastMonth['month']
  readonly costs: Costs
}

/** Sums over scenarios, month by month and over all. */
export const addScenarios = (all: readonly Dated[]): Forecast['totals'] => {
  const names = [...new Set(all.map(({ month }) => month))].sort()
  return {
    months: names.map(month => ({
      month,
      ...addMonths(all.filter(one => one.month === month).map(({ costs }) => costs)),
    })),
    ...addMonths(all.map(({ costs }) => costs)),
  }
}

/** The first month in which one cost is below another, at each end: low is the best case, high the worst. */
export const firstBelow = (
  months: readonly { readonly month: string; readonly own: Cost; readonly api: Cost }[],
): Range<string | null> => {
  const first = (isBelow: (own: Range<NonNullable<Cost>['low']>, api: NonNullable<Cost>) => boolean): string | null =>
    months.find(({ own, api }) => own !== null && api !== null && isBelow(own, api))?.month ?? null
  return { low: first((own, api) => own.low.lt(api.high)), high: first((own, api) => own.high.lt(api.low)) }
}
