import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import type { UsageRecord } from '../record.ts'
import { type Amounts, amounts } from './amounts.ts'
import type { Group, RateKey, Summed } from './group.ts'

/** Tokens of a meter. The sum is both together, and so stays exact beyond 2^53. */
interface TokenSum {
  low: number
  high: bigint
}

/** A group that takes records. */
export interface OpenGroup {
  readonly key: RateKey
  readonly keys: readonly string[]
  readonly told: UsageRecord
  records: number
  requests: number
  isCounted: boolean
  readonly sums: Readonly<Record<MeterKey, TokenSum>>
  readonly stated: Amounts | null
  first: number
  last: number
}

/** A group with nothing in it. @param told - a record that tells what all of its own tell */
export const opened = (told: UsageRecord, { key, keys }: Pick<OpenGroup, 'key' | 'keys'>): OpenGroup => ({
  key,
  keys,
  told,
  records: 0,
  requests: 0,
  isCounted: true,
  sums: byMeter(() => ({ low: 0, high: 0n })),
  stated: told.stated_usd === null ? null : amounts(),
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
})

/** Adds a record to a group. Written out by meter: it runs for every record of a log. */
export const addRecord = (group: OpenGroup, record: UsageRecord): void => {
  const { sums } = group
  const { requests, input, cache_read, cache_write, cache_write_1h, output, stated_usd, at, end } = record
  group.records++
  if (requests === null) group.isCounted = false
  else group.requests += requests
  addTokens(sums.input, input)
  addTokens(sums.cache_read, cache_read)
  addTokens(sums.cache_write, cache_write)
  addTokens(sums.cache_write_1h, cache_write_1h)
  addTokens(sums.output, output)
  if (stated_usd !== null) group.stated?.add(stated_usd)
  if (at === null) return
  if (at < group.first) group.first = at
  const to = end ?? at
  if (to > group.last) group.last = to
}

const addTokens = (sum: TokenSum, tokens: number | null): void => {
  if (tokens === null) return
  if (sum.low + tokens <= Number.MAX_SAFE_INTEGER) sum.low += tokens
  else {
    sum.high += BigInt(sum.low)
    sum.low = tokens
  }
}

/** Adds what was summed elsewhere. */
export const addSum = (group: OpenGroup, { records, requests, tokens, stated, first, last }: Summed): void => {
  group.records += records
  if (requests === null) group.isCounted = false
  else group.requests += requests
  for (const { key } of METERS) group.sums[key].high += tokens[key]
  if (stated) group.stated?.addExact(stated)
  if (first !== null) group.first = Math.min(group.first, first)
  if (last !== null) group.last = Math.max(group.last, last)
}

/** A group that takes no more. */
export const closed = ({
  key,
  keys,
  told,
  records,
  requests,
  isCounted,
  sums,
  stated,
  first,
  last,
}: OpenGroup): Group => ({
  // Written out: a log may have 100,000 groups, and a spread takes longer than all the rest.
  model: key.model,
  at: key.at,
  end: key.end,
  band: key.band,
  service: key.service,
  batch: key.batch,
  region: key.region,
  rates: key.rates,
  isMoney: key.isMoney,
  keys,
  records,
  requests: isCounted ? requests : null,
  tokens: byMeter(meter => sums[meter].high + BigInt(sums[meter].low)),
  untold: METERS.map(({ key }) => key).filter(meter => told[meter] === null),
  stated: stated?.sum() ?? null,
  first: Number.isFinite(first) ? first : null,
  last: Number.isFinite(last) ? last : null,
})
