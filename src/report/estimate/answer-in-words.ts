import { exact, quotient, toFixedDecimals } from '../../model/number/money.ts'
import { isRange, middleOf, type Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { formatShare, plainUsd, spanned } from '../figures/format.ts'
import { aPeriod, otherUnits } from '../figures/period.ts'
import { isMarked } from './views-in-words.ts'

/** The sentence that a report begins with: the cost with its units, what it is, and the cheapest way on offer. */

/** The row that the sentence is about; of results without an answer the expected cost, else the list price. */
export const toldView = ({ answer, costs }: ScenarioResult): CostView | null => {
  if (answer) return answer.view
  return (['cached', 'headline'] as const).find(view => costs[view] != null) ?? null
}

/** An amount in a sentence, with both ends if it is a range. @example '$83.47 to $113.23' */
export const sayUsd = (cost: Printed<string>): string => spanned(cost, plainUsd, ' to ')

/** The answer of a scenario, without its name. */
export const answerInWords = (scenario: ScenarioResult): string => {
  const view = toldView(scenario)
  if (view === null || scenario.costs[view] == null) return noneKnown(scenario)
  const parts = [costInWords(scenario, view), howPaid(scenario, view)].filter(Boolean).join(', ')
  return `${parts}${cheapestInWords(scenario, view)}${stillUnknown(scenario, view)}.`
}

const noneKnown = ({ reasons }: ScenarioResult): string => {
  const why = reasons.headline ?? reasons.cached
  return `no cost is known${why === undefined ? '' : `: ${why}`}.`
}

/** A view's cost a period, a month and a request; of a bound "at least". */
export const costInWords = (scenario: ScenarioResult, view: CostView): string => {
  const { costs, per, input } = scenario
  const each = [{ name: aPeriod(per, input), costs }, ...otherUnits(scenario)]
    .flatMap(unit => {
      const cost = unit.costs[view]
      return cost == null ? [] : [`${sayUsd(cost)} ${unit.name}`]
    })
    .join(', ')
  return view === 'cached_ideal' || isMarked(scenario, view) ? `at least ${each}` : each
}

/** What a view's cost is, in words. */
export const howPaid = (scenario: ScenarioResult, view: CostView): string => {
  switch (view) {
    case 'headline':
      return 'at list price'
    case 'cached_ideal':
      return 'with all input cached, the most that caching can save'
    case 'cached':
      return howCached(scenario)
    case 'batch':
      return 'in batch at list price'
    case 'batch_cached':
      return 'in batch with caching'
    case 'self_hosted':
      return 'on your own cluster'
    default:
      return view satisfies never
  }
}

/** Whether the cache neither serves a token nor bills the writing of one. */
const isUntouched = ({ cache_read, cache_write, cache_write_1h }: ScenarioResult['tokens']): boolean =>
  [cache_read, cache_write, cache_write_1h].every(count => count === 0)

const howCached = ({ cache, tokens }: ScenarioResult): string => {
  switch (cache.policy) {
    case 'none':
      return 'nothing cached'
    case 'ideal':
      return 'with all input cached, as the scenario says'
    case 'usage':
      return 'with the cached tokens that the scenario states'
    case 'hit_share':
      return `with ${cache.hit_share === null ? 'a share' : spanned(cache.hit_share, formatShare)} of the input cached, as the scenario says`
    default:
      return isUntouched(tokens) ? 'with nothing to read from a cache' : 'expected with caching'
  }
}

/** The view that would have answered, if its cost is unknown. */
const stillUnknown = ({ costs, input }: ScenarioResult, view: CostView): string => {
  const wanted = input.budget?.view ?? 'cached'
  if (wanted === view || costs[wanted] != null) return ''
  return `; the cost ${wanted === 'cached' ? 'with caching' : `by ${viewLabel(wanted)}`} is unknown`
}

const cheapestInWords = ({ answer, costs, per, input, complete }: ScenarioResult, view: CostView): string => {
  const cheapest = answer?.cheapest ?? null
  if (cheapest === null) return ''
  if (cheapest === view) return `; the cheapest way ${complete ? 'on offer' : 'that is known'}`
  const [cost, base] = [costs[cheapest], costs[view]]
  if (cost == null || base == null) return ''
  return `; cheapest on offer: ${viewLabel(cheapest)}, ${sayUsd(cost)} ${aPeriod(per, input)}${changeOf(cheapest, cost, base)}`
}

/** The change in whole per cent, in brackets; a cluster's range varies for its own reasons, so it has none. */
const changeOf = (view: CostView, cost: Printed<string>, base: Printed<string>): string => {
  if (view === 'self_hosted' && isRange(cost)) return ''
  const [to, from] = [middleOf(cost), middleOf(base)]
  if (from.isZero()) return ''
  const percent = toFixedDecimals(quotient(to.minus(from).times(100), from).abs(), 0)
  return exact(percent).isZero() ? '' : ` (${to.lt(from) ? '−' : '+'}${percent}%)`
}
