import { ZERO } from '../../model/number/money.ts'
import { addRanges, both } from '../../model/number/range.ts'
import { amount } from '../../model/result/print-exact.ts'
import type { UsageElsewhere } from '../../model/result/usage.ts'
import { AS_COUNTED } from '../plan/models.ts'
import type { PricedGroup, Quoter } from '../price/price-group.ts'
import { elsewhere } from '../price/what-if.ts'

/** All usage on another model, beside what the same records cost on the models that served them. */
export const sumElsewhere = (
  groups: readonly PricedGroup[],
  { model, index, quote }: { readonly model: string; readonly index: number; readonly quote: Quoter },
): UsageElsewhere => {
  let [cost, factor, served] = [both(ZERO), both(ZERO), both(ZERO)]
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
    if (!there.cost || !there.stated) {
      reason ??= there.fault?.what ?? null
      continue
    }
    exact &&= conversion === AS_COUNTED
    cost = addRanges([cost, there.cost])
    factor = addRanges([factor, there.stated])
    served = addRanges([served, bill.cost])
    records += group.records
    if (there.asStandard) asStandard += group.records
    for (const meter of there.asInput) asInput.add(meter)
  }
  const known = records === 0 ? null : amount(cost)
  return {
    model,
    cost: records === all ? known : null,
    at_least: known,
    at_factor: records === 0 ? null : amount(factor),
    served: records === 0 ? null : amount(served),
    exact,
    records,
    as_standard: asStandard,
    as_input: [...asInput],
    reason: records === all ? null : reason,
  }
}
