import type { Verdict } from '../../model/result/check.ts'
import type { Result } from '../../model/result/result.ts'
import { LIMITS } from '../../model/scenario/budget.ts'
import { viewLabel } from '../../model/views.ts'
import { aPeriod, monthInWords } from '../figures/period.ts'

/** A limit with its verdict and its subject. */
export interface Held {
  readonly verdict: Verdict
  /** The scenario's name, or the name of a total. */
  readonly name: string
  /** The scenario's file; `null`: a total. */
  readonly file: string | null
  /** The period of its figures: `a day`, `for all runs`. */
  readonly period: string
}

/** Every limit that was checked, scenarios first. */
export const heldIn = ({ scenarios, check }: Result): Held[] => [
  ...scenarios.flatMap(({ budget, name, file, per, input }) =>
    budget.map(verdict => ({ verdict, name, file: file ?? name, period: periodOf(verdict, aPeriod(per, input)) })),
  ),
  ...(check?.totals ?? []).map(verdict => {
    if (verdict.of === 'usage') return heldUsage(verdict, check?.usage?.scenario ?? null)
    const [name, period] = verdict.of === 'run' ? ['all runs', 'for all runs'] : ['all months', 'a month']
    return { verdict, name, file: null, period: periodOf(verdict, period) }
  }),
]

const heldUsage = (verdict: Verdict, scenario: string | null): Held => {
  const about = usageLabel(verdict)
  const name = scenario === null ? about : `${scenario}, ${about}`
  return { verdict, name, file: null, period: periodOf(verdict, 'a month') }
}

const usageLabel = ({ month, basis }: Verdict): string => {
  if (basis === 'conversation') return 'mean conversation'
  if (basis === 'call') return 'mean request'
  const label = month === undefined ? 'no known month' : monthInWords(month)
  return basis === 'pace' ? `${label} at this pace` : label
}

/** Title of a column with the names of what is held. */
export const titleOf = (held: readonly Held[]): string =>
  held.some(({ verdict }) => verdict.of === 'usage') ? 'usage' : 'scenario'

/** What is held: a view of a scenario's cost, or what usage cost. */
export const whatIsHeld = ({ of, view }: Verdict): string => (of === 'usage' ? 'usage' : viewLabel(view))

const periodOf = ({ limit, of }: Verdict, period: string): string => {
  const isOwn = limit === 'per_period' || isIncrease(limit)
  if (of === 'scenario' && isOwn) return period
  return isOwn ? period : (LIMITS.find(({ key }) => key === limit)?.of ?? period)
}

/** Whether a limit applies to the change since a baseline. */
export const isIncrease = (limit: Verdict['limit']): boolean => limit === 'max_increase' || limit === 'max_increase_usd'

/** Severity of a verdict, in a word. */
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
