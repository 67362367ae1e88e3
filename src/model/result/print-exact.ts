import { type Exact, type Money, quotient, toDecimals } from '../number/money.ts'
import type { Span } from '../number/range.ts'
import type { CostView, View } from '../views.ts'
import type { ScenarioResult } from './result.ts'

/** Exact money as results carry it: a saved result and a fresh one start from the same digits. */
export const money = (value: Money): string => toDecimals(value, 12)

/** Tokens as results carry them: an integer, or a decimal string where it is an expectation. */
export const count = (value: Exact): number | string => {
  const printed = toDecimals(value, 6)
  return /^\d+$/.test(printed) && Number.isSafeInteger(Number(printed)) ? Number(printed) : printed
}

/** One figure at both ends of a range: the figure itself where they print alike, else the smaller and the larger. */
const span = <T extends string | number>(a: Exact, b: Exact, print: (value: Exact) => T): Span<T> => {
  const [one, other] = [print(a), print(b)]
  if (one === other) return one
  return a.lt(b) ? { low: one, high: other } : { low: other, high: one }
}

/** An amount of USD, from its two ends. */
export const amount = (a: Money, b: Money): Span<string> => span(a, b, money)

/** Tokens, from their two ends. */
export const tokens = (a: Exact, b: Exact): Span<number | string> => span(a, b, count)

/** What is billed by the hour or the month, from its two ends: as many decimals as money has. */
export const quantity = (a: Exact, b: Exact): Span<number | string> =>
  span(a, b, value => {
    const printed = toDecimals(value, 12)
    return /^\d{1,15}$/.test(printed) ? Number(printed) : printed
  })

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

/** One value for every view, that of one's own cluster included. */
export const perView = <T>(of: (view: CostView) => T): Record<CostView, T> => ({
  ...mapViews(of),
  self_hosted: of('self_hosted'),
})

/** One figure for every view of the API's price; of self-hosting none is known here. */
export const perHosted = <T>(of: (view: View) => T): Record<CostView, T | null> => ({
  ...mapViews(of),
  self_hosted: null,
})

/** Costs of every view of the API's price as results carry them, from their two ends; what is unknown is `null`. */
export const printHosted = (cost: (view: View) => readonly [Money, Money] | null): ScenarioResult['costs'] =>
  printCosts(perHosted(cost))

/** Costs of every view as results carry them. */
export const printCosts = (
  costs: Readonly<Record<CostView, readonly [Money, Money] | null>>,
): ScenarioResult['costs'] =>
  perView(view => {
    const ends = costs[view]
    return ends && amount(...ends)
  })
