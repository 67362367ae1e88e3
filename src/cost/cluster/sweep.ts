import { type Exact, exact, type Money, ONE } from '../../model/number/money.ts'
import { type BreakEven, breakEven, type ClusterVsApi } from './break-even.ts'
import { clusterUsdPerDay, perMillion, unitCost } from './cluster-cost.ts'

/** One point of the curve: both costs at the volume that fills this share of the capacity. */
export interface CurvePoint {
  /** Share of the capacity, above 0. */
  readonly utilisation: Exact
  readonly tokensPerDay: Exact
  readonly selfHostedUsdPer1M: Money
  readonly hostedUsdPer1M: Money
  readonly selfHostedUsdPerDay: Money
  readonly hostedUsdPerDay: Money
}

/**
 * The curve of both costs over utilisation, which stands for volume.
 *
 * @param step - share of the capacity between two points, above 0; the last point is at most 100%
 * @returns points from one step on: at 0% there is no price per token
 */
export const sweep = (contest: ClusterVsApi, step: Exact = exact('0.05')): CurvePoint[] => {
  const points: CurvePoint[] = []
  for (let utilisation = step; utilisation.lte(ONE); utilisation = utilisation.plus(step)) {
    const tokensPerDay = utilisation.times(contest.capacityPerDay)
    points.push({
      utilisation,
      tokensPerDay,
      selfHostedUsdPer1M: unitCost(contest, utilisation),
      hostedUsdPer1M: contest.hostedUsdPer1M,
      selfHostedUsdPerDay: clusterUsdPerDay(contest, utilisation),
      hostedUsdPerDay: perMillion(tokensPerDay.times(contest.hostedUsdPer1M)),
    })
  }
  return points
}

/** Inputs that break-even is tested against: the API's price, the nodes' price without overhead, or the capacity. */
export type Lever = 'hosted_price' | 'gpu_price' | 'capacity'

/** Break-even with one input multiplied by a factor. */
export interface Moved {
  readonly factor: Exact
  readonly breakEven: BreakEven
}

const moved = (contest: ClusterVsApi, lever: Lever, factor: Exact): ClusterVsApi => {
  const { sizing } = contest
  switch (lever) {
    case 'hosted_price':
      return { ...contest, hostedUsdPer1M: contest.hostedUsdPer1M.times(factor) }
    case 'capacity':
      return {
        ...contest,
        capacityPerDay: contest.capacityPerDay.times(factor),
        sizing: sizing && { ...sizing, nodeCapacityPerDay: sizing.nodeCapacityPerDay.times(factor) },
      }
    case 'gpu_price': {
      const { fixedUsdPerDay, overheadUsdPerDay } = contest
      return {
        ...contest,
        fixedUsdPerDay: fixedUsdPerDay.minus(overheadUsdPerDay).times(factor).plus(overheadUsdPerDay),
        sizing: sizing && { ...sizing, nodeUsdPerDay: sizing.nodeUsdPerDay.times(factor) },
      }
    }
    default:
      return lever satisfies never
  }
}

/**
 * How break-even changes with one input, all else equal. Without a variable cost, κ times the hosted price or κ times
 * the capacity divides the utilisation by κ.
 *
 * @param factors - multiples of the input, above 0
 */
export const sensitivity = (contest: ClusterVsApi, lever: Lever, factors: readonly Exact[]): Moved[] =>
  factors.map(factor => ({ factor, breakEven: breakEven(moved(contest, lever, factor)) }))
