import type { Book } from '../../model/book/book.ts'
import { type Exact, type Money, sum } from '../../model/number/money.ts'
import { addRanges, encloseAll, type Range } from '../../model/number/range.ts'
import { remembered } from '../../model/remembered.ts'
import { mapViews, type ViewCosts } from '../../model/result/print-exact.ts'
import { COUNTED_LENGTHS, type Length, type Part, type Request } from '../../model/scenario/counted.ts'
import type { OneModel, Scenario } from '../../model/scenario/scenario.ts'
import type { View } from '../../model/views.ts'
import type { When } from '../rates/calendar-bands.ts'
import { type Portion, type PricedStream, priceStream } from './price-stream.ts'
import type { Tokens } from './price-views.ts'

/** An end of the estimated token counts, or the stated factor. */
export type TokenEnd = 'low' | 'stated' | 'high'

/** Tokens of the `cached` view per meter, at both ends of their counts; `null`: unknown. */
export type TokenRanges = { readonly [K in keyof Tokens]: Range<NonNullable<Tokens[K]>> | Extract<Tokens[K], null> }

/**
 * Requests of one model priced at both ends of the estimated token counts and at the stated factor; all three are the
 * same object where the counts are exact.
 */
export interface StreamRange extends Range<PricedStream> {
  readonly scenario: OneModel
  readonly stated: PricedStream
  /** The ends that differ; exact counts have only one. */
  readonly ends: readonly TokenEnd[]
  /** Lowest and highest known cost of each view. */
  readonly costs: ViewCosts
  readonly tokens: TokenRanges
}

const EXACT_ENDS = ['stated'] as const
const ESTIMATED_ENDS = ['low', 'stated', 'high'] as const

/**
 * Prices a scenario with every estimated text at the low end of its band, at its stated factor, and at the high end.
 *
 * @param portion - the requests to price; default: all, at their own size
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, TOO_MANY_SAMPLES
 */
export const priceRange = (
  scenario: OneModel,
  given: When & { readonly book: Book; readonly portion?: Portion },
): StreamRange => {
  const stated = priceStream(scenario, given)
  const isExact = !isEstimated(scenario)
  const low = isExact ? stated : priceStream(countedAt(scenario, 'low'), given)
  const high = isExact ? stated : priceStream(countedAt(scenario, 'high'), given)
  const ends = isExact ? EXACT_ENDS : ESTIMATED_ENDS
  const counted = ends.map(end => ({ low, stated, high })[end])
  const costs = mapViews(view => costBetween(counted, view))
  return { scenario, low, stated, high, ends, costs, tokens: tokensBetween(low.tokens, high.tokens) }
}

const costBetween = (streams: readonly PricedStream[], view: View): Range<Money> | null => {
  const costs = streams.flatMap(({ views }) => ('cost' in views[view] ? [views[view].cost] : []))
  return costs.length < streams.length ? null : encloseAll(costs)
}

/** Cost of a view at the stated factor of every estimated text, which ranks; `null` if it is unknown. */
export const statedCost = (streams: readonly StreamRange[], view: View): Exact | null => {
  const costs = streams.flatMap(({ stated: { views } }) => ('cost' in views[view] ? [views[view].cost] : []))
  return costs.length < streams.length ? null : sum(costs)
}

const tokensBetween = (low: Tokens, high: Tokens): TokenRanges => {
  const between = (key: keyof Tokens): Range<Exact> | null => {
    const [least, most] = [low[key], high[key]]
    return least && most && { low: least, high: most }
  }
  return {
    prompt: { low: low.prompt, high: high.prompt },
    output: { low: low.output, high: high.output },
    input: between('input'),
    cache_read: between('cache_read'),
    cache_write: between('cache_write'),
    cache_write_1h: between('cache_write_1h'),
  }
}

/** Adds token counts meter by meter; a sum is unknown if any of its parts is. */
export const addTokens = (all: readonly TokenRanges[]): TokenRanges => {
  const total = (key: keyof Tokens): Range<Exact> | null => {
    const known = all.flatMap(tokens => tokens[key] ?? [])
    return known.length < all.length ? null : addRanges(known)
  }
  return {
    prompt: addRanges(all.map(({ prompt }) => prompt)),
    output: addRanges(all.map(({ output }) => output)),
    input: total('input'),
    cache_read: total('cache_read'),
    cache_write: total('cache_write'),
    cache_write_1h: total('cache_write_1h'),
  }
}

const partsIn = (length: Length): readonly Part[] => (typeof length === 'number' ? [] : length.parts)

/** Whether any of the scenario's token counts is an estimate. */
export const isEstimated = ({ request, totals }: Scenario): boolean =>
  totals?.band !== undefined ||
  (request !== null && COUNTED_LENGTHS.some(key => partsIn(request[key]).some(({ exact }) => !exact)))

/** A request with every estimated count at one end of its band, cached: a forecast prices it many times. */
const requestAt = (end: 'low' | 'high') =>
  remembered((request: Request): Request => {
    const lengths = COUNTED_LENGTHS.map(key => {
      const length = request[key]
      if (typeof length === 'number') return [key, length]
      return [key, { ...length, parts: length.parts.map(part => ({ ...part, samples: part[end] ?? part.samples })) }]
    })
    return { ...request, ...(Object.fromEntries(lengths) as Pick<Request, (typeof COUNTED_LENGTHS)[number]>) }
  })
const REQUESTS = { low: requestAt('low'), high: requestAt('high') }

/** The scenario with every estimated count at one end of its band. */
const countedAt = (scenario: OneModel, end: 'low' | 'high'): OneModel => {
  const { request, totals } = scenario
  if (!request) return totals?.band ? { ...scenario, totals: { ...totals, ...totals.band[end] } } : scenario
  return { ...scenario, request: REQUESTS[end](request) }
}
