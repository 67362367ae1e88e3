import { type Exact, exact, quotient, sum } from '../../model/number/money.ts'
import { addRanges, encloseAll, mapRange, type Range } from '../../model/number/range.ts'
import { money, perHosted, ratio, share, tokens } from '../../model/result/print-exact.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { VIEW_KEYS, type View } from '../../model/views.ts'
import { type Bounds, boundsOf } from '../api/price-bounds.ts'
import { readsOffered, tokensOf } from '../api/price-views.ts'
import { addCosts, type Cost } from '../fleet/costs.ts'
import { limitsOf } from '../rates/price-at.ts'

/** What documents say of the streams of one model, or of a whole fleet. */

type Used = ReturnType<typeof tokensOf>

/** Tokens of the `cached` view of all streams, at both ends; `null`: unknown. */
export const usedTokens = (streams: readonly Bounds[]): Omit<ScenarioResult['tokens'], 'exact'> => {
  const known = (key: keyof Used) => {
    const ends = endsOf(streams, key)
    return ends && tokens(ends)
  }
  const [prompt, output] = [known('prompt'), known('output')]
  if (prompt === null || output === null) throw new Error('what is sent and written is known of every workload')
  return {
    prompt,
    input: known('input'),
    cache_read: known('cache_read'),
    cache_write: known('cache_write'),
    cache_write_1h: known('cache_write_1h'),
    output,
  }
}

const endsOf = (streams: readonly Bounds[], key: keyof Used): Range<Exact> | null => {
  const ends = streams.map(({ low, high }) => mapRange({ low, high }, end => tokensOf(end)[key]))
  const known = ends.flatMap(({ low, high }) => (low && high ? [{ low, high }] : []))
  return known.length < ends.length ? null : addRanges(known)
}

/** Share of the prompt tokens that is read from the cache. */
export const hitShareOf = (streams: readonly Bounds[]): ScenarioResult['cache']['hit_share'] => {
  const [reads, prompts] = [endsOf(streams, 'cache_read'), endsOf(streams, 'prompt')]
  if (!reads || !prompts || prompts.low.isZero() || prompts.high.isZero()) return null
  return ratio({ low: quotient(reads.low, prompts.low), high: quotient(reads.high, prompts.high) })
}

/** Share of the requests that find the shared prefix warm; `null` where no prefix is known, or there are none. */
export const warmShareOf = (streams: readonly Bounds[]): number | null => {
  const [first] = streams
  if (!first?.scenario.request || first.scenario.cache.policy !== 'prefix' || !readsOffered(first.low.offer))
    return null
  const warm = streams.flatMap(({ low: { shares, needs } }) =>
    shares.map(part => (needs === 'two' ? part.warmAfterTwo : part.warmAfterOne)),
  )
  return share(sum(warm), requestsOf(streams))
}

/** Requests per period that come to these streams; of totals, their share. */
const requestsOf = (streams: readonly Bounds[]): Exact =>
  sum(streams.flatMap(({ low: { shares } }) => shares.map(({ requests }) => requests)))

/** Calls per period; `null` where only totals are known. */
export const callsOf = (streams: readonly Bounds[]): Exact | null => {
  if (streams.some(({ scenario }) => scenario.request === null)) return null
  return sum(
    streams.map(bounds => {
      const { first, last } = bounds.low.stream.extent
      return bounds.low.stream.share.times(bounds.scenario.traffic.requests).times(last - first + 1)
    }),
  )
}

/** Requests at each set of rates, of one model's streams. */
export const windowsOf = (streams: readonly Bounds[]): ScenarioResult['windows'] => {
  const all = requestsOf(streams)
  const named = new Map<string | null, Exact>()
  for (const { low } of streams) {
    for (const { name, requests } of low.shares) named.set(name, requests.plus(named.get(name) ?? 0))
  }
  return [...named].map(([name, requests]) => ({ name, share: share(requests, all) ?? 0 }))
}

/** Whether the longest call fits: surely, surely not, or unknown because the context is, or its ends disagree. */
export const fitOf = (streams: readonly Bounds[]): ScenarioResult['fit'] => {
  const [first] = streams
  const context = first ? limitsOf(first.low.offer).context : null
  const longest = (end: 'low' | 'high'): number | null =>
    streams.reduce<number | null>((most, bounds) => {
      const own = bounds[end].longest?.tokens
      return own === undefined ? most : Math.max(own, most ?? 0)
    }, null)
  const [shortest, most] = [longest('low'), longest('high')]
  if (shortest === null || most === null) return { fits: null, tokens: null, context }
  const sure = context !== null && (most <= context || shortest > context)
  return { fits: sure ? most <= context : null, tokens: tokens({ low: exact(shortest), high: exact(most) }), context }
}

/** Why a view of these streams is unknown; every reason once. */
export const reasonsOf = (streams: readonly Bounds[]): Partial<Record<View, string>> =>
  Object.fromEntries(
    VIEW_KEYS.flatMap(view => {
      const whys = streams.flatMap(({ low, high }) => {
        const unknown = [low, high].map(({ views }) => views[view]).find(priced => 'reason' in priced)
        return unknown && 'reason' in unknown ? [unknown.reason] : []
      })
      return whys.length > 0 ? [[view, [...new Set(whys)].join('; ')]] : []
    }),
  )

/** Whether a view is unknown of these streams only because some tier is not offered, which is not a gap in knowledge. */
export const isNotOffered = (streams: readonly Bounds[], view: View): boolean =>
  streams.every(bounds => {
    const priced = bounds.low.views[view]
    return boundsOf(bounds, view) !== null || ('reason' in priced && !priced.offered)
  })

/**
 * All traffic in the cheapest hours … in the dearest, from the low end of the tokens to the high one.
 *
 * @param beside - what is billed beside the API, at both ends
 */
export const rangesOf = (streams: readonly Bounds[], beside: Cost): ScenarioResult['costs_range'] => {
  if (beside === null || !streams.some(({ low }) => low.ranges)) return null
  return perHosted(view => {
    const cost = addCosts([beside, ...streams.map(bounds => hourEnds(bounds, view))])
    return cost && mapRange(cost, money)
  })
}

const hourEnds = (bounds: Bounds, view: View): Cost => {
  const { low, high } = bounds
  if (!low.ranges || !high.ranges) return boundsOf(bounds, view)
  const [a, b] = [low.ranges[view], high.ranges[view]]
  return a && b && encloseAll([a.low, a.high, b.low, b.high])
}
