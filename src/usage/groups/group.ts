import { METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, exact } from '../../model/number/money.ts'
import type { RecordRates, UsageRecord } from '../record.ts'
import { type Amounts, amounts } from './amounts.ts'

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

/** Groups of equal rates, by the report's keys. */
export interface Branch {
  readonly key: RateKey
  readonly inner: Map<string, Branch>
  group: OpenGroup | null
}

/** Sums records by what they have in common. */
export interface Grouping {
  /** The groups of what has these rates, and tells the same meters as a record. */
  branch(record: UsageRecord, key: RateKey): Branch
  /** @param values - of the report's keys, in their order */
  groupIn(branch: Branch, record: UsageRecord, values: readonly string[]): OpenGroup
  /** In the order of their first instants, whatever the order of the records. */
  groups(): Group[]
}

/** Branches are found value by value, without making a key of its own for every record. */
type Tree = Map<string | number | null, Tree | Branch>

export const grouping = (): Grouping => {
  const root: Tree = new Map()
  const open: OpenGroup[] = []
  return {
    branch: (record, key) => {
      const { model, at, end, band, service, rates } = key
      const tree = next(next(next(next(next(root, model), at), end), band), service)
      const last = next(tree, rates === null ? null : JSON.stringify(rates))
      const kind = kindOf(record, key)
      const known = last.get(kind) as Branch | undefined
      if (known) return known
      const made = newBranch(key)
      last.set(kind, made)
      return made
    },
    groupIn: (branch, record, values) => {
      let last = branch
      for (const value of values) last = innerBranch(last, value)
      if (last.group === null) {
        last.group = opened(record, { key: last.key, keys: values })
        open.push(last.group)
      }
      return last.group
    },
    groups: () => open.map(closed).sort(inTime),
  }
}

const newBranch = (key: RateKey): Branch => ({ key, inner: new Map(), group: null })

const innerBranch = ({ key, inner }: Branch, value: string): Branch => {
  const known = inner.get(value)
  if (known) return known
  const made = newBranch(key)
  inner.set(value, made)
  return made
}

/** What begins at the same instant comes by what rates depend on; what tells no time comes last. */
const inTime = (a: Group, b: Group): number =>
  (a.first ?? LAST) - (b.first ?? LAST) ||
  compare(a.model ?? '', b.model ?? '') ||
  a.band - b.band ||
  (a.end ?? 0) - (b.end ?? 0) ||
  compare(a.service ?? '', b.service ?? '') ||
  Number(a.batch) - Number(b.batch) ||
  compareAll(a.keys, b.keys)

const LAST = Number.MAX_SAFE_INTEGER

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const compareAll = (a: readonly string[], b: readonly string[]): number => {
  for (const [i, one] of a.entries()) {
    const order = compare(one, b[i] ?? '')
    if (order !== 0) return order
  }
  return 0
}

const next = (tree: Tree, value: string | number | null): Tree => {
  const known = tree.get(value) as Tree | undefined
  if (known) return known
  const made: Tree = new Map()
  tree.set(value, made)
  return made
}

/** Meters without tokens and meters that are not told are told apart: a rate is missing only where there are tokens. */
export const kindOf = (record: UsageRecord, { batch, isMoney }: Pick<RateKey, 'batch' | 'isMoney'>): number => {
  const { input, cache_read, cache_write, cache_write_1h, output, stated_usd } = record
  let kind = (batch ? 1 : 0) + (isMoney ? 2 : 0) + (stated_usd === null ? 0 : 4)
  kind = kind * 3 + toldOf(input)
  kind = kind * 3 + toldOf(cache_read)
  kind = kind * 3 + toldOf(cache_write)
  kind = kind * 3 + toldOf(cache_write_1h)
  return kind * 3 + toldOf(output)
}

/** Kinds are below this. */
export const KINDS = 8 * 3 ** METERS.length

const toldOf = (tokens: number | null): number => (tokens === null ? 2 : tokens === 0 ? 0 : 1)

const opened = (told: UsageRecord, { key, keys }: Pick<OpenGroup, 'key' | 'keys'>): OpenGroup => ({
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

const byMeter = <T>(of: (meter: MeterKey) => T): Record<MeterKey, T> =>
  Object.fromEntries(METERS.map(({ key }) => [key, of(key)])) as Record<MeterKey, T>

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

const closed = ({ key, keys, told, records, requests, isCounted, sums, stated, first, last }: OpenGroup): Group => ({
  // Written out: a log may have 100,000 groups, and a spread takes longer than all the rest.
  model: key.model,
  at: key.at,
  end: key.end,
  band: key.band,
  service: key.service,
  batch: key.batch,
  rates: key.rates,
  isMoney: key.isMoney,
  keys,
  records,
  requests: isCounted ? requests : null,
  tokens: byMeter(meter => exact(sums[meter].high + BigInt(sums[meter].low))),
  untold: METERS.map(({ key }) => key).filter(meter => told[meter] === null),
  stated: stated?.sum() ?? null,
  first: Number.isFinite(first) ? first : null,
  last: Number.isFinite(last) ? last : null,
})
