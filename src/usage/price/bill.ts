import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact, MILLION, quotient } from '../../model/number/money.ts'
import { addRanges, encloseAll, type Range, scaleRange } from '../../model/number/range.ts'
import type { Tokens } from '../groups/group.ts'
import type { Quote, Rates } from './quote.ts'

/** What some requests cost, and would have cost otherwise. Exact USD; `null`: a rate that is needed is unknown. */
export interface Bill {
  readonly cost: Range<Exact> | null
  /** All of the prompt at the rate of input. */
  readonly headline: Range<Exact> | null
  /** The headline less the cost; below 0 where writing cost more than reading saved. */
  readonly cachingSaved: Range<Exact> | null
  /** What a batch would have saved; `null`: not offered. */
  readonly batchSaves: Range<Exact> | null
  /** What the cheapest hours would have saved; `null`: the rates have no hours. */
  readonly hoursSave: Range<Exact> | null
}

/**
 * Prices the sums of requests whose rates are among some quotes: one for calls, several for a bucket, whose requests may
 * lie in any of them. An amount is then a range from every token at its cheapest rate to every token at its dearest.
 */
export const billOf = (tokens: Tokens, quotes: readonly Quote[]): Bill => {
  const over = (vector: (quote: Quote) => Rates | null): Range<Exact> | null => {
    const vectors = quotes.map(vector)
    return vectors.some(one => one === null) ? null : spread(tokens, vectors as Rates[])
  }
  return {
    cost: costOf(tokens, quotes),
    headline: over(({ headline }) => headline),
    cachingSaved: over(({ headline, rates }) => less(headline, rates)),
    batchSaves: over(({ rates, batch }) => batch && less(rates, batch)),
    hoursSave: over(({ rates, hours }) => {
      const cheapest = cheapestOf(tokens, hours)
      return cheapest && less(rates, cheapest)
    }),
  }
}

/** What they cost, and nothing else. */
export const costOf = (tokens: Tokens, quotes: readonly Quote[]): Range<Exact> | null =>
  spread(
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
  const found: Metered[] = []
  for (const { key: meter } of METERS) {
    if (tokens[meter].isZero()) continue
    const rates = vectors.map(vector => vector[meter])
    const rate = encloseAll(rates.flatMap(one => one ?? []))
    if (!rate || rates.includes(null)) return null
    found.push({ meter, rate, cost: scaleRange(rate, tokens[meter].times(MILLIONTH)) })
  }
  return found
}

/** The sum of the meters; `null`: a used meter has no known rate. */
const spread = (tokens: Tokens, vectors: readonly Rates[]): Range<Exact> | null => {
  const metered = meteredBy(tokens, vectors)
  return metered && addRanges(metered.map(({ cost }) => cost))
}

// A power of ten: only the decimal point moves.
const MILLIONTH = quotient(exact(1), MILLION)

const less = (a: Rates, b: Rates): Rates =>
  Object.fromEntries(
    METERS.map(({ key }) => {
      const [from, rate] = [a[key], b[key]]
      return [key, from && rate && from.minus(rate)]
    }),
  ) as Rates

const cheapestOf = (tokens: Tokens, hours: readonly Rates[]): Rates | null => {
  let best: { readonly rates: Rates; readonly cost: Exact } | null = null
  for (const rates of hours) {
    const cost = spread(tokens, [rates])?.low
    if (cost && (best === null || cost.lt(best.cost))) best = { rates, cost }
  }
  return best?.rates ?? null
}

/** The first meter with tokens that no quote has a known rate of. */
export const missingIn = (tokens: Tokens, quotes: readonly Quote[]): MeterKey | null =>
  METERS.map(({ key }) => key).find(key => !tokens[key].isZero() && quotes.some(({ rates }) => rates[key] === null)) ??
  null
