import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact, MILLION, type Money, quotient, sum } from '../../model/number/money.ts'
import type { RateCard } from '../rates/pick-rates.ts'

/** Tokens per meter. Meters are disjoint: a cached token is not also an input token. */
export type Usage = Readonly<Partial<Record<MeterKey, Exact>>>

/** quantity × rate = cost, exact. */
export interface Line {
  readonly meter: MeterKey
  /** Tokens. */
  readonly quantity: Exact
  /** USD per 1M tokens. */
  readonly rate: string
  /** Exact USD. */
  readonly cost: Money
}

/**
 * Prices a usage: cost = quantity × rate ÷ 1,000,000, meter by meter.
 *
 * @param usage - tokens per meter; meters are disjoint
 * @param card - USD per 1M tokens
 * @returns one line per used meter, in `METERS` order, exact USD, not rounded; or the first used meter without a known
 *   rate: a missing price is never $0
 */
export const priceUsage = (usage: Usage, card: RateCard): Line[] | { readonly missing: MeterKey } => {
  const lines: Line[] = []
  for (const { key: meter } of METERS) {
    const quantity = usage[meter]
    if (quantity === undefined || quantity.isZero()) continue
    const rate = card[meter]
    if (rate === null || rate === 'not_offered') return { missing: meter }
    lines.push({ meter, quantity, rate, cost: millionth(quantity.times(exact(rate))) })
  }
  return lines
}

// Dividing by a power of ten only shifts the decimal point; 50 digits hold any book rate times a count.
const millionth = (value: Exact): Money => value.times(MILLIONTH)
const MILLIONTH = quotient(exact(1), MILLION)

/** Sum of the lines' costs, exact USD. */
export const totalCost = (lines: readonly { readonly cost: Money }[]): Money => sum(lines.map(({ cost }) => cost))
