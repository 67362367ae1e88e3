import { exact } from '../../model/number/money.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { Pair } from '../diff/pair-scenarios.ts'
import { NOT_PRICED } from '../diff/steps.ts'
import { scaleCosts, UNKNOWN } from '../fleet/costs.ts'
import { type DatedScenario, periodFactor, priceEnds } from '../fleet/price-ends.ts'
import type { PricedBook } from '../result/estimate.ts'
import type { Baseline, Outcome, ScenarioWithLimits } from './checked.ts'

/**
 * Prices the baseline's scenario at this run's prices and moment, and at its own.
 *
 * @param now - costs of this run's scenario; `null` if it has no price
 * @returns `null` if the baseline has no such scenario
 */
export const priceBaseline = (
  {
    pair: { base, head },
    now,
  }: { readonly pair: Pair<DatedScenario, ScenarioWithLimits>; readonly now: Outcome['now'] | null },
  priced: PricedBook,
  { side }: Baseline,
): Outcome['baseline'] => {
  if (!base || !side) return null
  const sameBook = side.priced.book === priced.book
  // Most scenarios are unchanged since the previous commit, so their current cost is reused.
  if (sameBook && now && head && isAlike(base, head)) {
    return { costs: now, before: now, own: { costs: now, before: now }, why: null }
  }
  const at = head?.at ?? base.at
  const { views, why } = priceEnds({ scenario: base.scenario, at }, priced.book)
  const before = sameBook && at === base.at ? views : priceEnds(base, side.priced.book).views
  const own = { costs: views, before }
  const factor = head ? periodFactor(base.scenario, head.scenario) : exact(1)
  if (factor === null) {
    return { costs: UNKNOWN, before: UNKNOWN, own, why: 'a run cannot be compared with paced traffic' }
  }
  return { costs: scaleCosts(views, factor), before: scaleCosts(before, factor), own, why }
}

/** Whether both are priced from the same counts at the same moment, whatever else their files say. */
export const isAlike = (a: DatedScenario, b: DatedScenario): boolean =>
  a.at === b.at && workOf(a.scenario) === workOf(b.scenario)

/** Keys of `traffic` that only forecasts read. */
const NOT_NOW: ReadonlySet<string> = new Set(['growth', 'growth_from'] satisfies (keyof Scenario['traffic'])[])

const workOf = ({ traffic, ...scenario }: Scenario): string =>
  JSON.stringify([
    Object.entries(scenario).filter(([key]) => !NOT_PRICED.has(key)),
    Object.entries(traffic).filter(([key]) => !NOT_NOW.has(key)),
  ])
