import { counted, plural } from '../../model/plural.ts'
import type { Check, Fault, Verdict } from '../../model/result/check.ts'
import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { spendWithin, usagePeriodOf } from '../figures/spend.ts'
import { type Held, heldIn, isIncrease, toneOf, whatIsHeld } from './held.ts'
import { usedShare } from './limit-figures.ts'

/** Wording about limits that all formats share; names and positions are as in the user's files. */

const STATE_RANK: Partial<Record<Verdict['state'], number>> = { over: 0, unknown: 1, near: 2 }

/** Limits to look at, worst first: those exceeded by the largest share, then unknown ones. */
export const findings = (held: readonly Held[]): Held[] => {
  const rank = ({ verdict }: Held): number => (toneOf(verdict) === 'FAIL' ? 0 : 10) + (STATE_RANK[verdict.state] ?? 0)
  return (
    held
      .filter(({ verdict }) => verdict.state in STATE_RANK)
      // Computed once each: there may be thousands.
      .map(one => ({ one, rank: rank(one), share: Number(usedShare(one.verdict)?.toFixed() ?? 0) }))
      .sort((a, b) => a.rank - b.rank || b.share - a.share)
      .map(({ one }) => one)
  )
}

/** The problem in words. */
export const finding = ({ verdict }: Held): string => {
  const { state, limit } = verdict
  const label = whatIsHeld(verdict)
  if (state === 'unknown') return `${label} is unknown`
  if (isIncrease(limit)) return `${label} grew by ${state === 'over' ? 'more than' : 'nearly as much as'} its limit`
  return `${label} is ${state === 'over' ? 'over' : 'near'} its budget`
}

/** The fix to type, and where. */
export const fixOf = ({ fix, at }: Verdict): string => (at === null ? fix : `${fix} (${at})`)

/** The outcome in a few words. */
export const outcome = (result: Result, { faults }: Pick<Check, 'faults'>): string => {
  const held = heldIn(result)
  const count = (tone: string, state?: string): number =>
    held.filter(({ verdict }) => toneOf(verdict) === tone && (state === undefined || verdict.state === state)).length
  const [over, unknown, warn] = [count('FAIL', 'over'), count('FAIL', 'unknown'), count('WARN')]
  const broken = brokenOf(faults).length
  const bad = [
    ...(over > 0 ? [`${plural(over, 'budget')} exceeded`] : []),
    ...(unknown > 0 ? [`${plural(unknown, 'limit')} unknown`] : []),
    ...(broken > 0 ? [`${plural(broken, 'scenario')} cannot be checked`] : []),
  ]
  const warned = warn > 0 ? [plural(warn, 'warning')] : []
  if (bad.length > 0) return [...bad, ...warned].join(', ')
  return held.length === 0 ? 'no limit is set' : ['within budget', ...warned].join(', ')
}

/** Scenarios that could not be priced, each with its first fault and the number of further ones. */
export const brokenOf = (faults: readonly Fault[]): { file: string | null; first: Fault; more: number }[] => {
  const groups = new Map<string, Fault[]>()
  for (const fault of faults) {
    // Faults without a scenario, such as in the configuration, are listed separately.
    const key = fault.file ?? `\0${groups.size}`
    groups.set(key, [...(groups.get(key) ?? []), fault])
  }
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ file: first.file, first, more: rest.length }],
  )
}

/** One fault, and the number of further ones. */
export const faultOf = ({ first, more }: { readonly first: Fault; readonly more: number }): string =>
  `${first.code}: ${first.what}${more === 0 ? '' : ` (and ${plural(more, 'more fault')})`}`

/** Scenarios without limits of their own. */
export const unlimited = ({ scenarios }: Result): ScenarioResult[] =>
  scenarios.filter(({ budget }) => budget.length === 0)

/** What the scenarios are compared with, or the usage that is held to limits. */
export const groundsOf = ({ baseline: { kind, name, commit, reason }, usage }: Check): string => {
  if (usage)
    return `Usage: ${spendWithin(usage.total)} ${usagePeriodOf(usage)}, ${counted(usage.read.records, 'record')}`
  return kind === 'none'
    ? `No baseline: ${reason ?? 'none is named'}`
    : `Baseline: ${name ?? kind}${commit === null ? '' : ` at ${commit.slice(0, 12)}`}`
}

/** One sentence about limits that usage cannot be held to. */
export const leftAside = ({ usage }: Check): string | null =>
  usage && usage.left_aside.length > 0
    ? `Left aside, as usage has no period and no baseline: ${usage.left_aside.join(', ')}`
    : null

/** One sentence about limits that could not be checked without a baseline. */
export const notHeld = (held: readonly Held[]): string | null => {
  const count = held.filter(({ verdict }) => verdict.state === 'no_baseline').length
  if (count === 0) return null
  return plural(
    count,
    'limit on an increase has nothing to compare with and is not checked',
    'limits on increases have nothing to compare with and are not checked',
  )
}
