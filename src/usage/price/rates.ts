import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import { greatestOf } from '../../model/number/extremes.ts'
import { type Exact, unitsOf } from '../../model/number/money.ts'

/** Rates of the meters. */
export interface Rates {
  /** USD per 1M tokens; `null`: unknown. */
  readonly usd: Readonly<Record<MeterKey, Exact | null>>
  /** The same in units of 10⁻ᵈ USD: a log has far more groups than rates, and whole numbers are multiplied faster. */
  readonly units: Readonly<Record<MeterKey, bigint | null>>
  /** d. */
  readonly decimals: number
}

/** @param usd - the rate of a meter, USD per 1M tokens; `null`: unknown */
export const ratesBy = (usd: (meter: MeterKey) => Exact | null): Rates => {
  const rates = byMeter(usd)
  const decimals = greatestOf(METERS.map(({ key }) => rates[key]?.decimalPlaces() ?? 0))
  const units = byMeter(meter => {
    const rate = rates[meter]
    return rate && unitsOf(rate, decimals)
  })
  return { usd: rates, units, decimals }
}
