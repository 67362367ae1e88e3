import { type Exact, exact, MILLION, type Money, quotient, ZERO } from '../../model/number/money.ts'

/** Cost and capacity of a cluster at full utilisation. */
export interface Cluster {
  /** USD per day, independent of the tokens served. */
  readonly fixedUsdPerDay: Money
  /** Tokens per day at full utilisation, input and output of the workload's mix. Above 0. */
  readonly capacityPerDay: Exact
  /** USD per 1M tokens served, in addition, such as egress. */
  readonly variableUsdPer1M: Money
}

/** Converts USD per month to USD per day: 12 months are 365 days, so a month is 730 hours. 50 digits. */
export const overheadPerDay = (usdPerMonth: Money): Money => quotient(usdPerMonth.times(12), exact(365))

/**
 * Cost of a token on a cluster at a utilisation: s(u) = F·1M/(u·C) + v.
 *
 * @param utilisation - share of the capacity used over the period, above 0
 * @returns USD per 1M tokens, 50 digits
 * @example unitCost({ F: 960, C: 100M, v: 0 }, 1) // 9.6
 */
export const unitCost = ({ fixedUsdPerDay, capacityPerDay, variableUsdPer1M }: Cluster, utilisation: Exact): Money =>
  quotient(fixedUsdPerDay.times(MILLION), utilisation.times(capacityPerDay)).plus(variableUsdPer1M)

/** USD per day of a cluster at a utilisation: F + v·u·C/1M. Exact. */
export const clusterUsdPerDay = (
  { fixedUsdPerDay, capacityPerDay, variableUsdPer1M }: Cluster,
  utilisation: Exact,
): Money => fixedUsdPerDay.plus(perMillion(utilisation.times(capacityPerDay).times(variableUsdPer1M)))

/** Exact: dividing by a power of ten only shifts the decimal point. */
export const perMillion = (value: Exact): Exact => value.times('0.000001')

/**
 * The hosted bill as a multiple of the cluster's cost: hosted ÷ self-hosted = u·C·p/(1M·F + v·u·C), which is u/u* if v
 * is 0.
 *
 * @param hostedUsdPer1M - p: hosted price of the same mix, USD per 1M tokens
 * @returns above 1 where self-hosting is cheaper, 50 digits; `null` if the cluster costs nothing
 */
export const savingRatio = (
  cluster: Cluster,
  { hostedUsdPer1M, utilisation }: { readonly hostedUsdPer1M: Money; readonly utilisation: Exact },
): Exact | null => {
  const own = clusterUsdPerDay(cluster, utilisation)
  if (own.eq(ZERO)) return null
  return quotient(perMillion(utilisation.times(cluster.capacityPerDay).times(hostedUsdPer1M)), own)
}

/**
 * The factor N implied by a claim "break-even at X, and N times cheaper at Y": Y/X, if the daily cost is all fixed.
 *
 * @param breakEven - X, share of the capacity, above 0
 * @param utilisation - Y, share of the capacity
 * @example claimedSavings('0.5', '0.7') // 1.4
 */
export const claimedSavings = (breakEven: Exact, utilisation: Exact): Exact => quotient(utilisation, breakEven)
