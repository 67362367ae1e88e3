import type { Book } from '../model/book.ts'
import { COUNTED_LENGTHS, type Length, type Part } from '../model/counted.ts'
import type { MeterKey } from '../model/meters.ts'
import { type Exact, exact, MILLION, type Money, quotient, ZERO } from '../model/money.ts'
import type { OneModel, Scenario } from '../model/scenario.ts'
import type { View } from '../model/views.ts'
import { type Estimate, type Portion, priceScenario } from './price-scenario.ts'
import { tokensOf } from './price-views.ts'

/**
 * Requests of one model priced at both ends of its estimated token counts, and at their stated factor; one and the same estimate
 * where all are exact.
 */
export interface Bounds {
  readonly scenario: OneModel
  readonly low: Estimate
  readonly stated: Estimate
  readonly high: Estimate
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
  const low = priceScenario(atEnd(scenario, 'low'), given)
  if (!isEstimated(scenario)) return { scenario, low, stated: low, high: low }
  const high = priceScenario(atEnd(scenario, 'high'), given)
  return { scenario, low, stated: priceScenario(scenario, given), high }
}

/** What a view costs at the least and at the most that is known, USD per period; `null` where any is unknown. */
export const boundsOf = ({ low, stated, high }: Bounds, view: View): readonly [Money, Money] | null => {
  let ends: readonly [Money, Money] | null = null
  for (const { views } of [low, stated, high]) {
    const priced = views[view]
    if (!('cost' in priced)) return null
    const { cost }: { readonly cost: Money } = priced
    ends = ends === null ? [cost, cost] : [cost.lt(ends[0]) ? cost : ends[0], cost.gt(ends[1]) ? cost : ends[1]]
  }
  return ends
}

/**
 * Whether the band of a view's tokens meets other rates within it, such as a cache minimum or a tier: then a count in
 * between may cost more or less than every figure that is known.
 */
export const straddles = ({ low, stated, high }: Bounds, view: View): boolean => {
  const rates = ({ views }: Estimate): string => {
    const priced = views[view]
    if (!('lines' in priced)) return ''
    return priced.lines
      .map(({ meter, tier, rate }) => [meter, tier, rate].join())
      .sort()
      .join()
  }
  return low !== high && (rates(low) !== rates(high) || rates(stated) !== rates(high))
}

/**
 * What no count within the band can cost more than: every token of the high end at the dearest rate that it can meet.
 * Exact USD per period.
 */
export const mostOf = ({ high: { offer, views, work, shares, longest } }: Bounds): Money => {
  const { tiers = [], windows = [] } = offer.row
  const reached = tiers.filter(({ threshold }) => longest === null || longest.tokens >= threshold)
  const cards = [offer.row, ...reached, ...windows]
  const dearest = (keys: readonly MeterKey[]): Exact =>
    cards
      .flatMap(card => keys.flatMap(key => card[key] ?? []))
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
