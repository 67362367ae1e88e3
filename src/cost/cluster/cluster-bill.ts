import type { Money } from '../../model/number/money.ts'
import type { Range } from '../../model/number/range.ts'
import type { Mix } from './capacity.ts'
import type { Hosting } from './host-cluster.ts'

/** A cluster's bill for some tokens. */
export interface Bill {
  readonly hosting: Hosting
  /** Tokens per period. */
  readonly mix: Mix
  /** USD per period. */
  readonly usd: Money
}

/** A cluster serving some tokens, at both ends of its price and its rates. */
export interface HostedMix {
  readonly mix: Mix
  readonly hosting: Range<Hosting>
}

/**
 * The lowest and highest bill of a cluster, over the ranges of its price, its rates and the token counts.
 *
 * @param hosted - the cluster at each known count: only one if counts are exact
 * @returns `null` if the cluster cannot serve one of them
 */
export const billRange = (hosted: readonly HostedMix[]): Range<Bill> | null => {
  const bills: Bill[] = []
  for (const { mix, hosting: range } of hosted) {
    for (const hosting of [range.low, range.high]) {
      if (hosting.usdPerPeriod === null) return null
      bills.push({ hosting, mix, usd: hosting.usdPerPeriod })
    }
  }
  const [first] = bills
  if (!first) return null
  return {
    low: bills.reduce((a, b) => (b.usd.lt(a.usd) ? b : a), first),
    high: bills.reduce((a, b) => (b.usd.gt(a.usd) ? b : a), first),
  }
}
