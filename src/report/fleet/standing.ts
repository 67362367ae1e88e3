import { highOf, lowOf } from '../../model/number/range.ts'
import type { BreakEvenEnd, SelfHosted } from '../../model/result/self-hosted.ts'

/** Where a cluster stands against an API, at one end of the ranges. */
export type Standing =
  | 'always'
  | 'reached'
  /** It can be reached; what the work uses is unknown. */
  | 'within_reach'
  | 'not_reached'
  /** The peak of the traffic leaves less than that. */
  | 'out_of_reach'
  | 'beyond_maximum'
  | NonNullable<BreakEvenEnd['never_kind']>

/** Each standing in a table. */
export const STANDINGS: Readonly<Record<Standing, string>> = {
  always: 'always',
  reached: 'reached',
  within_reach: 'within reach',
  not_reached: 'not reached',
  out_of_reach: 'out of reach',
  beyond_maximum: 'beyond max_utilisation',
  this_cluster: 'never on this cluster',
  any_scale: 'never at any scale',
  below_variable: 'never: hosted is below the variable cost',
}

/** Highest mean utilisation; for a fleet sized for its peak, what the peak leaves. */
export const meanAtMost = ({ max_utilisation, peak_to_mean, sized, autoscale }: SelfHosted): number =>
  sized && !autoscale ? max_utilisation / peak_to_mean : max_utilisation

type Ends = NonNullable<SelfHosted['break_even']['headline']>

/** The standing at both ends: the best case for self-hosting first. */
export const standingsOf = (self: SelfHosted, { low, high }: Ends): readonly [Standing, Standing] => {
  const { utilisation } = self
  // The best case for self-hosting has the highest capacity, hence the lower utilisation for the same work.
  const [least, most] = utilisation === null ? [null, null] : [lowOf(utilisation), highOf(utilisation)]
  return [standingOf(low, self, least), standingOf(high, self, most)]
}

/** @param use - share of the capacity that the work uses; `null`: unknown, or more than it can serve */
const standingOf = (end: BreakEvenEnd, self: SelfHosted, use: number | null): Standing => {
  const { kind, utilisation, attainable } = end
  if (kind === 'never') return end.never_kind ?? 'this_cluster'
  if (kind === 'always' || utilisation === null) return 'always'
  if (attainable === false) return 'beyond_maximum'
  if (use === null) return 'within_reach'
  if (use >= utilisation) return 'reached'
  return utilisation > meanAtMost(self) ? 'out_of_reach' : 'not_reached'
}
