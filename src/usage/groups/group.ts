import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact, ZERO } from '../../model/number/money.ts'
import type { RecordRates, UsageRecord } from '../record.ts'

/** Tokens by meter, disjoint. */
export type Tokens = Readonly<Record<MeterKey, Exact>>

/** Everything that the rates of records depend on. */
export interface RateKey {
  /** As the source names it; `null`: it is not told. */
  readonly model: string | null
  /** An instant that stands for all that have these rates; of a bucket its start. `null`: no time is told. */
  readonly at: number | null
  /** End of a bucket; `null`: calls. */
  readonly end: number | null
  /** The shortest prompt of the band. */
  readonly band: number
  readonly service: string | null
  readonly batch: boolean
  readonly rates: RecordRates | null
  /** Whether the records tell money only. */
  readonly isMoney: boolean
}

/** Records that are priced together. */
export interface Group extends RateKey {
  /** Values of the report's keys, in their order. */
  readonly keys: readonly string[]
  readonly records: number
  /** `null`: some record does not count them. */
  readonly requests: number | null
  readonly tokens: Tokens
  /** Meters that none of the records tells. */
  readonly untold: readonly MeterKey[]
  /** What the source says they cost, USD; all of the records say so, or none: `null`. */
  readonly stated: Exact | null
  /** First instant, and last: of buckets the latest end. `null`: no time is told. */
  readonly first: number | null
  readonly last: number | null
}

/** Records that were summed elsewhere: all have these rates, and tell the same meters. */
export interface Summed {
  /** Stands for them, with an instant of the same rates; a meter is `null` where none of them tells it. */
  readonly record: UsageRecord
  /** The shortest prompt of their band, or of a narrower one. */
  readonly prompt: number
  readonly records: number
  /** `null`: not counted. */
  readonly requests: number | null
  readonly tokens: Readonly<Record<MeterKey, bigint>>
  readonly stated: Exact | null
  readonly first: number | null
  readonly last: number | null
}

interface Open {
  readonly key: RateKey
  readonly keys: readonly string[]
  readonly told: UsageRecord
  records: number
  requests: number
  isCounted: boolean
  /** Tokens by meter, in the order of `METERS`: the sum is both together, and so stays exact beyond 2^53. */
  readonly low: Float64Array
  readonly high: bigint[]
  stated: Exact | null
  first: number
  last: number
}

/** Sums records by what they have in common. */
export interface Grouping {
  /** @param values - of the report's keys, in their order */
  add(record: UsageRecord, key: RateKey, values: readonly string[]): void
  addSummed(summed: Summed, key: RateKey, values: readonly string[]): void
  /** In the order of their first instants, whatever the order of the records. */
  groups(): Group[]
}

/** A group is found value by value, without making a key of its own for every record. */
type Branch = Map<string | number | null, Branch | Open>

export const grouping = (): Grouping => {
  const root: Branch = new Map()
  const open: Open[] = []
  const openFor = (record: UsageRecord, key: RateKey, values: readonly string[]): Open => {
    const { model, at, end, band, service, rates } = key
    let branch = next(next(next(next(next(root, model), at), end), band), service)
    branch = next(branch, rates === null ? null : JSON.stringify(rates))
    for (const value of values) branch = next(branch, value)
    const kind = kindOf(record, key)
    let group = branch.get(kind) as Open | undefined
    if (!group) {
      group = opened(record, { key, keys: values })
      branch.set(kind, group)
      open.push(group)
    }
    return group
  }
  return {
    add: (record, key, values) => addTo(openFor(record, key, values), record),
    addSummed: (summed, key, values) => addSum(openFor(summed.record, key, values), summed),
    groups: () => open.map(closed).sort(inTime),
  }
}

/** What begins at the same instant comes by what rates depend on; what tells no time comes last. */
const inTime = (a: Group, b: Group): number =>
  (a.first ?? LAST) - (b.first ?? LAST) ||
  compare(a.model ?? '', b.model ?? '') ||
  a.band - b.band ||
  (a.end ?? 0) - (b.end ?? 0) ||
  compare(a.service ?? '', b.service ?? '') ||
  Number(a.batch) - Number(b.batch) ||
  compare(a.keys.join(), b.keys.join())

const LAST = Number.MAX_SAFE_INTEGER

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const next = (branch: Branch, value: string | number | null): Branch => {
  const known = branch.get(value) as Branch | undefined
  if (known) return known
  const made: Branch = new Map()
  branch.set(value, made)
  return made
}

/** Meters without tokens and meters that are not told are told apart: a rate is missing only where there are tokens. */
const kindOf = (record: UsageRecord, { batch, isMoney }: RateKey): number => {
  let kind = (batch ? 1 : 0) + (isMoney ? 2 : 0) + (record.stated_usd === null ? 0 : 4)
  for (const { key } of METERS) kind = kind * 3 + (record[key] === null ? 2 : record[key] === 0 ? 0 : 1)
  return kind
}

const opened = (told: UsageRecord, { key, keys }: Pick<Open, 'key' | 'keys'>): Open => ({
  key,
  keys,
  told,
  records: 0,
  requests: 0,
  isCounted: true,
  low: new Float64Array(METERS.length),
  high: METERS.map(() => 0n),
  stated: told.stated_usd === null ? null : ZERO,
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
})

const addTo = (group: Open, record: UsageRecord): void => {
  group.records++
  if (record.requests === null) group.isCounted = false
  else group.requests += record.requests
  for (const [i, { key }] of METERS.entries()) addTokens(group, i, record[key] ?? 0)
  if (record.stated_usd !== null && group.stated) group.stated = group.stated.plus(record.stated_usd)
  if (record.at === null) return
  group.first = Math.min(group.first, record.at)
  group.last = Math.max(group.last, record.end ?? record.at)
}

const addSum = (group: Open, { records, requests, tokens, stated, first, last }: Summed): void => {
  group.records += records
  if (requests === null) group.isCounted = false
  else group.requests += requests
  for (const [i, { key }] of METERS.entries()) group.high[i] = (group.high[i] ?? 0n) + tokens[key]
  if (stated && group.stated) group.stated = group.stated.plus(stated)
  if (first !== null) group.first = Math.min(group.first, first)
  if (last !== null) group.last = Math.max(group.last, last)
}

const addTokens = ({ low, high }: Open, meter: number, count: number): void => {
  const before = low[meter] ?? 0
  if (before + count <= Number.MAX_SAFE_INTEGER) low[meter] = before + count
  else {
    high[meter] = (high[meter] ?? 0n) + BigInt(before)
    low[meter] = count
  }
}

const closed = ({ key, keys, told, records, requests, isCounted, low, high, stated, first, last }: Open): Group => ({
  ...key,
  keys,
  records,
  requests: isCounted ? requests : null,
  tokens: Object.fromEntries(METERS.map(({ key }, i) => [key, exact((high[i] ?? 0n) + BigInt(low[i] ?? 0))])) as Tokens,
  untold: METERS.map(({ key }) => key).filter(meter => told[meter] === null),
  stated,
  first: Number.isFinite(first) ? first : null,
  last: Number.isFinite(last) ? last : null,
})
