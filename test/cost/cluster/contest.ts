import type { ClusterVsApi } from '../../../src/cost/cluster/break-even.ts'
import { type Exact, exact, ONE, ZERO } from '../../../src/model/number/money.ts'

/** A cluster of $1,000 a day that does 1B tokens a day, against an API at $2 per 1M: u* = 50%. */
export const contestWith = (contest: Partial<ClusterVsApi> = {}): ClusterVsApi => ({
  fixedUsdPerDay: exact(1000),
  overheadUsdPerDay: ZERO,
  capacityPerDay: exact(1_000_000_000),
  hostedUsdPer1M: exact(2),
  variableUsdPer1M: ZERO,
  maxUtilisation: exact('0.8'),
  ...contest,
})

/** Plain digits, `null` as it is. */
export const digits = (figure: Exact | null): string | null => figure?.toFixed() ?? null

/** The article's cluster at one end of its price: 4 nodes of 8 H100, 100M tokens a day, V4 at 3:1 input to output. */
export const articleAt = (usdPerHour: number): ClusterVsApi =>
  contestWith({
    fixedUsdPerDay: exact(24 * usdPerHour),
    capacityPerDay: exact(100_000_000),
    // (3 × 0.50 + 1.50) / 4
    hostedUsdPer1M: exact('0.75'),
    maxUtilisation: ONE,
  })
