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
  /** The scenario as it is served, which the split is compared with. */
  readonly own: PricedScenario
  readonly priced: PricedBook
  readonly terms: { readonly minimum: string | null; readonly asked: boolean; readonly keep: readonly Kept[] }
  /** The view that the split's models were chosen by. */
  readonly view: View
}

/** A model of a split, with its share of the requests. */
interface Part {
  readonly candidate: Candidate
  readonly share: Split['shares'][number]['share']
  readonly exactly: Exact
}

/** A split in the form that results carry, priced as a split. */
export const describeSplit = ({ shares }: Split, { candidates, own, priced, terms, view }: SplitOptions): Cheapest => {
  const { scenario } = own
  const parts = shares.flatMap(({ model, share }): Part[] => {
    const candidate = candidates.find(one => one.model.id === model)
    return candidate ? [{ candidate, share, exactly: toExact(share) }] : []
  })
  const legs = legsEnds(parts, { own, priced })
  const mean = sum(
    parts.map(({ candidate, exactly }) => candidate.ends.low.plus(candidate.ends.high).times('0.5').times(exactly)),
  )
  // The router is paid for, whichever models serve.
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

/** Cost of the split, with each model serving its share of the traffic. */
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

/** `null` if a model has no score. */
const meanQuality = (parts: readonly Part[]): Exact | null => {
  const weighed = parts.map(({ candidate: { score }, exactly }) => score?.quality.times(exactly))
  const known = weighed.flatMap(one => one ?? [])
  return known.length < weighed.length ? null : sum(known)
}
