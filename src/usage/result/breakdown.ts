import { nearest } from '../../model/nearest.ts'
import type { Exact } from '../../model/number/money.ts'
import type { Warning } from '../../model/result/result.ts'
import type { UsageReport, UsageRow } from '../../model/result/usage.ts'
import { NO_VALUE, TIME_KEYS } from '../groups/collect.ts'
import type { PricedGroup } from '../price/price-group.ts'
import { KEYS } from '../sessions/plain.ts'
import { printTotal } from './print.ts'
import { byName, sumTotals, type Total, totalOf } from './total.ts'
import { reasonFor } from './unpriced.ts'

/** Rows by what groups have in common, the dearest first. */
export const rowsBy = (groups: readonly PricedGroup[], keysOf: (group: PricedGroup) => readonly string[]): UsageRow[] =>
  partsBy(groups, keysOf).map(rowOf)

/** Groups that are one row. */
interface Part {
  readonly own: readonly PricedGroup[]
  readonly keys: readonly string[]
  readonly total: Total
}

const rowOf = ({ own, keys, total }: Part): UsageRow => ({ keys, ...printTotal(total, reasonFor(own)) })

const partsBy = (groups: readonly PricedGroup[], keysOf: (group: PricedGroup) => readonly string[]): Part[] => {
  const named = byName(groups, group => keysOf(group).join('\0'))
  const parts = [...named.values()].flatMap(own => {
    const [first] = own
    return first ? [{ own, keys: keysOf(first), total: totalOf(own) }] : []
  })
  return parts.sort((a, b) => costOf(b.total).comparedTo(costOf(a.total)))
}

/** What a row is ranked by: its cost, else what the source says. */
const costOf = ({ amounts: { cost }, stated }: Total): Exact => (cost.records === 0 ? stated.sum : cost.sum.high)

/** Keys that are known to stand in records. */
const USUAL_KEYS = [...KEYS, ...TIME_KEYS, 'model']

/** Keys of a breakdown that no record has. */
export const keyWarnings = (groups: readonly PricedGroup[], by: readonly string[]): Warning[] =>
  by.flatMap((key, i) => {
    if (groups.some(({ group }) => group.keys[i] !== NO_VALUE)) return []
    const [near] = nearest(key, USUAL_KEYS)
    return [
      {
        code: 'NO_SUCH_KEY',
        what: `no record has the key "${key}"`,
        fix:
          near === undefined
            ? `write one of ${USUAL_KEYS.join(', ')}, tag.NAME or another key of the records`
            : `write --by ${by.with(i, near).join(',')}`,
        at: null,
      },
    ]
  })

/** The breakdown by keys; rows of time alone come in its order. */
export const breakdownOf = (
  groups: readonly PricedGroup[],
  { by, top }: { readonly by: readonly string[]; readonly top: number | null },
): NonNullable<UsageReport['breakdown']> => {
  const keysOf = ({ group, served }: PricedGroup): string[] =>
    by.map((key, i) => (key === 'model' ? (served?.model.id ?? group.model ?? 'no model told') : (group.keys[i] ?? '')))
  const parts = partsBy(groups, keysOf)
  const kept = top === null ? parts : parts.slice(0, top)
  const rest = parts.slice(kept.length)
  if (by.every(key => key === 'day' || key === 'month')) {
    kept.sort((a, b) => (a.keys.join() < b.keys.join() ? -1 : 1))
  }
  return {
    by: [...by],
    rows: kept.map(rowOf),
    others:
      rest.length === 0
        ? null
        : {
            rows: rest.length,
            ...printTotal(sumTotals(rest.map(({ total }) => total)), reasonFor(rest.flatMap(({ own }) => own))),
          },
  }
}
