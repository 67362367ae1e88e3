import type { Problem } from '../../errors/index.ts'
import { METERS } from '../../model/meters.ts'
import { type Exact, ZERO } from '../../model/number/money.ts'
import { addRanges, both, type Range } from '../../model/number/range.ts'
import { amount } from '../../model/result/print-exact.ts'
import type { UsageElsewhere } from '../../model/result/usage.ts'
import { AS_COUNTED, type Conversion } from '../plan/models.ts'
import type { PricedGroup, Quoter } from '../price/price-group.ts'
import { type AtRatios, converted, elsewhere } from '../price/what-if.ts'

/** All usage on another model, beside what the same records cost on the models that served them. */
export const sumElsewhere = (
  groups: readonly PricedGroup[],
  { model, index, quote }: { readonly model: string; readonly index: number; readonly quote: Quoter },
): UsageElsewhere => {
  const sums = new Map<Conversion, AtRatios>()
  let served = both(ZERO)
  let [records, all, asStandard] = [0, 0, 0]
  let [exact, reason]: [boolean, string | null] = [true, null]
  const asInput = new Set<string>()
  for (const priced of groups) {
    const { group, bill } = priced
    all += group.records
    if (!bill?.cost) {
      reason ??= `${group.model ?? 'some usage'} has no cost to compare with`
      continue
    }
    const conversion = priced.served?.conversions[index] ?? null
    const there = elsewhere(priced, { model, conversion, quote })
    if (!conversion || !there.cost) {
      reason ??= reasonOf(there.fault, model)
      continue
    }
    exact &&= conversion === AS_COUNTED
    const before = sums.get(conversion)
    sums.set(conversion, before ? plus(before, there.cost) : there.cost)
    served = addRanges([served, bill.cost])
    records += group.records
    if (there.asStandard) asStandard += group.records
    for (const meter of there.asInput) asInput.add(meter)
  }
  const { low, stated, high } = atEnds(sums)
  const known = records === 0 ? null : amount({ low: low.low, high: high.high })
  return {
    model,
    cost: records === all ? known : null,
    at_least: known,
    at_factor: records === 0 ? null : amount(stated),
    served: records === 0 ? null : amount(served),
    exact,
    records,
    as_standard: asStandard,
    as_input: METERS.flatMap(({ key }) => (asInput.has(key) ? key : [])),
    reason: records === all ? null : reason,
  }
}

const plus = (a: AtRatios, b: AtRatios): AtRatios => ({
  low: addRanges([a.low, b.low]),
  stated: addRanges([a.stated, b.stated]),
  high: addRanges([a.high, b.high]),
})

/** What the model's own tokens cost at each end of the band, and at the stated factors: each sum is converted once. */
const atEnds = (sums: ReadonlyMap<Conversion, AtRatios>): AtRatios => {
  const all = [...sums]
  const at = (end: keyof AtRatios): Range<Exact> =>
    addRanges(all.map(([conversion, cost]) => converted(cost[end], conversion[end])))
  return { low: at('low'), stated: at('stated'), high: at('high') }
}

/** Why a group has no price there, without the instant: it stands for others. */
const reasonOf = (fault: Problem | null, model: string): string | null =>
  fault?.code === 'NO_PRICE_AT' ? `the book has no price of ${model} at that time` : (fault?.what ?? null)
