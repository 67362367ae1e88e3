import { sum } from '../../model/number/money.ts'
import { both } from '../../model/number/range.ts'
import type { Check, Moved, Verdict } from '../../model/result/check.ts'
import { type Costs, perView } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { CostView } from '../../model/views.ts'
import type { Ceiling } from '../api/cost-ceiling.ts'
import { type Cost, printCost, printDifference, scaleCosts, sumCosts, UNKNOWN } from '../fleet/costs.ts'
import { viewCeiling, worstReason } from '../fleet/view-ceiling.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'
import type { Baseline, Outcome } from './checked.ts'
import { type Change, type Held, HOLD_ANOTHER, holdBudget } from './hold-budget.ts'

/** Subject of a total: all runs, each once, or all months. Runs and months are never added together. */
type Half = 'run' | 'per_month'

const isIn = (half: Half, scenario: Scenario | undefined): boolean =>
  scenario !== undefined && (periodsPerMonth(scenario.traffic) === null) === (half === 'run')

/** Converts per-period costs to USD per month; the cost of a run is unchanged. */
const inMonths = (scenario: Scenario | undefined, costs: Costs): Costs => {
  const periods = scenario ? periodsPerMonth(scenario.traffic) : null
  return periods === null ? costs : scaleCosts(costs, periods)
}

/** Sums of one half: now, the baseline at this run's prices, and the baseline at its own. */
const sumSides = (half: Half, outcomes: readonly Outcome[]) => {
  const heads = outcomes.filter(({ pair }) => isIn(half, pair.head?.scenario))
  const bases = outcomes.filter(({ pair }) => isIn(half, pair.base?.scenario))
  const base = (key: 'costs' | 'before'): Costs =>
    sumCosts(bases.map(({ pair, baseline }) => inMonths(pair.base?.scenario, baseline?.own[key] ?? UNKNOWN)))
  return {
    heads,
    bases,
    empty: heads.length + bases.length === 0,
    now: sumCosts(heads.map(({ pair, now }) => inMonths(pair.head?.scenario, now))),
    was: base('costs'),
    before: base('before'),
  }
}

/**
 * How the sum of all runs and the sum of all months changed since the baseline.
 *
 * @param complete - whether every scenario of both sides could be priced; otherwise a sum is unknown
 */
export const movedSums = (outcomes: readonly Outcome[], complete: boolean): Check['sums'] => {
  const moved = (half: Half): Moved | null => {
    const { empty, now, was, before } = sumSides(half, outcomes)
    if (empty) return null
    const known = (cost: Cost): Cost => (complete ? cost : null)
    return {
      baseline: perView(view => printCost(known(was[view]))),
      change: perView(view => printDifference(known(now[view]), known(was[view]))),
      prices: perView(view => printDifference(known(was[view]), known(before[view]))),
    }
  }
  return { run: moved('run'), per_month: moved('per_month') }
}

/**
 * Holds the sum of all runs and the sum of all months to their limits, if any. New scenarios are part of an increase;
 * removed scenarios reduce it.
 *
 * @param missing - number of scenarios that could not be priced; above 0, a sum is only a lower bound
 */
export const holdTotals = (
  total: Held,
  outcomes: readonly Outcome[],
  { baseline, missing }: { readonly baseline: Baseline; readonly missing: number },
): Verdict[] =>
  (['per_month', 'run'] as const).flatMap(half => {
    const { heads, bases, empty, now, was } = sumSides(half, outcomes)
    if (empty && missing === 0) return []
    const whyUnknown = (view: CostView) => whySumUnknown(view, heads, missing)
    const complete = (view: CostView): Cost => (missing > 0 ? null : now[view])
    const change = (view: CostView): Change => {
      if (!baseline.side) return { kind: 'none', why: baseline.reason ?? 'none was named' }
      const [is, before] = [complete(view), was[view]]
      if (is === null) return { kind: 'unknown', ...whyUnknown(view) }
      if (before === null || baseline.broken.size > 0) {
        return { kind: 'unknown', why: `${view} of the baseline is unknown` }
      }
      // The first scenario of its kind is not an increase.
      if (bases.length === 0) return { kind: 'none', why: `${baseline.name} has no scenario of this kind` }
      return { kind: 'known', head: is, baseline: before }
    }
    return holdBudget(total, {
      of: half,
      costOf: (key, view) => {
        if (key === 'per_month') return half === 'per_month' ? complete(view) : undefined
        if (key === 'per_run') return half === 'run' ? complete(view) : undefined
        return complete(view)
      },
      atLeast: view => sum(heads.flatMap(({ pair, now }) => inMonths(pair.head?.scenario, now)[view]?.low ?? [])),
      whyUnknown,
      atMost: (_, view) => totalCeiling(heads, view),
      change,
    })
  })

/** Upper limit of the sum, if any of its parts may exceed its high end; else `null`. */
const totalCeiling = (heads: readonly Outcome[], view: CostView): Ceiling | null => {
  const mosts = heads.map(({ priced }) => priced && viewCeiling(priced, view))
  const why = worstReason(mosts)
  if (why === null) return null
  const usd = sum(
    heads.flatMap(({ pair, now }, i) => {
      const most = mosts[i]
      const costs = most ? { ...now, [view]: both(most.usd) } : now
      return inMonths(pair.head?.scenario, costs)[view]?.high ?? []
    }),
  )
  return { usd, why }
}

const whySumUnknown = (
  view: CostView,
  heads: readonly Outcome[],
  missing: number,
): { readonly why: string; readonly fix: string } => {
  if (missing > 0) return { why: 'not every scenario could be priced', fix: 'fix the scenarios that have errors' }
  const names = heads.flatMap(({ now, pair }) => (now[view] === null && pair.head ? [pair.head.scenario.name] : []))
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return {
    why: `${view} of ${names.slice(0, 3).join(', ')}${more} is unknown`,
    fix: HOLD_ANOTHER,
  }
}
