import { type Exact, type Money, quotient, toDecimals } from '../number/money.ts'
import { inOrder, type Printed, printRange, type Range } from '../number/range.ts'
import type { CostView, View } from '../views.ts'
import type { ScenarioResult } from './result.ts'

/** Exact money in the form that results carry: a saved result and a fresh one start from the same digits. */
export const money = (value: Money): string => toDecimals(value, 12)

/** Tokens in the form that results carry: an integer, or a decimal string for an expectation. */
export const count = (value: Exact): number | string => {
  const printed = toDecimals(value, 6)
  return /^\d+$/.test(printed) && Number.isSafeInteger(Number(printed)) ? Number(printed) : printed
}

/** An amount of USD. */
export const amount = (range: Range<Money>): Printed<string> => printRange(inOrder(range), money)

/** Tokens. */
export const tokens = (range: Range<Exact>): Printed<number | string> => printRange(inOrder(range), count)

/** A quantity billed by the hour or the month, with as many decimals as money. */
export const quantity = (range: Range<Exact>): Printed<number | string> =>
  printRange(inOrder(range), value => {
    const printed = toDecimals(value, 12)
    return /^\d{1,15}$/.test(printed) ? Number(printed) : printed
  })

/** A ratio, as a double. */
export const ratio = (range: Range<Exact>): Printed<number> =>
  printRange(inOrder(range), value => Number(value.toFixed()))

export const share = (part: Exact, whole: Exact): number | null =>
  whole.isZero() ? null : Number(quotient(part, whole).toFixed())

/** One value for every view of the API's price. */
export const mapViews = <T>(of: (view: View) => T): Record<View, T> => ({
  headline: of('headline'),
  cached_ideal: of('cached_ideal'),
  cached: of('cached'),
  batch: of('batch'),
  batch_cached: of('batch_cached'),
})

/** One value for every view, including the self-hosted cluster's. */
export const perView = <T>(of: (view: CostView) => T): Record<CostView, T> => ({
  ...mapViews(of),
  self_hosted: of('self_hosted'),
})

/** One figure for every view of the API's price; `null` for the self-hosted view. */
export const perHosted = <T>(of: (view: View) => T): Record<CostView, T | null> => ({
  ...mapViews(of),
  self_hosted: null,
})

/** A cost by view, USD per period; `null`: unknown. */
export type ViewCosts = Readonly<Record<View, Range<Money> | null>>

/** A cost by view, USD per period, including the self-hosted cluster's; `null`: unknown. */
export type Costs = Readonly<Record<CostView, Range<Money> | null>>

/** Costs of every view in the form that results carry. */
export const printCosts = (costs: Costs): ScenarioResult['costs'] =>
  perView(view => {
    const cost = costs[view]
    return cost && amount(cost)
  })

/** Costs of every view of the API's price in the form that results carry; `null`: unknown. */
export const printHosted = (costs: ViewCosts): ScenarioResult['costs'] => printCosts({ ...costs, self_hosted: null })
