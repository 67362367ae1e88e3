import { priceUsage, totalCost, type Usage } from '../cost/api/price-usage.ts'
import type { RateCard } from '../cost/rates/pick-rates.ts'
import { exact, type Money, sum } from '../model/number/money.ts'
import type { HitCounts, StateTokens } from './count-hits.ts'
import type { Lack, RateState } from './rate-states.ts'

/** What a policy's requests cost, exact USD. */
export interface HitCosts {
  readonly total: string
  /** Every prompt token at the input rate. */
  readonly no_cache: string
  /** Every prompt token at the cache read rate: a bound. `null`: reads have no known rate. */
  readonly all_cached: string | null
}

/** Requests without a price, by model and reason. */
export interface Unpriced extends Lack {
  /** `null`: the trace names none. */
  readonly model: string | null
  readonly requests: number
  readonly input: number
  readonly output: number
}

export interface PricedHits {
  /** What the requests that have a price cost; `null`: none has. */
  readonly known: HitCosts | null
  readonly unpriced: readonly Unpriced[]
}

/** The costs of what was counted, and what has no price. */
export const priceHits = ({ states: counted }: HitCounts, states: readonly RateState[]): PricedHits => {
  const unpriced: Unpriced[] = []
  const totals: Record<keyof HitCosts, Money[]> = { total: [], no_cache: [], all_cached: [] }
  let bounded = true
  for (const [number, tokens] of counted) {
    const state = states[number]
    if (!state) throw new Error('a counted request has its rates')
    const cost = state.card === null || tokens.lack ? null : costOf(tokens, state.card)
    if (cost === null || typeof cost === 'string') {
      const lack = state.lack ?? tokens.lack ?? { code: 'NO_RATE', reason: cost ?? '' }
      const { requests, input, output } = tokens
      unpriced.push({ ...lack, model: state.model, requests, input, output })
    } else {
      totals.total.push(cost.total)
      totals.no_cache.push(cost.noCache)
      if (cost.allCached === null) bounded = false
      else totals.all_cached.push(cost.allCached)
    }
  }
  const known = {
    total: sum(totals.total).toFixed(),
    no_cache: sum(totals.no_cache).toFixed(),
    all_cached: bounded ? sum(totals.all_cached).toFixed() : null,
  }
  return { known: totals.total.length > 0 ? known : null, unpriced: joined(unpriced) }
}

/** States of one model and one reason are one. */
const joined = (unpriced: readonly Unpriced[]): Unpriced[] => {
  const found = new Map<string, Unpriced>()
  for (const one of unpriced) {
    const key = JSON.stringify([one.model, one.reason])
    const { requests, input, output } = found.get(key) ?? { requests: 0, input: 0, output: 0 }
    found.set(key, {
      ...one,
      requests: requests + one.requests,
      input: input + one.input,
      output: output + one.output,
    })
  }
  return [...found.values()].sort((a, b) => b.requests - a.requests)
}

/** Exact costs at one card; or why there are none. A meter that is not offered is billed as input. */
const costOf = ({ input, cached, written, output, write }: StateTokens, card: RateCard) => {
  const read = card.cache_read === 'not_offered' ? 0 : cached
  const wrote = write === null || card[write] === 'not_offered' ? 0 : written
  const used: Usage = {
    input: exact(input - read - wrote),
    cache_read: exact(read),
    ...(write === null ? {} : { [write]: exact(wrote) }),
    output: exact(output),
  }
  const total = priced(used, card)
  const noCache = priced({ input: exact(input), output: exact(output) }, card)
  if (typeof total === 'string' || typeof noCache === 'string') return typeof total === 'string' ? total : `${noCache}`
  const all = priced({ cache_read: exact(input), output: exact(output) }, card)
  return {
    total,
    noCache,
    allCached: card.cache_read === 'not_offered' ? noCache : typeof all === 'string' ? null : all,
  }
}

const priced = (usage: Usage, card: RateCard): Money | string => {
  const lines = priceUsage(usage, card)
  return 'missing' in lines ? `the price book has no ${lines.missing} rate` : totalCost(lines)
}
