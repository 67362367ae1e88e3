import { METERS, type MeterKey } from '../../model/meters.ts'
import { greatestOf } from '../../model/number/extremes.ts'
import { type Exact, fromUnits } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'
import type { Tokens } from '../groups/group.ts'
import type { Quote } from './quote.ts'
import type { Rates } from './rates.ts'

/** What some requests cost. Exact USD; `null`: a rate that is needed is unknown. */
export interface Bill {
  readonly cost: Range<Exact> | null
  /** All of the prompt at the rate of input. */
  readonly headline: Range<Exact> | null
  /** The headline less the cost; below 0 where writing cost more than reading saved. */
  readonly cachingSaved: Range<Exact> | null
}

/**
 * Prices the sums of requests whose rates are among some quotes: one for calls, several for a bucket, whose requests may
 * lie in any of them. An amount is then a range from every token at its cheapest rate to every token at its dearest.
 */
export const billOf = (tokens: Tokens, quotes: readonly Quote[]): Bill => ({
  cost: costOf(tokens, quotes),
  headline: amountAt(
    tokens,
    quotes.map(({ headline }) => headline),
  ),
  cachingSaved: amountAt(
    tokens,
    quotes.map(({ cachingSaves }) => cachingSaves),
  ),
})

/** What they cost, and nothing else. */
export const costOf = (tokens: Tokens, quotes: readonly Quote[]): Range<Exact> | null =>
  amountAt(
    tokens,
    quotes.map(({ rates }) => rates),
  )

/** What the tokens of one meter cost. */
export interface Metered {
  readonly meter: MeterKey
  /** USD per 1M tokens, from the least of its rates to the greatest. */
  readonly rate: Range<Exact>
  /** USD. */
  readonly cost: Range<Exact>
}

/** tokens × rate, meter by meter, of those with tokens; `null`: one of them has no known rate. */
export const meteredBy = (tokens: Tokens, vectors: readonly Rates[]): readonly Metered[] | null => {
  const decimals = decimalsOf(vectors)
  const found: Metered[] = []
  for (const { key: meter } of METERS) {
    if (tokens[meter] === 0n) continue
    const range = unitsIn(meter, vectors, decimals)
    if (!range) return null
    const rate = mapRange(range, units => fromUnits(units, decimals))
    const cost = mapRange(range, units => fromUnits(tokens[meter] * units, decimals + MILLIONTHS))
    found.push({ meter, rate, cost })
  }
  return found
}

/** What tokens come to at rates, USD: the sum of the meters. `null`: a used meter has no known rate. */
export const amountAt = (tokens: Tokens, vectors: readonly Rates[]): Range<Exact> | null => {
  const decimals = decimalsOf(vectors)
  let [low, high] = [0n, 0n]
  for (const { key: meter } of METERS) {
    if (tokens[meter] === 0n) continue
    const range = unitsIn(meter, vectors, decimals)
    if (!range) return null
    low += tokens[meter] * range.low
    high += tokens[meter] * range.high
  }
  return mapRange({ low, high }, units => fromUnits(units, decimals + MILLIONTHS))
}

/** Rates are per 1M tokens: an amount has this many decimals more. */
const MILLIONTHS = 6

const decimalsOf = (vectors: readonly Rates[]): number => greatestOf([0, ...vectors.map(({ decimals }) => decimals)])

/** From the least rate of a meter to the greatest, in units of so many decimals; `null`: one of them is not known. */
const unitsIn = (meter: MeterKey, vectors: readonly Rates[], decimals: number): Range<bigint> | null => {
  let [low, high]: [bigint | null, bigint | null] = [null, null]
  for (const { units, decimals: own } of vectors) {
    const given = units[meter]
    if (given === null) return null
    const rate = own === decimals ? given : given * 10n ** BigInt(decimals - own)
    if (low === null || rate < low) low = rate
    if (high === null || rate > high) high = rate
  }
  return low === null || high === null ? null : { low, high }
}

/** The first meter with tokens that no quote has a known rate of. */
export const missingIn = (tokens: Tokens, quotes: readonly Quote[]): MeterKey | null =>
  METERS.map(({ key }) => key).find(key => tokens[key] > 0n && quotes.some(({ rates }) => rates.usd[key] === null)) ??
  null
