import { type Figures, type Held, holdBudget } from '../../cost/budget/hold-budget.ts'
import { type Exact, exact, quotient } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'
import { counted } from '../../model/plural.ts'
import type { Verdict } from '../../model/result/check.ts'
import type { LimitKey } from '../../model/scenario/budget.ts'
import { NO_VALUE } from '../groups/collect.ts'
import type { LocalTime } from '../groups/local-time.ts'
import type { PricedGroup } from '../price/price-group.ts'
import { monthOfGroup, paceIn } from './pace.ts'
import { totalOf } from './total.ts'
import { reasonFor, unpricedIn } from './unpriced.ts'

/** The limits that usage can be held to, and by what it is broken down for each. */
export const HELD_LIMITS = {
  per_month: [],
  per_request: ['conversation'],
} as const satisfies Partial<Record<LimitKey, readonly string[]>>

export const isHeldLimit = (key: string): key is keyof typeof HELD_LIMITS => Object.hasOwn(HELD_LIMITS, key)

export interface HoldTerms {
  readonly limits: readonly Held[]
  /** Calls of one request, where records name no conversation. */
  readonly turns: number
  /** The month that has a pace, such as 2026-11. */
  readonly month: string
  readonly since: number | null
  readonly until: number | null
  readonly clock: LocalTime
}

/** What is held to a limit. USD. */
interface Subject {
  readonly cost: Range<Exact> | null
  readonly atLeast: Exact | null
  readonly why: string
  readonly fix: string
}

/**
 * Holds usage to limits: each month, the pace of the month that has one, and the mean request.
 *
 * @param byRequest - the same groups by conversation
 */
export const holdUsage = (
  days: readonly PricedGroup[],
  byRequest: readonly PricedGroup[],
  terms: HoldTerms,
): Verdict[] => [...holdMonths(days, terms), ...holdRequests(byRequest, terms)]

const holdMonths = (days: readonly PricedGroup[], terms: HoldTerms): Verdict[] => {
  const lost = days.filter(one => monthOfGroup(one, terms.clock) === null)
  const months = [...new Set(days.flatMap(one => monthOfGroup(one, terms.clock) ?? []))].sort()
  if (months.length === 0) return hold({ ...NOTHING, ...untimed(lost) }, terms, { basis: 'spend' }, 'per_month')
  return months.flatMap(month => {
    const own = days.filter(one => monthOfGroup(one, terms.clock) === month)
    const found = paceIn(own, { ...terms, month: terms.clock.monthSpan(month) })
    const spend = found?.spend ?? null
    const isWhole = found?.isWhole === true && lost.length === 0
    const subject = {
      cost: isWhole ? spend : null,
      atLeast: spend?.low ?? null,
      ...(found?.isWhole === true && lost.length > 0 ? untimed(lost) : unknownOf(own)),
    }
    const verdicts = hold(subject, terms, { month, basis: 'spend' }, 'per_month')
    const end = month === terms.month ? (found?.pace.end ?? null) : null
    if (spend === null || end === null || verdicts.some(({ state }) => state === 'over')) return verdicts
    const paced = { ...subject, cost: isWhole ? end : null, atLeast: end.low }
    const held = hold(paced, terms, { month, basis: 'pace' }, 'per_month')
    // The pace of what is known may only show that a limit will be exceeded.
    return [...verdicts, ...held.filter(({ state }) => isWhole || state === 'over')]
  })
}

const NOTHING = { cost: null, atLeast: null }

const untimed = (groups: readonly PricedGroup[]): Pick<Subject, 'why' | 'fix'> => {
  const { records } = totalOf(groups)
  const what = records === 1 ? 'a record tells' : `${counted(records, 'record')} tell`
  return { why: `${what} no time, and may be of any month`, fix: 'name the month with --since and --until' }
}

const unknownOf = (groups: readonly PricedGroup[]): Pick<Subject, 'why' | 'fix'> => {
  const [first] = unpricedIn(groups)
  return {
    why: reasonFor(groups) ?? 'not all of it has a price',
    fix: first?.fix ?? 'take a source that tells tokens',
  }
}

/** The mean conversation where records name theirs, else the mean call times the calls of a request. */
const holdRequests = (groups: readonly PricedGroup[], terms: HoldTerms): Verdict[] => {
  const named = groups.filter(({ group }) => group.keys[0] !== undefined && group.keys[0] !== NO_VALUE)
  const basis = named.length > 0 ? 'conversation' : 'call'
  const own = named.length > 0 ? named : groups
  const { amounts, records } = totalOf(own)
  // Money counts no calls; beside calls it may be their bill.
  const { requests } = totalOf(own.filter(({ group }) => !group.isMoney))
  const count = named.length > 0 ? new Set(named.map(({ group }) => group.keys[0])).size : requests
  const share = count === null || count === 0 ? null : quotient(exact(named.length > 0 ? 1 : terms.turns), exact(count))
  const known = share && amounts.cost.records > 0 ? mapRange(amounts.cost.sum, usd => usd.times(share)) : null
  const uncounted = { why: 'the source does not count its calls', fix: 'take a source that counts them' }
  const subject = {
    cost: amounts.cost.records === records ? known : null,
    atLeast: known?.low ?? null,
    ...(share === null ? uncounted : unknownOf(own)),
  }
  return hold(subject, terms, { basis }, 'per_request')
}

type Of = Pick<Verdict, 'month' | 'basis'>

const hold = ({ cost, atLeast, why, fix }: Subject, { limits }: HoldTerms, of: Of, limit: LimitKey): Verdict[] => {
  const figures: Figures = {
    of: 'usage',
    costOf: key => (key === limit ? cost : undefined),
    atLeast: () => atLeast,
    whyUnknown: () => ({ why, fix }),
    atMost: () => null,
    change: () => ({ kind: 'none', why }),
  }
  return limits.flatMap(({ budget, places }) => {
    const { warn_at: near, ...plain } = budget
    // A pace is no fact yet, so it only warns.
    const own = of.basis === 'pace' ? { ...plain, level: 'warn' as const } : budget
    return holdBudget({ budget: own, places }, figures).map(verdict => ({ ...verdict, ...VIEW, ...of }))
  })
}

/** What was used has one cost, whatever view its limit names. */
const VIEW = { view: 'cached' } as const
