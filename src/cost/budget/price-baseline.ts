import { exact } from '../../model/number/money.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { Pair } from '../diff/pair-scenarios.ts'
import { scaleCosts, UNKNOWN } from '../fleet/costs.ts'
import { type DatedScenario, periodFactor, priceEnds } from '../fleet/price-ends.ts'
import type { PricedBook } from '../result/estimate.ts'
import type { Baseline, Outcome, ScenarioWithLimits } from './checked.ts'

/**
 * The baseline's scenario at this run's prices and moment, and at its own.
 *
 * @param now - what this run's scenario costs; `null` where it has no price
 * @returns `null` where the baseline has no such scenario
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
  // Most scenarios of a commit are those of the commit before: they cost what they cost now.
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

/**
 * What a scenario says that no figure rests on; `at` is compared beside it, as the moment that is priced. Whatever is
 * not named here makes two scenarios differ, so that a key of tomorrow is priced rather than passed over.
 */
export const NOT_PRICED: ReadonlySet<string> = new Set([
  'name',
  'description',
  'file',
  'at',
  'tags',
  'budget',
  'quality',
  'defaults',
] satisfies (keyof Scenario)[])

/** Whether both are priced from the same counts at the same moment, whatever else their files say. */
export const isAlike = (a: DatedScenario, b: DatedScenario): boolean =>
  a.at === b.at && workOf(a.scenario) === workOf(b.scenario)

const workOf = (scenario: Scenario): string =>
  JSON.stringify(Object.entries(scenario).filter(([key]) => !NOT_PRICED.has(key)))
