import type { Money } from '../../model/number/money.ts'
import type { Range } from '../../model/number/range.ts'
import type { Mix } from './capacity.ts'
import type { Hosting } from './host-cluster.ts'

/** What a cluster bills for so many tokens. */
export interface Bill {
  readonly hosting: Hosting
  /** Tokens per period. */
  readonly mix: Mix
  /** USD per period. */
  readonly usd: Money
}

/** A cluster doing the work of so many tokens, at both ends of its price and its rates. */
export interface HostedMix {
  readonly mix: Mix
  readonly hosting: Range<Hosting>
}

/**
 * The least and the most that a cluster bills, over the ranges of its price and its rates and over those of the tokens.
 *
 * @param hosted - the cluster at the counts that are known: one where they are exact
 * @returns `null` where it cannot serve one of them
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
