import { type Exact, exact } from '../../model/number/money.ts'
import type { Range } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { CostView } from '../../model/views.ts'
import { isWriteForced } from '../api/cache-choice.ts'
import { statedCost } from '../api/price-range.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'

/** Ways to pay that can be cheapest; of equal costs the first. */
const ON_OFFER = ['cached', 'batch_cached', 'batch', 'headline', 'self_hosted'] as const satisfies readonly CostView[]

/** The view that answers, and the cheapest; `null`: no cost is known. */
export type Answer = NonNullable<ScenarioResult['answer']>

/** What an answer is found in: costs, and the streams that they are of. */
type Answerable = Pick<PricedScenario, 'costs' | 'scenario' | 'apiStreams' | 'nonApiCost'>

/**
 * The row that a report's first sentence is about, and the cheapest way on offer.
 *
 * The row is that of `budget.view`, else `cached`, else `headline`: the first that is known. Cheapest is never the ideal
 * cache nor a bound; list price and plain batch count only where caching can be left off or writes are free.
 *
 * @param bounds - the views whose figure is only a bound
 */
export const answerOf = (priced: Answerable, bounds: ScenarioResult['bounds']): Answer => {
  const { costs, scenario } = priced
  const wanted: readonly CostView[] = [scenario.budget?.view ?? 'cached', 'cached', 'headline']
  const view = wanted.find(key => costs[key] !== null) ?? null
  const ranked = ON_OFFER.flatMap(key => {
    const cost = isOnOffer(priced, key, bounds) ? rankingCost(priced, key) : null
    return cost === null ? [] : [{ key, cost }]
  })
  const least = ranked.reduce<(typeof ranked)[number] | null>(
    (best, one) =>
      best === null || one.cost.lt(best.cost) || (one.key === view && one.cost.eq(best.cost)) ? one : best,
    null,
  )
  return { view, cheapest: least?.key ?? null }
}

/** Whether a view can be had at its figure: never the ideal cache, nor a bound. */
export const isOnOffer = (
  { costs, apiStreams }: Answerable,
  key: CostView,
  bounds: ScenarioResult['bounds'],
): boolean => {
  if (costs[key] === null || key === 'cached_ideal' || (key !== 'self_hosted' && bounds[key] !== undefined))
    return false
  const isUncached = key === 'headline' || key === 'batch'
  return !isUncached || apiStreams.every(({ stated }) => !isWriteForced(stated.offer))
}

/** What a view costs where views are ranked: estimated text at its stated factor, any other range at its middle. */
export const rankingCost = ({ costs, apiStreams, nonApiCost }: Answerable, key: CostView): Exact | null => {
  if (key === 'self_hosted') return costs[key] && middle(costs[key])
  const stated = statedCost(apiStreams, key)
  return stated === null || nonApiCost === null ? null : stated.plus(middle(nonApiCost))
}

const middle = ({ low, high }: Range<Exact>): Exact => low.plus(high).times(exact('0.5'))
