import type { Exact } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'
import { type BreakEven, breakEven, type ClusterVsApi, type Sizing } from './break-even.ts'

type Widened<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: Range<Exact> }

type RangedSizing = Widened<Sizing, 'nodeUsdPerDay' | 'nodeCapacityPerDay'>

/** A cluster against an API, with ranges: of the cluster's cost, of what it can do, of the hosted price. */
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
 * @returns `low`: the best case for self-hosting, which is the least cost, the most capacity and the dearest API;
 *   `high`: the worst. By them u* and every cost of self-hosting are low and high
 */
export const endsOfContest = (ranged: RangedContest): Range<ClusterVsApi> => {
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

/** Break-even at both ends: `low` is the best case for self-hosting. @see endsOfContest */
export const breakEvenSpan = (ranged: RangedContest): Range<BreakEven> => mapRange(endsOfContest(ranged), breakEven)
