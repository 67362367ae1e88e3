import { collect, type Problem } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { type Money, ONE, quotient } from '../../model/number/money.ts'
import type { Costs } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'
import { UNKNOWN } from './costs.ts'
import { priceScenario } from './price-scenario.ts'

/** A scenario and the moment at which it is priced. */
export interface DatedScenario {
  readonly scenario: Scenario
  /** Date or instant. */
  readonly at: string
  /** Its path from the folder that is compared; left out: its file is told by its own path. */
  readonly place?: string
}

/** Costs of a scenario by view, or why it cannot be priced. */
export interface PricedEnds {
  readonly views: Costs
  readonly why: string | null
}

/** A scenario without its baselines: they cost nothing, and may have no price at that moment. */
const alone = (scenario: Scenario): Scenario =>
  scenario.routing ? { ...scenario, routing: { ...scenario.routing, baselines: [] } } : scenario

/** Prices a scenario on a book; a missing price is returned as a reason, not thrown. USD per period. */
export const priceEnds = ({ scenario, at }: DatedScenario, book: Book): PricedEnds => {
  const faults: Problem[] = []
  const priced = collect(faults, () => priceScenario(alone(scenario), book, at))
  return priced
    ? { views: priced.costs, why: null }
    : { views: UNKNOWN, why: faults.map(({ what }) => what).join('; ') }
}

/**
 * Factor from one scenario's periods to another's: from a week to a day it is a seventh.
 *
 * @returns `null` if only one of them has a clock
 */
export const periodFactor = (from: Scenario, to: Scenario): Money | null => {
  const [a, b] = [periodsPerMonth(from.traffic), periodsPerMonth(to.traffic)]
  if (a === null && b === null) return ONE
  if (a === null || b === null) return null
  return a.eq(b) ? ONE : quotient(a, b)
}
