import type { Money } from '../../model/number/money.ts'
import type { Range } from '../../model/number/range.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import type { Mix } from './capacity.ts'
import { demandOf, type Hosting, hostCluster } from './host-cluster.ts'

/** What a cluster bills for so many tokens. */
export interface Bill {
  readonly hosting: Hosting
  /** Tokens per period. */
  readonly mix: Mix
  /** USD per period. */
  readonly usd: Money
}

/**
 * The least and the most that a cluster bills, over the ranges of its price and its rates and over those of the tokens.
 *
 * @param mixes - tokens of a period at the counts that are known: one where they are exact
 * @returns `null` where it cannot serve one of them
 */
export const billEnds = (
  self: SelfHost,
  scenario: Pick<Scenario, 'traffic'>,
  mixes: readonly Mix[],
): Range<Bill> | null => {
  const bills: Bill[] = []
  for (const mix of mixes) {
    const { low, high } = hostCluster(self, demandOf(scenario, mix))
    for (const hosting of [low, high]) {
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
