import type { Book } from '../../model/book/book.ts'
import type { Cause, Causes, MovedKey } from '../../model/result/cause.ts'
import { type Costs, perView } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { CostView } from '../../model/views.ts'
import { printDifference, scaleCosts, UNKNOWN } from '../fleet/costs.ts'
import { periodFactor, priceEnds } from '../fleet/price-ends.ts'
import { mixScenario } from './mix.ts'
import { stepsBetween } from './steps.ts'

/** A scenario after some of its changes: the keys that changed last, and its costs. USD per period of the head. */
export interface Point {
  readonly keys: readonly MovedKey[]
  readonly costs: Costs
}

/** Two ends of a workload's change, served alike. */
export interface Ends {
  readonly from: Scenario
  readonly to: Scenario
  /** Costs of `to`, USD per its period. */
  readonly costs: Costs
}

/**
 * Prices a change in workload key by key, each change on top of those before it.
 *
 * @returns a point for each change; the last has the costs of `to`
 */
export const pointsBetween = (
  { from, to, costs }: Ends,
  { book, at }: { readonly book: Book; readonly at: string },
): Point[] => {
  const steps = stepsBetween(from, to)
  const taken = new Set<string>()
  return steps.map(({ keys, ids }, i) => {
    for (const id of ids) taken.add(id)
    if (i === steps.length - 1) return { keys, costs }
    const scenario = mixScenario(from, to, taken)
    const factor = periodFactor(scenario, to)
    const { views } = priceEnds({ scenario, at }, book)
    return { keys, costs: factor === null ? UNKNOWN : scaleCosts(views, factor) }
  })
}

/**
 * Splits a change in cost over its causes. A step without a price joins the next. Effects are differences of printed
 * figures, so they add up to the printed change to the last digit.
 *
 * @param start - costs before the first point
 * @returns `null` for a view that is unknown at either end
 */
export const causesOf = (start: Costs, points: readonly Point[]): Causes => perView(view => inView(view, start, points))

const inView = (view: CostView, start: Costs, points: readonly Point[]): Cause[] | null => {
  let before = start[view]
  if (before === null || points.some(({ costs }, i) => i === points.length - 1 && costs[view] === null)) return null
  let keys: MovedKey[] = []
  const causes: Cause[] = []
  for (const point of points) {
    keys = [...keys, ...point.keys]
    const effect = printDifference(point.costs[view], before)
    if (effect === null) continue
    const [first, ...others] = keys
    if (first) causes.push({ ...first, ...(others.length > 0 ? { with: others } : {}), effect })
    before = point.costs[view]
    keys = []
  }
  return causes
}

/** No causes in any view. */
export const NO_CAUSES: Causes = perView(() => [])
