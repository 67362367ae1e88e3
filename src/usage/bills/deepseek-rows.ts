import { exact } from '../../model/number/money.ts'
import type { RecordRates, UsageRecord } from '../record.ts'
import type { Span } from './bucket.ts'

/** The meters of DeepSeek's export, by what it calls them. */
export const METERS = {
  input_cache_miss_tokens: 'input',
  input_cache_hit_tokens: 'cache_read',
  output_tokens: 'output',
} as const

export type DeepseekMeter = (typeof METERS)[keyof typeof METERS]

/** An amount of one meter at one price. */
export interface Amount {
  readonly meter: DeepseekMeter
  /** Per token, in the account's currency; `null`: not told. */
  readonly price: string | null
  readonly tokens: number
}

/** The rows of one bucket, model and key. */
export interface Group {
  readonly span: Span
  readonly model: string
  readonly keys: UsageRecord['keys']
  readonly amounts: Amount[]
  requests: number | null
}

/**
 * The records of a group. Where every meter has several prices, the dearest go together, then the next: peak and
 * off-peak of a day. Where some have more prices than others each amount is a record of its own. Requests count once.
 *
 * @param currency - of the account; `null`: not known
 */
export const recordsOf = (group: Group, currency: string | null): UsageRecord[] => {
  const ranked = Object.values(METERS).map(meter =>
    group.amounts.filter(one => one.meter === meter).sort((a, b) => exact(b.price ?? '0').comparedTo(a.price ?? '0')),
  )
  const used = ranked.filter(({ length }) => length > 0)
  const most = Math.max(1, ...used.map(({ length }) => length))
  const isEven = used.every(({ length }) => length === most)
  const sets = isEven
    ? Array.from({ length: most }, (_, rank) => used.flatMap(amounts => amounts[rank] ?? []))
    : group.amounts.map(amount => [amount])
  return sets.map((amounts, i) => recordOf(group, amounts, { requests: i === 0 ? group.requests : 0, currency }))
}

const recordOf = (
  { span, model, keys }: Group,
  amounts: readonly Amount[],
  { requests, currency }: { readonly requests: number | null; readonly currency: string | null },
): UsageRecord => {
  const tokens = (meter: DeepseekMeter): number => amounts.find(one => one.meter === meter)?.tokens ?? 0
  return {
    ...{ ...span, model, input: tokens('input'), cache_read: tokens('cache_read') },
    ...{ cache_write: 0, cache_write_1h: 0, output: tokens('output'), reasoning: null },
    ...{ requests, service: null, batch: false, id: null, keys },
    stated_usd: currency === 'USD' ? costOf(amounts) : null,
    rates: { prices: pricesOf(amounts), ...(currency === null ? {} : { currency }) },
  }
}

const costOf = (amounts: readonly Amount[]): string | null => {
  let sum = exact('0')
  for (const { price, tokens } of amounts) {
    if (price === null) return null
    sum = sum.plus(exact(price).times(tokens))
  }
  return sum.toFixed()
}

/** Per 1M tokens, as price books write them. */
const pricesOf = (amounts: readonly Amount[]): NonNullable<RecordRates['prices']> =>
  Object.fromEntries(
    amounts.flatMap(({ meter, price }) => (price === null ? [] : [[meter, exact(price).times(1_000_000).toFixed()]])),
  )
