import { type Exact, exact, quotient, toFixedDecimals } from '../../model/number/money.ts'
import { highOf, isRange, lowOf, type Span } from '../../model/number/range.ts'
import { plural } from '../../model/plural.ts'
import type { Check, Fault, Verdict } from '../../model/result/check.ts'
import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { LIMITS } from '../../model/scenario/budget.ts'
import { viewLabel } from '../../model/views.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatShare, formatUsd, neatDecimals } from '../figures/format.ts'
import { aPeriod } from '../figures/period.ts'

/** What every format says of limits in the same words; names and places are as the user's files have them. */

/** A limit, how it stands, and whose it is. */
export interface Held {
  readonly verdict: Verdict
  /** The scenario's name, or what is added up. */
  readonly name: string
  /** The scenario's file; `null`: a total. */
  readonly file: string | null
  /** What its figures are for: `a day`, `for all runs`. */
  readonly period: string
}

/** Every limit that was held, scenarios first. */
export const heldIn = ({ scenarios, check }: Result): Held[] => [
  ...scenarios.flatMap(({ budget, name, file, per, input }) =>
    budget.map(verdict => ({ verdict, name, file: file ?? name, period: periodOf(verdict, aPeriod(per, input)) })),
  ),
  ...(check?.totals ?? []).map(verdict => {
    const [name, period] = verdict.of === 'run' ? ['all runs', 'for all runs'] : ['all months', 'a month']
    return { verdict, name, file: null, period: periodOf(verdict, period) }
  }),
]

const periodOf = ({ limit, of }: Verdict, period: string): string => {
  const isOwn = limit === 'per_period' || isIncrease(limit)
  if (of === 'scenario' && isOwn) return period
  return isOwn ? period : (LIMITS.find(({ key }) => key === limit)?.of ?? period)
}

const isIncrease = (limit: Verdict['limit']): boolean => limit === 'max_increase' || limit === 'max_increase_usd'

/** How bad a verdict is, in a word. */
export const toneOf = ({ state, level }: Verdict): 'FAIL' | 'WARN' | 'ok' | 'ignored' | 'no baseline' => {
  switch (state) {
    case 'over':
    case 'unknown':
      return level === 'error' ? 'FAIL' : 'WARN'
    case 'near':
      return 'WARN'
    case 'within':
      return 'ok'
    case 'ignored':
      return 'ignored'
    case 'no_baseline':
      return 'no baseline'
    default:
      return state satisfies never
  }
}

const STATE_RANK: Partial<Record<Verdict['state'], number>> = { over: 0, unknown: 1, near: 2 }

/** What someone has to look at, the worst first: over a limit by the largest share of it, then what is unknown. */
export const findings = (held: readonly Held[]): Held[] => {
  const rank = ({ verdict }: Held): number => (toneOf(verdict) === 'FAIL' ? 0 : 10) + (STATE_RANK[verdict.state] ?? 0)
  return (
    held
      .filter(({ verdict }) => verdict.state in STATE_RANK)
      // Worked out once each: there may be thousands.
      .map(one => ({ one, rank: rank(one), share: Number(shareOf(one.verdict)?.toFixed() ?? 0) }))
      .sort((a, b) => a.rank - b.rank || b.share - a.share)
      .map(({ one }) => one)
  )
}

/** Both ends of a figure, the smaller first: an increase may be the larger one at its low end. */
const inOrder = (actual: Span<string>): readonly [Exact, Exact] => {
  const [low, high] = [exact(lowOf(actual)), exact(highOf(actual))]
  return low.lte(high) ? [low, high] : [high, low]
}

/** The end that is held: the larger. */
const heldEnd = (actual: Span<string>): Exact => inOrder(actual)[1]

/** The figure that is held as a share of its limit; `null` where there is none. */
const shareOf = ({ actual, allowed }: Verdict): Exact | null =>
  actual === null || exact(allowed).isZero() ? null : quotient(heldEnd(actual), exact(allowed))

export const usedOf = (verdict: Verdict): string => {
  const share = shareOf(verdict)
  return share === null || share.isNegative() ? '' : formatShare(Number(share.toFixed()))
}

