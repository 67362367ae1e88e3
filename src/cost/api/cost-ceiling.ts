import type { MeterKey } from '../../model/meters.ts'
import { type Exact, exact, MILLION, type Money, quotient, ZERO } from '../../model/number/money.ts'
import type { View } from '../../model/views.ts'
import { batchCard, listCard, pickRates } from '../rates/pick-rates.ts'
import { KNOWN_METERS } from './known-usage.ts'
import type { StreamRange } from './price-range.ts'
import type { PricedStream } from './price-stream.ts'

/**
 * Whether the estimated counts of a view cross a rate boundary, such as a cache minimum or a tier. A count within the
 * band may then cost more or less than at either end.
 */
export const crossesRateBoundary = ({ low, stated, high }: StreamRange, view: View): boolean => {
  const rates = ({ views }: PricedStream): string => {
    const priced = views[view]
    if (!('lines' in priced)) return ''
    return priced.lines
      .map(({ meter, tier, rate }) => [meter, tier, rate].join())
      .sort()
      .join()
  }
  if (low === high) return false
  return rates(low) !== rates(high) || rates(stated) !== rates(high) || isBeyondEnds([low, stated, high], view)
}

/** Whether the stated count costs less or more than both ends: then some of its calls cross a boundary. */
const isBeyondEnds = (ends: readonly [PricedStream, PricedStream, PricedStream], view: View): boolean => {
  const [low, stated, high] = ends.map(({ views }) => ('cost' in views[view] ? views[view].cost : null))
  if (low == null || stated == null || high == null) return false
  return (stated.lt(low) && stated.lt(high)) || (stated.gt(low) && stated.gt(high))
}

const ALL_READ = 'every input token is read from the cache, although every prompt is sent a first time'
const TURNS_WAIT = 'it takes the hits of cached, though turns cannot share a batch'

/** Why the figure of a view is only a lower bound of what it stands for; `null` where it is no bound. */
export const whyBound = (stream: StreamRange, view: View): string | null => {
  if (isIdeal(stream, view)) return ALL_READ
  return turnsWait(stream, view) ? TURNS_WAIT : null
}

/** Whether a view reads every input token from the cache: the view always does, or the scenario says so. */
export const isIdeal = (stream: StreamRange, view: View): boolean =>
  (view === 'cached_ideal' || stream.scenario.cache.policy === 'ideal') && readsIn(stream, view)

/** Whether a view has any cache hits. */
const readsIn = ({ high: { views } }: StreamRange, view: View): boolean => {
  const priced = views[view]
  return 'lines' in priced && priced.lines.some(({ meter }) => meter === 'cache_read')
}

/**
 * Whether a batch view counts cache hits between calls that depend on each other, which one batch cannot run in turn.
 */
const turnsWait = (stream: StreamRange, view: View): boolean => {
  const { scenario, high } = stream
  const { first, last } = high.stream.extent
  const talks = scenario.request !== null && last > first
  return view === 'batch_cached' && talks && scenario.cache.policy !== 'ideal' && readsIn(stream, view)
}

/** Upper limit of a view's cost, USD per period, where it is above the high end. */
export interface Ceiling {
  readonly usd: Money
  /** `band`: the estimated counts cross a rate boundary; `bound`: the figure is a bound. */
  readonly why: 'band' | 'bound'
}

/** Upper limit of what requests cost in a view, USD per period; `null` where the high end is the limit. */
export const streamCeiling = (stream: StreamRange, view: View): Ceiling | null => {
  const why = crossesRateBoundary(stream, view) ? 'band' : turnsWait(stream, view) ? 'bound' : null
  return why && { usd: costCeiling(stream, view), why }
}

/**
 * The most that any count within the band can cost, whatever the cache holds: every token of the high end at the
 * highest rate that can apply. Exact USD per period.
 */
export const costCeiling = ({ high: { offer, work, tokens, longest } }: StreamRange, view: View): Money => {
  const { row, batchRule } = offer
  const { tiers = [], windows = [] } = row
  const reached = tiers.flatMap(({ threshold }, i) => (longest === null || longest.tokens >= threshold ? [i] : []))
  const rates = [
    row,
    ...reached.map(i => pickRates(row, i, null)),
    ...windows.map(window => pickRates(row, null, window)),
  ]
  const batched = view === 'batch' || view === 'batch_cached'
  const cards = rates.map(one => (batched ? batchCard(one, batchRule) : listCard(one)))
  const dearest = (keys: readonly MeterKey[]): Exact =>
    cards
      .flatMap(card => keys.flatMap(key => (typeof card === 'object' ? (card?.[key] ?? []) : [])))
      .flatMap(rate => (rate === 'not_offered' ? [] : [exact(rate)]))
      .reduce((a, b) => (b.gt(a) ? b : a), ZERO)
  const writes = work.known ? KNOWN_METERS : work.writeMeter ? [work.writeMeter] : []
  const sent: readonly MeterKey[] = ['input', 'cache_read', ...writes]
  return quotient(tokens.prompt.times(dearest(sent)).plus(tokens.output.times(dearest(['output']))), MILLION)
}
