import { ZERO } from '../../model/number/money.ts'
import { both } from '../../model/number/range.ts'
import type { Change } from '../../model/result/check.ts'
import { perView } from '../../model/result/print-exact.ts'
import type { CostView } from '../../model/views.ts'
import { causesSince } from '../diff/causes-since.ts'
import { type Cost, isSame, printCost, printDifference } from '../fleet/costs.ts'
import type { PricedBook } from '../result/estimate.ts'
import type { Baseline, Outcome } from './checked.ts'

/** Why a scenario that seems new may exist in the baseline but cannot be read there; `null`: it is new. */
export const brokenThere = ({ head }: Outcome['pair'], { name, broken }: Baseline): string | null => {
  const why = broken.get(head?.scenario.file ?? '')
  if (why !== undefined) return `${name} has it, but ${why}`
  return broken.size === 0 ? null : `${name} has scenarios that cannot be read, and this may be one of them`
}

/**
 * How a scenario changed since the baseline, both at this run's prices.
 *
 * @param priced - this run's book
 */
export const toChange = ({ pair, now, baseline }: Outcome, against: Baseline, { book }: PricedBook): Change => {
  const { base, head } = pair
  const placed = head ?? base
  if (!placed) throw new Error('a pair has at least one side')
  const { scenario } = placed
  const broken = !base && brokenThere(pair, against) !== null
  const fresh = !base && !broken
  const state = fresh ? 'new' : !head ? 'removed' : baseline && isSame(now, baseline.costs) ? 'same' : 'changed'
  const zero = both(ZERO)
  const from = (view: CostView): Cost => (fresh ? zero : (baseline?.costs[view] ?? null))
  const to = (view: CostView): Cost => (head ? now[view] : zero)
  return {
    name: scenario.name,
    file: scenario.file ?? null,
    state,
    per: scenario.traffic.per,
    baseline: baseline && perView(view => printCost(baseline.costs[view])),
    change: perView(view => printDifference(to(view), from(view))),
    ...(state === 'changed' && base && head && baseline
      ? { causes: causesSince(base, head, { was: baseline.costs, now, book }) }
      : {}),
    prices: baseline && perView(view => printDifference(baseline.costs[view], baseline.before[view])),
  }
}
