import { addRanges } from '../../model/number/range.ts'
import { counted } from '../../model/plural.ts'
import { money } from '../../model/result/print-exact.ts'
import type { Warning } from '../../model/result/result.ts'
import type { PricedGroup } from '../price/price-group.ts'

/** Whether a group costs one amount, as a charge does. */
export const hasOneCost = ({ bill }: PricedGroup): boolean => bill?.cost?.low.eq(bill.cost.high) ?? false

/** Records that are no charge: their cost is unknown, or a range. */
export const chargeWarnings = (groups: readonly PricedGroup[]): Warning[] => {
  const left = groups.filter(group => !hasOneCost(group))
  if (left.length === 0) return []
  const unknown = left.filter(({ bill }) => !bill?.cost)
  const ranges = left.flatMap(({ bill }) => bill?.cost ?? [])
  const { low, high } = addRanges(ranges)
  const parts = [
    ...(unknown.length > 0 ? [`${recordsIn(unknown)} of unknown cost`] : []),
    ...(ranges.length > 0
      ? [`${recordsIn(left.filter(({ bill }) => bill?.cost))} of $${money(low)} to $${money(high)}`]
      : []),
  ]
  return [
    {
      code: 'NOT_A_CHARGE',
      what: `a charge has one cost, so these are left out: ${parts.join('; ')}`,
      fix: 'give missing prices with --pricing mine.json; take records of calls instead of buckets',
      at: null,
    },
  ]
}

const recordsIn = (groups: readonly PricedGroup[]): string =>
  counted(
    groups.reduce((all, { group }) => all + group.records, 0),
    'record',
  )
