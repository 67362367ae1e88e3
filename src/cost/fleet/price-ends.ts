import { InputError } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { exact, type Money, ONE, quotient } from '../../model/number/money.ts'
import type { Span } from '../../model/number/range.ts'
import { money, perView } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { ALL_VIEWS, type CostView } from '../../model/views.ts'
import type { Most } from '../api/price-bounds.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'
import { billedEnds, costEnds, hostedCostCeiling, type PricedScenario, priceScenario } from './price-scenario.ts'
import { mostBeside } from './self-host.ts'

/** A scenario and the moment that it is priced at. */
export interface DatedScenario {
  readonly scenario: Scenario
  /** Date or instant. */
  readonly at: string
}

/** Both ends of a cost, the smaller first, exact USD; `null`: unknown. */
export type Ends = readonly [Money, Money] | null

/** Both ends of every view; exact USD. */
export type Costs = Readonly<Record<CostView, Ends>>

/** What a scenario costs by view, or why it cannot be priced at all. */
export interface PricedEnds {
  readonly views: Costs
  readonly why: string | null
}

export const UNKNOWN: Costs = perView(() => null)

/** The ends of every view of what is priced already. */
export const endsOf = (priced: PricedScenario): Costs =>
  perView(view => (view === 'self_hosted' ? billedEnds(priced.clusterBill) : costEnds(priced, view)))

/** What a view cannot cost more than, USD per period; `null`: its high end is its most. */
export const viewCostCeiling = (priced: PricedScenario, view: CostView): Most | null =>
  view === 'self_hosted' ? mostBeside(priced) : hostedCostCeiling(priced, view)

/** A scenario without what it is compared with: that costs nothing, and may have no price there. */
const alone = (scenario: Scenario): Scenario =>
  scenario.routing ? { ...scenario, routing: { ...scenario.routing, baselines: [] } } : scenario

/** Prices a scenario on a book; that it has no price there is an answer, not an error. USD per period. */
export const priceEnds = ({ scenario, at }: DatedScenario, book: Book): PricedEnds => {
  try {
    return { views: endsOf(priceScenario(alone(scenario), book, at)), why: null }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { views: UNKNOWN, why: error.message }
  }
}

/** Costs of every view times a factor. */
export const scaled = (views: Costs, factor: Money): Costs =>
  perView(view => {
    const ends = views[view]
    return ends && [ends[0].times(factor), ends[1].times(factor)]
  })

/** Costs added up view by view; unknown where one of them is. */
export const sumEnds = (all: readonly Costs[]): Costs =>
  perView(view => {
    let [low, high] = [exact(0), exact(0)]
    for (const views of all) {
      const ends = views[view]
      if (ends === null) return null
      low = low.plus(ends[0])
      high = high.plus(ends[1])
    }
    return [low, high]
  })

/**
 * How one scenario's periods go into another's: a week's cost as a day's is a seventh.
 *
 * @returns `null` where only one of them has a clock
 */
export const periodFactor = (from: Scenario, to: Scenario): Money | null => {
  const [a, b] = [periodsPerMonth(from.traffic), periodsPerMonth(to.traffic)]
  if (a === null && b === null) return ONE
  if (a === null || b === null) return null
  return a.eq(b) ? ONE : quotient(a, b)
}

/** Two ends as a document has them, each kept at its place: one figure where they are equal. */
export const printEnds = (ends: Ends): Span<string> | null => {
  if (ends === null) return null
  const [low, high] = [money(ends[0]), money(ends[1])]
  return low === high ? low : { low, high }
}

/** b less a, end by end, of the printed figures: so that printed differences add up to the digit. */
export const printDifference = (b: Ends, a: Ends): Span<string> | null => {
  if (a === null || b === null) return null
  const less = (end: 0 | 1): string => money(exact(money(b[end])).minus(exact(money(a[end]))))
  return less(0) === less(1) ? less(0) : { low: less(0), high: less(1) }
}

/** Whether every view of both costs the same to the digit, or is unknown in both. */
export const isSame = (a: Costs, b: Costs): boolean =>
  ALL_VIEWS.every(view => JSON.stringify(printEnds(a[view])) === JSON.stringify(printEnds(b[view])))
