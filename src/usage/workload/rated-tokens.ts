import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact, ZERO } from '../../model/number/money.ts'
import type { Rates } from '../price/rates.ts'

/** USD × 10⁶; what has no known rate is left out. */
export const costOf = ({ tokens }: { readonly tokens: Readonly<Record<MeterKey, number>> }, rates: Rates): Exact => {
  let cost = ZERO
  for (const { key } of METERS) cost = cost.plus((rates.usd[key] ?? ZERO).times(exact(Math.round(tokens[key]))))
  return cost
}
