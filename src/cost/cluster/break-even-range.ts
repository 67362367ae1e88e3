import { type Exact, type Money, ONE } from '../../model/number/money.ts'
import { both, mapRange, type Range } from '../../model/number/range.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { type BreakEven, breakEven, type ClusterVsApi, type Sizing } from './break-even.ts'
import type { Hosting } from './host-cluster.ts'
import { isSized } from './size-cluster.ts'

type Widened<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: Range<Exact> }

type RangedSizing = Widened<Sizing, 'nodeUsdPerDay' | 'nodeCapacityPerDay'>

/** A cluster against an API, with ranges of the cluster's cost, its capacity and the hosted price. */
export interface RangedContest
  extends Widened<
    Omit<ClusterVsApi, 'sizing'>,
    'fixedUsdPerDay' | 'capacityPerDay' | 'variableUsdPer1M' | 'hostedUsdPer1M'
  > {
  readonly sizing?: RangedSizing | undefined
}

/**
 * The two ends of a contest with ranges.
 *
 * @returns `low`: the best case for self-hosting, with the lowest cost, the highest capacity and the highest API price;
 *   `high`: the worst case. So u* and every self-hosting cost run from low to high
 */
export const bestAndWorst = (ranged: RangedContest): Range<ClusterVsApi> => {
  const end = (costs: keyof Range<Exact>, gains: keyof Range<Exact>): ClusterVsApi => ({
    ...ranged,
    fixedUsdPerDay: ranged.fixedUsdPerDay[costs],
    variableUsdPer1M: ranged.variableUsdPer1M[costs],
    capacityPerDay: ranged.capacityPerDay[gains],
    hostedUsdPer1M: ranged.hostedUsdPer1M[gains],
    sizing: ranged.sizing && {
      ...ranged.sizing,
      nodeUsdPerDay: ranged.sizing.nodeUsdPerDay[costs],
      nodeCapacityPerDay: ranged.sizing.nodeCapacityPerDay[gains],
    },
  })
  return { low: end('low', 'high'), high: end('high', 'low') }
}

/** Break-even at both ends: `low` is the best case for self-hosting. @see bestAndWorst */
export const breakEvenRange = (ranged: RangedContest): Range<BreakEven> => mapRange(bestAndWorst(ranged), breakEven)

/**
 * The cluster against an API at a given price for the same mix, USD per 1M tokens. The first end is the best case for
 * self-hosting: the cheapest cluster against the highest API price.
 */
export const setAgainstApi = (ends: Range<Hosting>, self: SelfHost, hosted: Range<Money>): RangedContest => {
  const { low, high } = ends
  return {
    fixedUsdPerDay: mapRange(ends, ({ cluster }) => cluster.fixedUsdPerDay),
    capacityPerDay: { low: high.cluster.capacityPerDay, high: low.cluster.capacityPerDay },
    variableUsdPer1M: both(low.cluster.variableUsdPer1M),
    hostedUsdPer1M: hosted,
    overheadUsdPerDay: low.overheadUsdPerDay,
    maxUtilisation: low.build.maxUtilisation,
    sizing: isSized(self)
      ? {
          nodeUsdPerDay: mapRange(ends, ({ nodeUsdPerDay }) => nodeUsdPerDay),
          nodeCapacityPerDay: { low: high.build.nodeCapacityPerDay, high: low.build.nodeCapacityPerDay },
          peakToMean: self.autoscale ? ONE : low.peakToMean,
        }
      : undefined,
  }
}
