import type { Book } from '../../model/book/book.ts'
import type { MeterKey } from '../../model/meters.ts'
import { type Exact, exact, MILLION, type Money, quotient, ZERO } from '../../model/number/money.ts'
import { encloseAll, type Range } from '../../model/number/range.ts'
import { COUNTED_LENGTHS, type Length, type Part } from '../../model/scenario/counted.ts'
import type { OneModel, Scenario } from '../../model/scenario/scenario.ts'
import type { View } from '../../model/views.ts'
import { batchCard, listCard, ratesOf } from '../rates/pick-rates.ts'
import { type Portion, type PricedStream, priceStream } from './price-stream.ts'
import { tokensOf } from './price-views.ts'

/**
 * Requests of one model priced at both ends of its estimated token counts, and at their stated factor; one and the same estimate
 * where all are exact.
 */
export interface Bounds extends Range<PricedStream> {
  readonly scenario: OneModel
  readonly stated: PricedStream
}

/**
 * Prices a scenario with every estimated text at the low end of its band, at its stated factor, and at the high end.
 *
 * @param portion - which of its requests; left out: all, of the size that they have
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, TOO_MANY_SAMPLES
 */
export const priceBounds = (
  scenario: OneModel,
  given: { readonly book: Book; readonly at: string; readonly portion?: Portion },
): Bounds => {
  const low = priceStream(atEnd(scenario, 'low'), given)
  if (!isEstimated(scenario)) return { scenario, low, stated: low, high: low }
  const high = priceStream(atEnd(scenario, 'high'), given)
  return { scenario, low, stated: priceStream(scenario, given), high }
}

/** What a view costs at the least and at the most that is known, USD per period; `null` where any is unknown. */
export const boundsOf = ({ low, stated, high }: Bounds, view: View): Range<Money> | null => {
  const costs = [low, stated, high].flatMap(({ views }) => ('cost' in views[view] ? [views[view].cost] : []))
  return costs.length < TOKEN_ENDS.length ? null : encloseAll(costs)
}

/** At which end of the estimated token counts. */
export type TokenEnd = 'low' | 'stated' | 'high'

export const TOKEN_ENDS: readonly TokenEnd[] = ['low', 'stated', 'high']

/**
 * Whether the band of a view's tokens meets other rates within it, such as a cache minimum or a tier: then a count in
 * between may cost more or less than every figure that is known.
 */
export const crossesRateBoundary = ({ low, stated, high }: Bounds, view: View): boolean => {
  const rates = ({ views }: PricedStream): string => {
    const priced = views[view]
    if (!('lines' in priced)) return ''
    return priced.lines
      .map(({ meter, tier, rate }) => [meter, tier, rate].join())
      .sort()
      .join()
  }
  return low !== high && (rates(low) !== rates(high) || rates(stated) !== rates(high))
}

const ALL_READ = 'every input token is read from the cache, though something is always sent a first time'
const TURNS_WAIT = 'it takes the hits of cached, though the turns of one conversation cannot wait in one batch'

/** Why a view of these requests is only a bound: what it stands for costs more than its figure; `null`: it is none. */
export const boundOf = (bounds: Bounds, view: View): string | null => {
  if (isIdeal(bounds, view)) return ALL_READ
  return turnsWait(bounds, view) ? TURNS_WAIT : null
}

/** Whether a view reads every input token from the cache: by its nature, or as the scenario asks for it. */
export const isIdeal = (bounds: Bounds, view: View): boolean =>
  (view === 'cached_ideal' || bounds.scenario.cache.policy === 'ideal') && readsIn(bounds, view)

/** Whether anything is read from the cache in a view. */
const readsIn = ({ high: { views } }: Bounds, view: View): boolean => {
  const priced = views[view]
  return 'lines' in priced && priced.lines.some(({ meter }) => meter === 'cache_read')
}

/** Whether a view takes hits that only calls which wait for one another can have, though a batch answers all at once. */
const turnsWait = (bounds: Bounds, view: View): boolean => {
  const { scenario, high } = bounds
  const { first, last } = high.stream.extent
  const talks = scenario.request !== null && last > first
  return view === 'batch_cached' && talks && scenario.cache.policy !== 'ideal' && readsIn(bounds, view)
}

/** What a view cannot cost more than, USD per period, where that is more than its high end. */
export interface Most {
  readonly usd: Money
  /** The estimated counts meet other rates within their band, or the figure is a bound. */
  readonly why: 'band' | 'bound'
}

/** What requests cannot cost more than in a view, USD per period; `null`: their high end is their most. */
export const mostIn = (bounds: Bounds, view: View): Most | null => {
  const why = crossesRateBoundary(bounds, view) ? 'band' : turnsWait(bounds, view) ? 'bound' : null
  return why && { usd: costCeiling(bounds, view), why }
}

/**
 * What no count within the band can cost more than, whatever is found in the cache: every token of the high end at the
 * dearest rate that it can meet. Exact USD per period.
 */
export const costCeiling = ({ high: { offer, views, work, shares, longest } }: Bounds, view: View): Money => {
  const { row, batchRule } = offer
  const { tiers = [], windows = [] } = row
  const reached = tiers.flatMap(({ threshold }, i) => (longest === null || longest.tokens >= threshold ? [i] : []))
  const rates = [row, ...reached.map(i => ratesOf(row, i, null)), ...windows.map(window => ratesOf(row, null, window))]
  const batched = view === 'batch' || view === 'batch_cached'
  const cards = rates.map(one => (batched ? batchCard(one, batchRule) : listCard(one)))
  const dearest = (keys: readonly MeterKey[]): Exact =>
    cards
      .flatMap(card => keys.flatMap(key => (typeof card === 'object' ? (card?.[key] ?? []) : [])))
      .flatMap(rate => (rate === 'not_offered' ? [] : [exact(rate)]))
      .reduce((a, b) => (b.gt(a) ? b : a), ZERO)
  const sent: readonly MeterKey[] = ['input', 'cache_read', ...(work.writeMeter ? [work.writeMeter] : [])]
  const { prompt, output } = tokensOf({ views, work, shares })
  return quotient(prompt.times(dearest(sent)).plus(output.times(dearest(['output']))), MILLION)
}

const partsOf = (length: Length): readonly Part[] => (typeof length === 'number' ? [] : length.parts)

/** Whether any of its token counts is an estimate. */
export const isEstimated = ({ request }: Scenario): boolean =>
  request !== null && COUNTED_LENGTHS.some(key => partsOf(request[key]).some(({ exact }) => !exact))

const atEnd = (scenario: OneModel, end: 'low' | 'high'): OneModel => {
  const { request } = scenario
  if (!request || !isEstimated(scenario)) return scenario
  const lengths = COUNTED_LENGTHS.map(key => {
    const length = request[key]
    if (typeof length === 'number') return [key, length]
    return [key, { ...length, parts: length.parts.map(part => ({ ...part, samples: part[end] ?? part.samples })) }]
  })
  return {
    ...scenario,
    request: { ...request, ...(Object.fromEntries(lengths) as Pick<typeof request, (typeof COUNTED_LENGTHS)[number]>) },
  }
}
