import { priceUsage, totalCost, type Usage } from '../cost/api/price-usage.ts'
import type { RateCard } from '../cost/rates/pick-rates.ts'
import { exact, type Money, sum } from '../model/number/money.ts'
import type { HitCounts, StateTokens } from './count-hits.ts'
import type { RateState } from './rate-states.ts'

/** What a policy's requests cost, exact USD. */
export interface HitCosts {
  readonly total: string
  /** Every prompt token at the input rate. */
  readonly no_cache: string
  /** Every prompt token at the cache read rate: a bound. `null`: reads have no known rate. */
  readonly all_cached: string | null
}

/** Requests without a price, by model and reason. */
export interface Unpriced {
  readonly model: string
  readonly reason: string
  readonly requests: number
  readonly tokens: number
}

/** The costs of what was counted; those of some requests without a price are named instead. */
export const priceHits = (
  { states: counted }: HitCounts,
  states: readonly RateState[],
): { readonly costs: HitCosts | null; readonly unpriced: readonly Unpriced[] } => {
  const unpriced: Unpriced[] = []
  const totals: Record<keyof HitCosts, Money[]> = { total: [], no_cache: [], all_cached: [] }
  let bounded = true
  for (const [number, tokens] of counted) {
    const { model, card, reason } = states[number] ?? { model: '', card: null, reason: 'unknown' }
    const cost = card === null ? (reason ?? 'unknown') : costOf(tokens, card)
    if (typeof cost === 'string')
      unpriced.push({ model, reason: cost, requests: tokens.requests, tokens: tokens.input + tokens.output })
    else {
      totals.total.push(cost.total)
      totals.no_cache.push(cost.noCache)
      if (cost.allCached === null) bounded = false
      else totals.all_cached.push(cost.allCached)
    }
  }
  const known = unpriced.length === 0 && counted.size > 0
  return {
    costs: known
      ? {
          total: sum(totals.total).toFixed(),
          no_cache: sum(totals.no_cache).toFixed(),
          all_cached: bounded ? sum(totals.all_cached).toFixed() : null,
        }
      : null,
    unpriced,
  }
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
