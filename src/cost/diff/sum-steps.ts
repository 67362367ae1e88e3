import type { Money } from '../../model/number/money.ts'
import type { DiffSums } from '../../model/result/difference.ts'
import { type Costs, perView } from '../../model/result/print-exact.ts'
import { printCost, printDifference, scaleCosts, sumCosts } from '../fleet/costs.ts'

/** USD per period of the head, step by step from the base to the head. */
export interface Steps {
  readonly base: Costs
  /** The head's workload at the base's prices and models. */
  readonly workload: Costs
  /** The head's models for it, at the base's prices. */
  readonly routing: Costs
  readonly head: Costs
}

/** A pair's contribution to the totals: all its steps, or only one end. */
export interface TotalPart {
  readonly kind: 'both' | 'added' | 'removed'
  readonly steps: Steps
  /** Periods per month; `null`: a run. */
  readonly periods: Money | null
}

/** Sums each step, removed scenarios first and new ones last; `null` for none. */
export const sumSteps = (parts: readonly TotalPart[]): DiffSums | null => {
  if (parts.length === 0) return null
  const sum = (kinds: readonly TotalPart['kind'][], step: keyof Steps): Costs =>
    sumCosts(
      parts
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ steps, periods }) => (periods === null ? steps[step] : scaleCosts(steps[step], periods))),
    )
  const chain = [
    sum(['both', 'removed'], 'base'),
    sum(['both'], 'base'),
    sum(['both'], 'workload'),
    sum(['both'], 'routing'),
    sum(['both'], 'head'),
    sum(['both', 'added'], 'head'),
  ] as const
  const [first, kept, workload, routing, prices, last] = chain
  const between = (from: Costs, to: Costs) => perView(view => printDifference(to[view], from[view]))
  return {
    base: perView(view => printCost(first[view])),
    head: perView(view => printCost(last[view])),
    change: between(first, last),
    effects: {
      removed: between(first, kept),
      workload: between(kept, workload),
      routing: between(workload, routing),
      prices: between(routing, prices),
      added: between(prices, last),
    },
  }
}
