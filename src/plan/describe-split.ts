import { addCosts, type Cost } from '../cost/fleet/costs.ts'
import { priceShares } from '../cost/fleet/price-leg.ts'
import { legOnCluster, type PricedScenario } from '../cost/fleet/price-scenario.ts'
import { savedShare } from '../cost/result/describe-fleet.ts'
import type { PricedBook } from '../cost/result/estimate.ts'
import { exceeds } from '../model/number/fraction.ts'
import { type Exact, sum, toDecimals } from '../model/number/money.ts'
import { both } from '../model/number/range.ts'
import { count, mapViews, perHosted, printHosted } from '../model/result/print-exact.ts'
import type { Cheapest } from '../model/result/route.ts'
import type { View } from '../model/views.ts'
import { type Kept, type Split, toExact } from './cheapest-split.ts'
import type { Candidate } from './find-candidates.ts'

interface SplitOptions {
  readonly candidates: readonly Candidate[]
  /** The scenario as it is served, with which the split is compared. */
  readonly own: PricedScenario
  readonly priced: PricedBook
  readonly terms: { readonly minimum: string | null; readonly asked: boolean; readonly keep: readonly Kept[] }
  /** The view that its models were chosen by. */
  readonly view: View
}

/** A part of a split: the model, and the share of the requests that it serves. */
interface Part {
  readonly candidate: Candidate
  readonly share: Split['shares'][number]['share']
  readonly exactly: Exact
}

/** A split as a result carries it, costed as a split. */
export const describeSplit = ({ shares }: Split, { candidates, own, priced, terms, view }: SplitOptions): Cheapest => {
  const { scenario } = own
  const parts = shares.flatMap(({ model, share }): Part[] => {
    const candidate = candidates.find(one => one.model.id === model)
    return candidate ? [{ candidate, share, exactly: toExact(share) }] : []
  })
  const legs = legsEnds(parts, { own, priced })
  const mean = sum(parts.map(({ candidate, exactly }) => candidate.cost.times(exactly)))
  // Whatever splits the requests, the router is paid.
  const router = own.router ? [both(own.router.cost)] : []
  const ends = (view: View): Cost => addCosts([legs(view), ...router])
  const cost = legs(view)
  const quality = meanQuality(parts)
  const hasCluster = legOnCluster(own) !== undefined
  return {
    min_quality: terms.minimum,
    min_quality_from: terms.minimum === null ? 'none' : terms.asked ? 'call' : 'fleet',
    keep: terms.keep.map(({ models, share }) => ({ models: [...models], share: Number(share.toFixed()) })),
    legs: parts.map(({ candidate, share: { numerator, denominator }, exactly }) => ({
      model: candidate.model.id,
      share: Number(exactly.toFixed()),
      fraction: denominator === 1n ? String(numerator) : `${numerator}/${denominator}`,
      requests: scenario.request ? count(exactly.times(scenario.traffic.requests)) : null,
    })),
    quality: quality && toDecimals(quality, 12),
    colder: cost !== null && exceeds(cost.low.plus(cost.high), mean.times(2)),
    mean_cost: toDecimals(mean, 12),
    costs: printHosted(mapViews(ends)),
    saving: perHosted(view => savedShare(ends(view), own.costs[view], hasCluster)),
  }
}

/** What its models cost as a split, each with its share of the traffic. */
const legsEnds = (
  parts: readonly Part[],
  { own, priced }: Pick<SplitOptions, 'own' | 'priced'>,
): ((view: View) => Cost) => {
  const legs = priceShares(
    parts.map(({ candidate: { work }, exactly }) => ({ work, share: exactly })),
    { book: priced.book, at: own.at },
  )
  return view => addCosts(legs.map(leg => leg.costs[view]))
}

/** `null` where one of them has no score. */
const meanQuality = (parts: readonly Part[]): Exact | null => {
  const weighed = parts.map(({ candidate: { score }, exactly }) => score?.quality.times(exactly))
  const known = weighed.flatMap(one => one ?? [])
  return known.length < weighed.length ? null : sum(known)
}
