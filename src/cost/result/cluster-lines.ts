import { CLUSTER_METERS } from '../../model/meters.ts'
import { type Exact, exact, MILLION, type Money, quotient, ZERO } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'
import { amount, quantity } from '../../model/result/print-exact.ts'
import type { CostLine } from '../../model/result/result.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'
import { totalOf } from '../cluster/capacity.ts'
import type { Bill } from '../cluster/cluster-bill.ts'

interface Billed {
  readonly quantity: Exact
  readonly rate: Money
  readonly cost: Money
}

type MeterKey = (typeof CLUSTER_METERS)[number]['key']

/**
 * A cluster's cost per period as quantity × rate = cost: GPU hours, other monthly costs, and per-token costs.
 *
 * @param days - days of a period; `null`: as long as the tokens take at the stated utilisation
 */
export const clusterLines = (
  self: SelfHost,
  bill: Range<Bill>,
  { days, place }: { readonly days: Exact | null; readonly place: Pick<CostLine, 'view' | 'leg' | 'model'> },
): CostLine[] => {
  const billed = mapRange(bill, one => billedBy(one, self, days))
  return CLUSTER_METERS.flatMap(({ key, unit }): CostLine[] => {
    const line = (of: keyof Billed): Range<Exact> => mapRange(billed, parts => parts[key][of])
    const cost = line('cost')
    if (cost.low.isZero() && cost.high.isZero()) return []
    return [
      {
        ...place,
        meter: key,
        quantity: quantity(line('quantity')),
        rate: amount(line('rate')),
        unit,
        cost: amount(cost),
        tier: null,
        window: null,
        row_from: null,
        source: key === 'gpu_hours' ? self.price_from : 'scenario',
      },
    ]
  })
}

const billedBy = ({ hosting, mix }: Bill, self: SelfHost, period: Exact | null): Record<MeterKey, Billed> => {
  const { cluster, nodes, nodeUsdPerDay, overheadUsdPerDay, utilisation } = hosting
  if (utilisation === null) throw new Error('what is billed is used')
  const served = totalOf(mix)
  // At a stated utilisation the work pays for the time it takes, otherwise for the whole period.
  const isWhole = self.utilisation === null && period !== null
  const days = isWhole ? period : served.isZero() ? ZERO : quotient(served, utilisation.times(cluster.capacityPerDay))
  const gpus = nodes.times(self.gpus_per_node)
  return {
    gpu_hours: {
      quantity: gpus.times(days).times(24),
      rate: quotient(nodeUsdPerDay, exact(24 * self.gpus_per_node)),
      cost: cluster.fixedUsdPerDay.minus(overheadUsdPerDay).times(days),
    },
    cluster_month: {
      quantity: quotient(days.times(12), exact(365)),
      rate: exact(self.fixed_usd_per_month),
      cost: overheadUsdPerDay.times(days),
    },
    cluster_tokens: {
      quantity: served,
      rate: cluster.variableUsdPer1M,
      cost: quotient(served.times(cluster.variableUsdPer1M), MILLION),
    },
  }
}
