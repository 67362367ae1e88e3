import { plural } from '../../model/plural.ts'
import type { Check, Fault, Verdict } from '../../model/result/check.ts'
import type { Result, ScenarioResult } from '../../model/result/result.ts'
import { viewLabel } from '../../model/views.ts'
import { type Held, heldIn, isIncrease, toneOf } from './held.ts'
import { shareOf } from './limit-figures.ts'

/** What every format says of limits in the same words; names and places are as the user's files have them. */

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

/** What is wrong. */
export const finding = ({ verdict: { state, view, limit } }: Held): string => {
  const label = viewLabel(view)
  if (state === 'unknown') return `${label} cannot be known`
  if (isIncrease(limit)) return `${label} grew by ${state === 'over' ? 'more than' : 'nearly as much as'} it may`
  return `${label} is ${state === 'over' ? 'over' : 'near'} its budget`
}

/** Something to type, and where. */
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
