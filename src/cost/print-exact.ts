import { type Exact, type Money, quotient, toDecimals } from '../model/money.ts'
import type { ScenarioResult } from '../model/result.ts'
import { VIEW_KEYS, type View } from '../model/views.ts'

/** Exact money as results carry it: a saved result and a fresh one start from the same digits. */
export const money = (value: Money): string => toDecimals(value, 12)

/** Tokens as results carry them: an integer, or a decimal string where it is an expectation. */
export const tokens = (value: Exact): number | string => {
  const printed = toDecimals(value, 6)
  return /^\d+$/.test(printed) && Number.isSafeInteger(Number(printed)) ? Number(printed) : printed
}

export const share = (part: Exact, whole: Exact): number | null =>
  whole.isZero() ? null : Number(quotient(part, whole).toFixed())

/** A view's costs as results carry them; what is unknown is `null`. */
export const printCosts = (cost: (view: View) => Money | null): ScenarioResult['costs'] => {
  const costs: Partial<Record<View | 'self_hosted', string | null>> = {}
  for (const view of VIEW_KEYS) {
    const value = cost(view)
    costs[view] = value && money(value)
  }
  costs.self_hosted = null
  return costs as ScenarioResult['costs']
}
