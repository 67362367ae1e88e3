import { type Exact, exact, type Money, quotient } from '../../model/number/money.ts'
import { addRanges, mapRange, type Printed, printRange, type Range, scaleRange } from '../../model/number/range.ts'
import { amount, type Costs, money, perView } from '../../model/result/print-exact.ts'
import { ALL_VIEWS } from '../../model/views.ts'

/** A cost, exact USD; `null`: unknown. */
export type Cost = Range<Money> | null

export const UNKNOWN: Costs = perView(() => null)

/** Sum of costs; unknown if any of them is. */
export const addCosts = (all: readonly Cost[]): Cost => {
  const known = all.filter(cost => cost !== null)
  return known.length < all.length ? null : addRanges(known)
}

/** Costs of every view multiplied by a factor. */
export const scaleCosts = (costs: Costs, factor: Exact): Costs =>
  perView(view => {
    const cost = costs[view]
    return cost && scaleRange(cost, factor)
  })

/** Costs of one of so many requests; a quotient with 50 digits. */
export const costsPerRequest = (costs: Costs, requests: number): Costs =>
  perView(view => costPerRequest(costs[view], requests))

export const costPerRequest = (cost: Cost, requests: number): Cost =>
  cost && mapRange(cost, usd => quotient(usd, exact(requests)))

/** Sum of costs, view by view; unknown if any of them is. */
export const sumCosts = (all: readonly Costs[]): Costs => perView(view => addCosts(all.map(costs => costs[view])))

/** A cost in the form that documents carry. */
export const printCost = (cost: Cost): Printed<string> | null => cost && amount(cost)

/** b minus a, end by end, of the printed figures, so that printed differences add up to the digit. */
export const printDifference = (b: Cost, a: Cost): Printed<string> | null => {
  if (a === null || b === null) return null
  const printed = (value: Money): Exact => exact(money(value))
  const less = { low: printed(b.low).minus(printed(a.low)), high: printed(b.high).minus(printed(a.high)) }
  return printRange(less, money)
}

/** Whether both cost the same to the digit in every view, or are both unknown. */
export const isSame = (a: Costs, b: Costs): boolean =>
  ALL_VIEWS.every(view => JSON.stringify(printCost(a[view])) === JSON.stringify(printCost(b[view])))
