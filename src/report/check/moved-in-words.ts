import { middleOf, type Printed } from '../../model/number/range.ts'
import type { Cause } from '../../model/result/cause.ts'
import type { Change, Moved } from '../../model/result/check.ts'
import type { Result } from '../../model/result/result.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { left, name, names, right, type Table } from '../blocks/block.ts'
import { amount, change as changeOf, figures } from '../figures/amounts.ts'
import { causeList, largestCauses } from '../figures/causes.ts'
import { isNothing, percentOf, signed } from '../figures/difference.ts'
import { formatUsd, neatDecimals } from '../figures/format.ts'
import { aPeriod } from '../figures/period.ts'
import { keyOf } from './causes-in-words.ts'

/** Wording about changes since the baseline that all formats share. */

/** One scenario of a check whose cost changed. */
export interface MovedScenario {
  readonly state: Change['state']
  readonly name: string
  readonly file: string | null
  readonly period: string
  readonly baseline: Printed<string> | null
  readonly now: Printed<string> | null
  readonly change: Printed<string> | null
  readonly percent: string
  /** The largest causes of the change. */
  readonly causes: readonly Cause[]
}

/** Scenarios that changed, are new or were removed, in the order of the check. */
export const movedIn = ({ scenarios, check }: Result, view: CostView): MovedScenario[] => {
  // One look-up per scenario, as there may be thousands.
  const byName = new Map(scenarios.map(scenario => [keyOf(scenario), scenario]))
  return (check?.changes ?? []).flatMap(({ name, file, state, per, ...of }) => {
    if (state === 'same') return []
    const scenario = byName.get(keyOf({ name, file }))
    const [baseline, now] = [of.baseline?.[view] ?? null, scenario?.costs[view] ?? null]
    const period = aPeriod(per, scenario?.input)
    const causes = largestCauses(of.causes?.[view])
    const change = of.change?.[view] ?? null
    return [{ state, name, file, period, baseline, now, change, percent: percentOf(now, baseline), causes }]
  })
}

/**
 * One row per scenario; without a percentage it is called new or removed.
 *
 * @param title - of the name column
 */
export const movedTable = (
  moved: readonly MovedScenario[],
  title: string,
  { withCauses }: { readonly withCauses: boolean },
): Table => {
  const explained = withCauses && moved.some(({ causes }) => causes.length > 0)
  const decimals = neatDecimals(moved.flatMap(({ baseline, now }) => figures([baseline, now])))
  const ofChange = neatDecimals(figures(moved.map(({ change }) => change)))
  const cell = (cost: Printed<string> | null, isThere: boolean): string => (isThere ? amount(cost, decimals) : '')
  return {
    kind: 'table',
    columns: [
      names(title),
      left('USD'),
      right('baseline'),
      right('now'),
      right('change'),
      right('%'),
      ...(explained ? [left('largest causes', { wraps: true })] : []),
    ],
    rows: moved.map(one => [
      name(one.name),
      one.period,
      cell(one.baseline, one.state !== 'new'),
      cell(one.now, one.state !== 'removed'),
      signed(one.change, ofChange),
      one.state === 'changed' ? one.percent : one.state,
      ...(explained ? [causeList(one.causes)] : []),
    ]),
  }
}

/** The size of a change, for sorting. */
export const sizeOf = ({ change }: Pick<MovedScenario, 'change'>): number =>
  change === null ? 0 : Number(middleOf(change).abs().toFixed())

/** Effect of new prices alone: name and difference of each scenario they affected. */
export const repriced = ({ scenarios, check }: Result, view: CostView): { name: string; effect: string }[] => {
  const byName = new Map(scenarios.map(scenario => [keyOf(scenario), scenario]))
  return (check?.changes ?? []).flatMap(({ name, file, per, prices }) => {
    const effect = prices?.[view]
    if (effect == null || isNothing(effect)) return []
    const period = aPeriod(per, byName.get(keyOf({ name, file }))?.input)
    return [{ name, effect: `${signed(effect)} ${period}` }]
  })
}

// Beyond this number, scenarios are counted instead of named.
const MOST_NAMES = 8

/** The same in a sentence, sums first; `null` if prices had no known effect. */
export const pricesAlone = (result: Result, view: CostView): string | null => {
  const changed = repriced(result, view)
  if (changed.length === 0) return null
  const sums = repricedSums(result, view)
  const named = changed.slice(0, MOST_NAMES).map(({ name, effect }) => `${name} ${effect}`)
  const more = changed.length - named.length
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  return `New prices alone, ${viewLabel(view)}: ${sums === '' ? list : `${sums} (${list})`}`
}

/** Effect of new prices alone on the sums; empty if it is zero or unknown. */
export const repricedSums = (result: Result, view: CostView): string =>
  sumsOf(result, view)
    .flatMap(({ title, prices }) => (prices === null ? [] : [`${prices} ${title}`]))
    .join(', ')

/** One sum of a check: its current value, and its change. */
export interface MovedSum {
  readonly title: string
  readonly now: string
  /** Change since the baseline in words, with the percentage; `null` without a baseline. */
  readonly change: string | null
  /** Effect of new prices alone; `null` if it is zero or unknown. */
  readonly prices: string | null
}

/** The sums of a check: months, and runs. They are never added together. */
export const sumsOf = ({ totals, check, scenarios }: Result, view: CostView): MovedSum[] => {
  // Scenarios that could not be priced are missing from the sums.
  const files = new Set(scenarios.map(({ file }) => file))
  const missing = check?.faults.some(({ file }) => file !== null && !files.has(file)) ?? false
  const rows = [
    { title: 'a month', sums: totals.per_month, moved: check?.sums?.per_month },
    { title: 'for all runs', sums: totals.run, moved: check?.sums?.run },
  ]
  return rows.flatMap(({ title, sums, moved }) => {
    if (!sums && !moved) return []
    const now = sums ? sums.costs[view] : '0'
    const atLeast = sums?.at_least[view]
    const known =
      (now == null || missing) && atLeast !== undefined
        ? `at least ${formatUsd(atLeast, neatDecimals([atLeast]))}`
        : amount(now ?? null, neatDecimals(figures([now])))
    return [{ title, now: known, ...sinceThen(moved ?? null, view) }]
  })
}

const sinceThen = (moved: Moved | null, view: CostView): Pick<MovedSum, 'change' | 'prices'> => {
  if (moved === null) return { change: null, prices: null }
  const { baseline, change, prices } = moved
  const [base, difference, priced] = [baseline[view], change[view], prices[view]]
  const effect = priced == null || isNothing(priced) ? null : signed(priced)
  if (difference == null) return { change: 'change since the baseline unknown', prices: effect }
  const by = isNothing(difference) ? ['no change'] : [signed(difference), changeShare(difference, base)]
  return { change: `${by.filter(Boolean).join(' ')} since the baseline`, prices: effect }
}

/** A difference as a percentage of its base, in parentheses. */
const changeShare = (difference: Printed<string>, base: Printed<string> | null | undefined): string => {
  if (base == null) return ''
  const [of, by] = [middleOf(base), middleOf(difference)]
  const percent = changeOf(of.plus(by).toFixed(), of.toFixed())
  return percent === '' ? '' : `(${percent})`
}
