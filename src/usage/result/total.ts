import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import { type Exact, ZERO } from '../../model/number/money.ts'
import { addRanges, both, type Range } from '../../model/number/range.ts'
import type { Tokens } from '../groups/group.ts'
import type { PricedGroup } from '../price/price-group.ts'

const AMOUNTS = ['cost', 'headline', 'cachingSaved', 'batchSaves', 'hoursSave'] as const

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
  /** Meters that some records do not tell. */
  readonly untold: readonly MeterKey[]
  readonly amounts: Readonly<Record<(typeof AMOUNTS)[number], Tally>>
  /** What the source says, and of how many records. */
  readonly stated: { readonly sum: Exact; readonly records: number }
  /** Ours less theirs, of the records of which both are known. */
  readonly difference: Tally
  /** First instant and last, milliseconds since 1970; of buckets from start to end. */
  readonly first: number | null
  readonly last: number | null
}

const NONE: Tally = { sum: both(ZERO), records: 0 }

const plus = (tally: Tally, amount: Range<Exact> | null, records: number): Tally =>
  amount === null ? tally : { sum: addRanges([tally.sum, amount]), records: tally.records + records }

/** Adds groups up. */
export const totalOf = (groups: readonly PricedGroup[]): Total => {
  const amounts = Object.fromEntries(AMOUNTS.map(key => [key, NONE])) as Record<(typeof AMOUNTS)[number], Tally>
  const tokens = byMeter<Exact>(() => ZERO)
  const untold = new Set<MeterKey>()
  let [records, requests, first, last]: [number, number | null, number | null, number | null] = [0, 0, null, null]
  let stated = { sum: ZERO, records: 0 }
  let difference = NONE
  for (const { group, bill } of groups) {
    records += group.records
    if (!group.isMoney) requests = requests === null || group.requests === null ? null : requests + group.requests
    for (const { key } of METERS) tokens[key] = tokens[key].plus(group.tokens[key])
    for (const meter of group.untold) untold.add(meter)
    for (const key of AMOUNTS) amounts[key] = plus(amounts[key], bill?.[key] ?? null, group.records)
    if (group.stated) {
      stated = { sum: stated.sum.plus(group.stated), records: stated.records + group.records }
      const theirs = both(group.stated.negated())
      difference = plus(difference, bill?.cost ? addRanges([bill.cost, theirs]) : null, group.records)
    }
    first = group.first === null ? first : Math.min(first ?? group.first, group.first)
    last = group.last === null ? last : Math.max(last ?? group.last, group.last)
  }
  return { records, requests, tokens, untold: [...untold], amounts, stated, difference, first, last }
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
