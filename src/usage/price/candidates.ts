import type { Problem } from '../../errors/index.ts'
import { problems } from '../../errors/index.ts'
import { METERS } from '../../model/meters.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { Group } from '../groups/group.ts'
import type { Served } from '../plan/models.ts'
import { bandOf } from '../plan/tier-edges.ts'
import type { RecordRates } from '../record.ts'
import type { Asked, Quote, Quoted } from './quote.ts'

/** Where the requests of a group may lie: one instant and prompt for calls, all that a bucket may contain. */
export interface Reach {
  readonly instants: readonly number[]
  /** Shortest prompts of bands, in tokens of the records. */
  readonly prompts: readonly number[]
}

/** @returns a fault where the records tell no time */
export const reachOf = (
  { at, end, band, rates }: Group,
  { model, timeline, edges }: Served,
): Reach | { readonly fault: Problem } => {
  if (at === null) return { fault: problems.noTime(model.id) }
  if (end === null) return { instants: [at], prompts: [band] }
  return { instants: timeline.statesIn(at, Math.max(end, at + 1)), prompts: promptsOf(edges, band, rates) }
}

/** Any request of a bucket may be short; one above an edge is possible where the bucket's prompt tokens pass it. */
const promptsOf = (edges: readonly number[], band: number, rates: RecordRates | null): number[] => {
  const told = rates?.prompt
  const from = told ? bandOf(edges, told.from) : 0
  const most = Math.min(band, told?.to ?? band)
  return [from, ...edges.filter(edge => edge > from && edge <= most)]
}

/** The quotes for all that a group may contain; a moment without a price is left aside where another has one. */
export const quotesFor = (
  { instants, prompts }: Reach,
  ask: (asked: Pick<Asked, 'at' | 'prompt'>) => Quoted,
): readonly Quote[] | { readonly fault: Problem } => {
  const found = instants.flatMap(at => prompts.map(prompt => ask({ at, prompt })))
  const quotes = found.flatMap(one => ('fault' in one ? [] : one))
  const faults = found.flatMap(one => ('fault' in one ? one.fault : []))
  const [fault] = faults.filter(({ code }) => quotes.length === 0 || code !== 'NO_PRICE_AT')
  return fault ? { fault } : quotes
}

/**
 * What a list in CNY has for a USD of the same list: DeepSeek's 6.67 for Flash (1 for 0.15) and 6.82 for Pro (4.5 for
 * 0.66). The ends are less than a factor of 2 apart, so no price is taken for peak and off-peak at once.
 */
const CNY_PER_USD = { low: exact('6'), high: exact('8.5') }

/**
 * The quotes whose list prices are those that the source names, in USD exactly, in CNY by their size; all of them where
 * it names none that we know. A source that does not tell its currency may have either.
 */
export const namedBy = (rates: RecordRates | null, quotes: readonly Quote[]): readonly Quote[] => {
  const { prices = {}, currency } = rates ?? {}
  const named = METERS.flatMap(({ key }) => {
    const price = key === 'cache_write' || key === 'cache_write_1h' ? undefined : prices[key]
    return price === undefined ? [] : { meter: key, price: exact(price) }
  })
  if (named.length === 0) return quotes
  const where = (isNamed: (price: Exact, rate: Exact) => boolean): readonly Quote[] =>
    quotes.filter(({ rates: own }) =>
      named.every(({ meter, price }) => {
        const rate = own.usd[meter]
        return rate !== null && isNamed(price, rate)
      }),
    )
  const isOf = (code: string): boolean => currency === undefined || currency === code
  const inUsd = isOf('USD') ? where((price, rate) => price.eq(rate)) : []
  if (inUsd.length > 0) return inUsd
  const { low, high } = CNY_PER_USD
  const inCny = isOf('CNY') ? where((price, rate) => price.gte(rate.times(low)) && price.lte(rate.times(high))) : []
  return inCny.length > 0 ? inCny : quotes
}
