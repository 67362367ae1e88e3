import { exitOf } from '../../cost/budget/check.ts'
import { type PricedBook, resultOf } from '../../cost/result/estimate.ts'
import { monthOf } from '../../cost/time/calendar-months.ts'
import { InputError, problems } from '../../errors/index.ts'
import { distinct } from '../../model/distinct.ts'
import type { Result } from '../../model/result/result.ts'
import type { UsageReport } from '../../model/result/usage.ts'
import { LIMITS, type LimitKey } from '../../model/scenario/budget.ts'
import { localTime } from '../groups/local-time.ts'
import { HELD_LIMITS, type HoldTerms, holdUsage, isHeldLimit } from './hold-usage.ts'
import type { PricedUsage, UsageOptions } from './usage-run.ts'

/** Whose limits usage is held to. */
export interface UsageLimits extends Pick<HoldTerms, 'limits' | 'turns'> {
  /** The scenario that has them; `null`: they are those of the total. */
  readonly scenario: string | null
}

/**
 * The keys that usage must be broken down by to be held to these limits.
 *
 * @throws {InputError} NO_BUDGET where usage can be held to none of them
 */
export const keysToHold = ({ limits, scenario }: UsageLimits): readonly string[] => {
  const held = keysOf(limits).filter(isHeldLimit)
  if (held.length === 0) throw new InputError([problems.noUsageBudget(scenario, keysOf(limits))])
  return held.flatMap(key => HELD_LIMITS[key])
}

const keysOf = (limits: UsageLimits['limits']): LimitKey[] => {
  const all = limits.flatMap(({ places }) => Object.keys(places))
  return distinct(LIMITS.map(({ key }) => key).filter(key => all.includes(key)))
}

/**
 * Holds real usage to limits.
 *
 * @param strict - whether any warning fails the check
 * @returns a result without scenarios: its verdicts are in `check.totals`
 */
export const checkUsage = (
  { days, broken }: PricedUsage,
  report: UsageReport,
  {
    priced,
    held,
    options,
    strict,
  }: {
    readonly priced: PricedBook
    readonly held: UsageLimits
    readonly options: Pick<UsageOptions, 'at' | 'timezone' | 'since' | 'until'>
    readonly strict: boolean
  },
): Result => {
  const month = monthOf(options.at, options.timezone)
  const totals = holdUsage(days, broken, { ...held, ...options, month, clock: localTime(options.timezone) })
  const { sources, granularity, period, read, total, unpriced, pricing } = report
  // The keys are those of the limits, which nobody wrote.
  const warnings = report.warnings.filter(({ code }) => code !== 'NO_SUCH_KEY')
  return {
    ...resultOf([], priced),
    pricing,
    warnings,
    check: {
      exit: exitOf({ faults: [], verdicts: totals, warnings, strict }),
      baseline: { kind: 'none', name: null, commit: null, reason: null },
      totals,
      changes: [],
      faults: [],
      usage: {
        scenario: held.scenario,
        sources,
        granularity,
        period,
        read,
        total,
        month: report.month,
        unpriced,
        left_aside: keysOf(held.limits).filter(key => !isHeldLimit(key)),
      },
    },
  }
}