/** What is wrong. */
export const finding = ({ verdict: { state, view, limit } }: Held): string => {
  const label = viewLabel(view)
  if (state === 'unknown') return `${label} cannot be known`
  if (isIncrease(limit)) return `${label} grew by ${state === 'over' ? 'more than' : 'nearly as much as'} it may`
  return `${label} is ${state === 'over' ? 'over' : 'near'} its budget`
}

/** The limit, without its place. */
export const limitOf = (held: Held): string => {
  const { verdict, period } = held
  const { limit, allowed } = verdict
  if (limit === 'max_increase') return `${percent(exact(allowed))} more than the baseline`
  const dollars = formatUsd(allowed, decimalsOf(verdict))
  return limit === 'max_increase_usd' ? `${dollars} ${period} more than the baseline` : `${dollars} ${period}`
}

/** The limit in a column: of an increase with a sign. */
export const limitCell = (held: Held): string => {
  const { limit, allowed } = held.verdict
  if (limit === 'max_increase') return `+${percent(exact(allowed))}`
  return limit === 'max_increase_usd'
    ? `+${formatUsd(allowed, decimalsOf(held.verdict))} ${held.period}`
    : limitOf(held)
}

/** What it is, and how far from its limit. */
export const actualOf = (held: Held): string => {
  const { actual, reason, at_least, state } = held.verdict
  if (actual !== null) {
    const figure = [figureOf(held, actual), distanceOf(held.verdict)].filter(Boolean).join(', ')
    // A figure that is known and cannot be held: the limit lies where it may still be.
    return state === 'unknown' && reason !== null ? `${figure}, but ${reason}` : figure
  }
  const known = at_least === null ? '' : `at least ${formatUsd(at_least, neatDecimals([at_least]))} ${held.period}: `
  return `${known}${reason ?? 'it is unknown'}`
}

/** The figure in a column beside its limit: of an increase with its sign, and without the unit. */
export const actualCell = ({ verdict }: Held): string => {
  const { actual, limit } = verdict
  if (actual === null) return 'N/A'
  if (!isIncrease(limit)) return amount(actual, decimalsOf(verdict))
  const shown = limit === 'max_increase' ? (value: Exact) => percent(value, pointsOf(verdict)) : dollarsOf(verdict)
  const withSign = (value: Exact): string => `${value.gt(0) ? '+' : ''}${shown(value)}`
  const [low, high] = inOrder(actual)
  return low.eq(high) ? withSign(low) : `${withSign(low)} to ${withSign(high)}`
}

/** The figure alone, in the unit of its limit. */
const figureOf = ({ verdict, period }: Held, actual: Span<string>): string => {
  const { limit, baseline } = verdict
  if (!isIncrease(limit)) return `${amount(actual, decimalsOf(verdict))} ${period}`
  const base =
    baseline === null
      ? 'the baseline'
      : `the baseline of ${amount(baseline, neatDecimals(figures([baseline])))} ${period}`
  const shown = limit === 'max_increase' ? (value: Exact) => percent(value, pointsOf(verdict)) : dollarsOf(verdict)
  const [low, high] = inOrder(actual)
  if (high.isNegative()) return `${fromTo(high.abs(), low.abs(), shown)} less than ${base}`
  if (low.isNegative()) return `${shown(low.abs())} less to ${shown(high)} more than ${base}`
  return `${fromTo(low, high, shown)} more than ${base}`
}

const fromTo = (low: Exact, high: Exact, shown: (value: Exact) => string): string =>
  low.eq(high) ? shown(low) : `${shown(low)}-${shown(high)}`

const dollarsOf =
  (verdict: Verdict) =>
  (value: Exact): string =>
    formatUsd(value.toFixed(), decimalsOf(verdict))

const distanceOf = (verdict: Verdict): string => {
  const { limit, state, actual, allowed, over_by } = verdict
  if (state === 'near') return `${usedOf(verdict)} of the limit`
  if (over_by === null) return ''
  const at = actual !== null && isRange(actual) ? ` at its ${heldEnd(actual).eq(actual.high) ? 'high' : 'low'} end` : ''
  if (limit === 'max_increase') return `over by ${points(exact(over_by), pointsOf(verdict))}${at}`
  const share = exact(allowed).isZero()
    ? ''
    : ` (${formatShare(Number(quotient(exact(over_by), exact(allowed)).toFixed()))})`
  return `over by ${formatUsd(over_by, decimalsOf(verdict))}${share}${at}`
}

