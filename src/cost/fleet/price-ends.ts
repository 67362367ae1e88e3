import { collect, type Problem } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { type Money, ONE, quotient } from '../../model/number/money.ts'
import type { Costs } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'
import { UNKNOWN } from './costs.ts'
import { priceScenario } from './price-scenario.ts'

/** A scenario and the moment that it is priced at. */
export interface DatedScenario {
  readonly scenario: Scenario
  /** Date or instant. */
  readonly at: string
}

/** What a scenario costs by view, or why it cannot be priced at all. */
export interface PricedEnds {
  readonly views: Costs
  readonly why: string | null
}

/** A scenario without what it is compared with: that costs nothing, and may have no price there. */
const alone = (scenario: Scenario): Scenario =>
  scenario.routing ? { ...scenario, routing: { ...scenario.routing, baselines: [] } } : scenario

/** Prices a scenario on a book; that it has no price there is an answer, not an error. USD per period. */
export const priceEnds = ({ scenario, at }: DatedScenario, book: Book): PricedEnds => {
  const faults: Problem[] = []
  const priced = collect(faults, () => priceScenario(alone(scenario), book, at))
  return priced
    ? { views: priced.costs, why: null }
    : { views: UNKNOWN, why: faults.map(({ what }) => what).join('; ') }
}

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
