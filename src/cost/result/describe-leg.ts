import { type Exact, exact, quotient, sum } from '../../model/number/money.ts'
import { encloseAll, mapRange } from '../../model/number/range.ts'
import { money, perHosted, ratio, share, tokens } from '../../model/result/print-exact.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { MARKS } from '../../model/scenario/marks.ts'
import { VIEW_KEYS, type View } from '../../model/views.ts'
import type { StreamRange, TokenRanges } from '../api/price-range.ts'
import { readsOffered } from '../api/price-views.ts'
import { addCosts, type Cost } from '../fleet/costs.ts'
import { limitsOf } from '../rates/price-at.ts'
import { matchesByMarks, namesOfMarks } from '../workload/expect-marks.ts'

/** How documents describe the streams of one model, or of a whole fleet. */

/** Tokens of the `cached` view; `null`: unknown. */
export const printTokens = (used: TokenRanges): Omit<ScenarioResult['tokens'], 'exact'> => ({
  prompt: tokens(used.prompt),
  input: used.input && tokens(used.input),
  cache_read: used.cache_read && tokens(used.cache_read),
  cache_write: used.cache_write && tokens(used.cache_write),
  cache_write_1h: used.cache_write_1h && tokens(used.cache_write_1h),
  output: tokens(used.output),
})

/** Share of the prompt tokens read from the cache; `null`: unknown, or no prompt tokens. */
export const hitShare = ({ cache_read, prompt }: TokenRanges): ScenarioResult['cache']['hit_share'] => {
  if (!cache_read || prompt.low.isZero() || prompt.high.isZero()) return null
  return ratio({ low: quotient(cache_read.low, prompt.low), high: quotient(cache_read.high, prompt.high) })
}

/** Share of the requests that find the shared prefix warm; `null` if no prefix is known, or there are no requests. */
export const warmShare = (streams: readonly StreamRange[]): number | null => {
  const [first] = streams
  if (!first?.scenario.request || first.scenario.cache.policy !== 'prefix' || !readsOffered(first.low.offer))
    return null
  const warm = streams.flatMap(({ low: { shares, needs } }) =>
    shares.map(part => (needs === 'two' ? part.warmAfterTwo : part.warmAfterOne)),
  )
  return share(sum(warm), countRequests(streams))
}

/** Cache marks that the streams are reckoned with; `null` where their provider does not match by marks. */
export const marksIn = (streams: readonly StreamRange[]): ScenarioResult['cache']['marks'] => {
  const [first] = streams
  if (!first?.scenario.request || first.scenario.cache.policy !== 'prefix' || !readsOffered(first.low.offer))
    return null
  if (first.low.offer.caching !== 'known' || !matchesByMarks(first.low.offer.cacheRule)) return null
  const found = new Set(streams.flatMap(({ low }) => namesOfMarks(low.marks)))
  return MARKS.filter(mark => found.has(mark))
}

/** Requests per period of these streams; for totals, their share. */
const countRequests = (streams: readonly StreamRange[]): Exact =>
  sum(streams.flatMap(({ low: { shares } }) => shares.map(({ requests }) => requests)))

/** Calls per period; `null` if only totals are known. */
export const countCalls = (streams: readonly StreamRange[]): Exact | null => {
  if (streams.some(({ scenario }) => scenario.request === null)) return null
  return sum(
    streams.map(stream => {
      const { first, last } = stream.low.stream.extent
      return stream.low.stream.share.times(stream.scenario.traffic.requests).times(last - first + 1)
    }),
  )
}

/** Requests at each set of rates, for the streams of one model. */
export const describeWindows = (streams: readonly StreamRange[]): ScenarioResult['windows'] => {
  const all = countRequests(streams)
  const named = new Map<string | null, Exact>()
  for (const { low } of streams) {
    for (const { name, requests } of low.shares) named.set(name, requests.plus(named.get(name) ?? 0))
  }
  return [...named].map(([name, requests]) => ({ name, share: share(requests, all) ?? 0 }))
}

/** Whether the longest call fits: yes, no, or unknown because the context is unknown or the ends disagree. */
export const describeFit = (streams: readonly StreamRange[]): ScenarioResult['fit'] => {
  const [first] = streams
  const context = first ? limitsOf(first.low.offer).context : null
  const longest = (end: 'low' | 'high'): number | null =>
    streams.reduce<number | null>((most, stream) => {
      const own = stream[end].longest?.tokens
      return own === undefined ? most : Math.max(own, most ?? 0)
    }, null)
  const [shortest, most] = [longest('low'), longest('high')]
  if (shortest === null || most === null) return { fits: null, tokens: null, context }
  const sure = context !== null && (most <= context || shortest > context)
  return { fits: sure ? most <= context : null, tokens: tokens({ low: exact(shortest), high: exact(most) }), context }
}

/** Why a view of these streams is unknown, each reason once. */
export const whyUnknown = (streams: readonly StreamRange[]): Partial<Record<View, string>> =>
  Object.fromEntries(
    VIEW_KEYS.flatMap(view => {
      const whys = streams.flatMap(({ low, high }) => {
        const unknown = [low, high].map(({ views }) => views[view]).find(priced => 'reason' in priced)
        return unknown && 'reason' in unknown ? [unknown.reason] : []
      })
      return whys.length > 0 ? [[view, [...new Set(whys)].join('; ')]] : []
    }),
  )

/** Whether a view has no cost only because a tier is not offered, in which case nothing is unknown. */
export const isNotOffered = (streams: readonly StreamRange[], view: View): boolean =>
  streams.every(stream => {
    const priced = stream.low.views[view]
    return stream.costs[view] !== null || ('reason' in priced && !priced.offered)
  })

/**
 * All traffic in the cheapest … in the most expensive hours, from the low end of the tokens to the high end.
 *
 * @param nonApiCost - billed in addition to the API, USD per period
 */
export const rangeOverHours = (streams: readonly StreamRange[], nonApiCost: Cost): ScenarioResult['costs_range'] => {
  if (nonApiCost === null || !streams.some(({ low }) => low.ranges)) return null
  return perHosted(view => {
    const cost = addCosts([nonApiCost, ...streams.map(stream => hourEnds(stream, view))])
    return cost && mapRange(cost, money)
  })
}

const hourEnds = (stream: StreamRange, view: View): Cost => {
  const { low, high } = stream
  if (!low.ranges || !high.ranges) return stream.costs[view]
  const [a, b] = [low.ranges[view], high.ranges[view]]
  return a && b && encloseAll([a.low, a.high, b.low, b.high])
}
