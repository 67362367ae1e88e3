import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, ZERO } from '../../model/number/money.ts'
import { addRanges, both, type Range } from '../../model/number/range.ts'
import type { Tokens } from '../groups/group.ts'
import type { Bill } from '../price/bill.ts'
import type { PricedGroup } from '../price/price-group.ts'

/** An amount that is known of some records. */
export interface Tally {
  readonly sum: Range<Exact>
  readonly records: number
}

/** Sums over groups. */
export interface Total {
  readonly records: number
  /** `null`: some records do not count them. */
  readonly requests: number | null
  readonly tokens: Tokens
  /** Meters that some records tell, and those that some do not. */
  readonly told: readonly MeterKey[]
  readonly untold: readonly MeterKey[]
  readonly amounts: Readonly<Record<keyof Bill, Tally>>
  /** What the source says, and of how many records. */
  readonly stated: { readonly sum: Exact; readonly records: number }
  /** Ours less theirs, of the records of which both are known. */
  readonly difference: Tally
  /** First instant and last, milliseconds since 1970; of buckets from start to end. */
  readonly first: number | null
  readonly last: number | null
}

const NONE: Tally = { sum: both(ZERO), records: 0 }
const NOT_STATED: Total['stated'] = { sum: ZERO, records: 0 }

/** @param amount - of all the records; `null`: it is not known of any */
export const tallyOf = (amount: Range<Exact> | null, records: number): Tally =>
  amount === null ? NONE : { sum: amount, records }

export const addTallies = (a: Tally, b: Tally): Tally => {
  if (a.records === 0) return b
  return b.records === 0 ? a : { sum: addRanges([a.sum, b.sum]), records: a.records + b.records }
}

/** Adds groups up. */
export const totalOf = (groups: readonly PricedGroup[]): Total => sumTotals(groups.map(totalOfOne))

const ALL: readonly MeterKey[] = METERS.map(({ key }) => key)

const totalOfOne = ({ group, bill }: PricedGroup): Total => {
  const { records, stated } = group
  const untold = group.isMoney ? ALL : group.untold
  const difference = stated && bill?.cost ? addRanges([bill.cost, both(stated.negated())]) : null
  return {
    records,
    requests: group.requests,
    tokens: group.tokens,
    told: untold.length === 0 ? ALL : ALL.filter(meter => !untold.includes(meter)),
    untold,
    amounts: {
      cost: tallyOf(bill?.cost ?? null, records),
      headline: tallyOf(bill?.headline ?? null, records),
      cachingSaved: tallyOf(bill?.cachingSaved ?? null, records),
    },
    stated: stated ? { sum: stated, records } : NOT_STATED,
    difference: tallyOf(difference, records),
    first: group.first,
    last: group.last,
  }
}

/** Adds totals up. */
export const sumTotals = (totals: Iterable<Total>): Total => {
  const tokens = byMeter(() => 0n)
  const [told, untold] = [new Set<MeterKey>(), new Set<MeterKey>()]
  let [records, requests, first, last]: [number, number | null, number | null, number | null] = [0, 0, null, null]
  let [cost, headline, cachingSaved, stated, difference] = [NONE, NONE, NONE, NOT_STATED, NONE]
  for (const one of totals) {
    records += one.records
    requests = requests === null || one.requests === null ? null : requests + one.requests
    for (const { key } of METERS) tokens[key] += one.tokens[key]
    for (const meter of one.told) told.add(meter)
    for (const meter of one.untold) untold.add(meter)
    cost = addTallies(cost, one.amounts.cost)
    headline = addTallies(headline, one.amounts.headline)
    cachingSaved = addTallies(cachingSaved, one.amounts.cachingSaved)
    if (one.stated.records > 0) {
      stated = { sum: stated.sum.plus(one.stated.sum), records: stated.records + one.stated.records }
    }
    difference = addTallies(difference, one.difference)
    first = one.first === null ? first : Math.min(first ?? one.first, one.first)
    last = one.last === null ? last : Math.max(last ?? one.last, one.last)
  }
  return {
    records,
    requests,
    tokens,
    told: [...told],
    untold: ALL.filter(meter => untold.has(meter)),
    amounts: { cost, headline, cachingSaved },
    stated,
    difference,
    first,
    last,
  }
}

/** Groups by a name, in the order in which the names first appear. */
export const byName = (
  groups: readonly PricedGroup[],
  name: (group: PricedGroup) => string,
): ReadonlyMap<string, readonly PricedGroup[]> => {
  const found = new Map<string, PricedGroup[]>()
  for (const group of groups) {
    const key = name(group)
    const own = found.get(key)
    if (own) own.push(group)
    else found.set(key, [group])
  }
  return found
}