/** How far the figure that is held lies from its limit. */
const gapOf = ({ actual, allowed }: Verdict): Exact =>
  actual === null ? exact(0) : heldEnd(actual).minus(exact(allowed)).abs()

/** So many decimals that what is over its limit is not printed as equal to it. */
const decimalsOf = (verdict: Verdict): number => {
  const { allowed, actual } = verdict
  const amounts = [allowed, ...figures([actual]), gapOf(verdict).toFixed()]
  return neatDecimals(amounts)
}

/** Decimals of a percentage, for the same reason. */
const pointsOf = (verdict: Verdict): number => {
  const gap = gapOf(verdict).times(100)
  return gap.isZero() || gap.gte('0.1') ? 1 : columnDecimals([gap.toFixed()])
}

/** A share as a percentage: every digit, as a limit is printed, or rounded. */
const percent = (share: Exact, decimals?: number): string => {
  const value = share.times(100)
  return `${decimals === undefined ? value.toFixed() : toFixedDecimals(value, decimals)}%`
}

const points = (share: Exact, decimals: number): string => {
  const text = percent(share, decimals).replace('%', '')
  return `${text} ${/^1(\.0+)?$/.test(text) ? 'point' : 'points'}`
}

/** Something to type, and where, unless it says so itself. */
export const fixOf = ({ fix, at }: Verdict): string => (at === null || fix.includes(at) ? fix : `${fix} (${at})`)

/** The outcome in a few words. */
export const outcome = (result: Result, { faults }: Pick<Check, 'faults'>): string => {
  const held = heldIn(result)
  const count = (tone: string, state?: string): number =>
    held.filter(({ verdict }) => toneOf(verdict) === tone && (state === undefined || verdict.state === state)).length
  const [over, unknown, warn] = [count('FAIL', 'over'), count('FAIL', 'unknown'), count('WARN')]
  const broken = brokenOf(faults).length
  const bad = [
    ...(over > 0 ? [`${plural(over, 'budget')} exceeded`] : []),
    ...(unknown > 0 ? [`${unknown} cannot be known`] : []),
    ...(broken > 0 ? [`${plural(broken, 'scenario')} cannot be checked`] : []),
  ]
  const warned = warn > 0 ? [plural(warn, 'warning')] : []
  if (bad.length > 0) return [...bad, ...warned].join(', ')
  return held.length === 0 ? 'no limit is set' : ['within budget', ...warned].join(', ')
}

/** Scenarios that could not be priced: each with its first fault, and how many more it has. */
export const brokenOf = (faults: readonly Fault[]): { file: string | null; first: Fault; more: number }[] => {
  const groups = new Map<string, Fault[]>()
  for (const fault of faults) {
    // Faults of no scenario, such as in the configuration, stand for themselves.
    const key = fault.file ?? `\0${groups.size}`
    groups.set(key, [...(groups.get(key) ?? []), fault])
  }
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ file: first.file, first, more: rest.length }],
  )
}

/** One fault: what is wrong, and what else is. */
export const faultOf = ({ first, more }: { readonly first: Fault; readonly more: number }): string =>
  `${first.code}: ${first.what}${more === 0 ? '' : ` (and ${plural(more, 'more fault')})`}`

/** Scenarios without a limit of their own. */
export const unlimited = ({ scenarios }: Result): ScenarioResult[] =>
  scenarios.filter(({ budget }) => budget.length === 0)

/** What the run is compared with. */
export const baselineOf = ({ baseline: { kind, name, commit, reason } }: Check): string =>
  kind === 'none'
    ? `No baseline: ${reason ?? 'none is named'}`
    : `Baseline: ${name ?? kind}${commit === null ? '' : ` at ${commit.slice(0, 12)}`}`

/** Limits that nothing could be held to, said once. */
export const notHeld = (held: readonly Held[]): string | null => {
  const count = held.filter(({ verdict }) => verdict.state === 'no_baseline').length
  if (count === 0) return null
  return plural(
    count,
    'limit on an increase has nothing to compare with and is not held',
    'limits on increases have nothing to compare with and are not held',
  )
}
