import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact, MILLION, quotient } from '../../model/number/money.ts'
import { addRanges, encloseAll, type Range, scaleRange } from '../../model/number/range.ts'
import type { Tokens } from '../groups/group.ts'
import type { Hours, Quote, Rates } from './quote.ts'

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
    cachingSaved: over(({ cachingSaves }) => cachingSaves),
    batchSaves: over(({ batchSaves }) => batchSaves),
    hoursSave: over(({ hours }) => cheapestOf(tokens, hours)?.saves ?? null),
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
    const rate = rateOf(meter, vectors)
    if (!rate) return null
    found.push({ meter, rate, cost: scaleRange(rate, tokens[meter].times(MILLIONTH)) })
  }
  return found
}

/** From the least to the greatest; `null`: one of them is not known. */
const rateOf = (meter: MeterKey, vectors: readonly Rates[]): Range<Exact> | null => {
  const rates: Exact[] = []
  for (const { [meter]: rate } of vectors) {
    if (rate === null) return null
    rates.push(rate)
  }
  return encloseAll(rates)
}

/** The sum of the meters; `null`: a used meter has no known rate. */
const spread = (tokens: Tokens, vectors: readonly Rates[]): Range<Exact> | null => {
  const millions: Range<Exact>[] = []
  for (const { key: meter } of METERS) {
    if (tokens[meter].isZero()) continue
    const rate = rateOf(meter, vectors)
    if (!rate) return null
    millions.push(scaleRange(rate, tokens[meter]))
  }
  return scaleRange(addRanges(millions), MILLIONTH)
}

// A power of ten: only the decimal point moves.
const MILLIONTH = quotient(exact(1), MILLION)

const cheapestOf = (tokens: Tokens, hours: readonly Hours[]): Hours | null => {
  let best: { readonly hours: Hours; readonly cost: Exact } | null = null
  for (const own of hours) {
    const cost = spread(tokens, [own.rates])?.low
    if (cost && (best === null || cost.lt(best.cost))) best = { hours: own, cost }
  }
  return best?.hours ?? null
}

/** The first meter with tokens that no quote has a known rate of. */
export const missingIn = (tokens: Tokens, quotes: readonly Quote[]): MeterKey | null =>
  METERS.map(({ key }) => key).find(key => !tokens[key].isZero() && quotes.some(({ rates }) => rates[key] === null)) ??
  null
