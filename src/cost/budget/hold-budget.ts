import { type Exact, exact, type Money, quotient, toDecimals, ZERO } from '../../model/number/money.ts'
import { printRange, type Range } from '../../model/number/range.ts'
import type { Verdict } from '../../model/result/check.ts'
import type { Budget, LimitKey, TotalBudget } from '../../model/scenario/budget.ts'
import type { CostView } from '../../model/views.ts'
import type { Ceiling } from '../api/cost-ceiling.ts'
import { type Cost, printCost, printDifference } from '../fleet/costs.ts'

/** Limits with their positions in the file, and the keys that are held only where they apply. */
export interface Held {
  readonly budget: Budget | TotalBudget
  /** file:line:column of each limit. */
  readonly places: Readonly<Partial<Record<LimitKey, string>>>
}

/** Costs that limits are held to. USD; `null`: unknown, with the reason. */
export interface Figures {
  readonly of: Verdict['of']
  /** The cost that a limit of this key applies to; `undefined`: the key does not apply here. */
  readonly costOf: (key: LimitKey, view: CostView) => Cost | undefined
  /** Known part of a sum with an unknown part. */
  readonly atLeast: (view: CostView) => Money | null
  /** Why a view is unknown, and a fix to type. */
  readonly whyUnknown: (view: CostView) => { readonly why: string; readonly fix: string }
  /** Upper limit of a key's cost, where it is above the high end; else `null`. */
  readonly atMost: (key: LimitKey, view: CostView) => Ceiling | null
  /** This run's costs and the baseline's at the same prices. */
  readonly change: (view: CostView) => Change
}

/** A change against a baseline; `kind` says why there is none. */
export type Change =
  | { readonly kind: 'known'; readonly head: Range<Money>; readonly baseline: Range<Money> }
  | { readonly kind: 'none' | 'unknown'; readonly why: string; readonly fix?: string }

/** The fix for a limit on a view that is unknown. */
export const HOLD_ANOTHER = 'limit another view (view: headline), or give the missing rate with --pricing mine.json'

const ABSOLUTE = ['per_period', 'per_month', 'per_request', 'per_run'] as const
const INCREASES = ['max_increase', 'max_increase_usd'] as const

/** USD and shares in a verdict have at most 12 decimals. */
const digits = (value: Exact): string => toDecimals(value, 12)

/**
 * Holds costs to limits: one verdict for each limit that applies. The high end of a range is held. An increase is taken
 * end by end, since both sides are counted alike, and the larger end is held. A cost equal to its limit is within it.
 */
export const holdBudget = ({ budget, places }: Held, figures: Figures): Verdict[] => {
  const limits: Readonly<Partial<Record<LimitKey, string | undefined>>> = budget
  const view = budget.view ?? 'cached'
  const verdicts: Verdict[] = []
  for (const key of [...ABSOLUTE, ...INCREASES]) {
    const allowed = limits[key]
    if (allowed === undefined) continue
    const common = {
      limit: key,
      of: figures.of,
      view,
      level: budget.level ?? 'error',
      allowed,
      at: places[key] ?? null,
    } as const
    const increase = key === 'max_increase' || key === 'max_increase_usd'
    const cost = figures.costOf(key, view)
    if (cost === undefined) continue
    if (increase) {
      const change = figures.change(view)
      // Both sides of an increase are the same kind of bound, so the increase is known.
      const band = figures.atMost(key, view)?.why === 'band' && !isStill(change)
      verdicts.push({ ...common, ...sure(holdIncrease(common, budget, change), band ? 'band' : null) })
    } else verdicts.push({ ...common, ...holdCost(common, budget, { cost, figures }) })
  }
  return verdicts
}

/** Whether nothing changed: then no count within the band grew either. */
const isStill = (change: Change): boolean =>
  change.kind === 'known' && change.head.low.eq(change.baseline.low) && change.head.high.eq(change.baseline.high)

type Common = Pick<Verdict, 'limit' | 'of' | 'view' | 'level' | 'allowed' | 'at'>
type Outcome = Omit<Verdict, keyof Common>

const NOTHING: Omit<Outcome, 'state' | 'fix'> = {
  actual: null,
  at_least: null,
  baseline: null,
  over_by: null,
  reason: null,
}

/** The fix that raises the limit. */
const raise = ({ limit }: Common): string => `raise ${limit}`

const holdCost = (
  common: Common,
  { warn_at }: Held['budget'],
  { cost, figures }: { readonly cost: Cost; readonly figures: Figures },
): Outcome => {
  const allowed = exact(common.allowed)
  if (cost === null) {
    const least = figures.atLeast(common.view)
    const surely = least?.gt(allowed) ?? false
    const { why, fix } = figures.whyUnknown(common.view)
    return {
      ...NOTHING,
      state: surely ? 'over' : 'unknown',
      at_least: least && digits(least),
      over_by: surely && least ? digits(least.minus(allowed)) : null,
      reason: why,
      fix,
    }
  }
  const held = standing(cost.high, { allowed, warn_at, fix: fixOver(common) })
  const most = figures.atMost(common.limit, common.view)
  return { ...NOTHING, actual: printCost(cost), ...sure(held, most?.usd.gt(allowed) ? most.why : null) }
}

const fixOver = (common: Common): string => {
  const cheaper = common.view === 'self_hosted' ? 'use fewer or cheaper GPUs' : 'choose a cheaper model'
  return `send or generate fewer tokens, ${cheaper}, or ${raise(common)}`
}

/** The state of a known cost: within, near or over. */
const standing = (
  actual: Exact,
  { allowed, warn_at, fix }: { readonly allowed: Exact; readonly warn_at: number | undefined; readonly fix: string },
): Pick<Outcome, 'state' | 'over_by' | 'fix'> => {
  // Compared as printed: a month is a quotient, and a limit has at most twelve decimals.
  const printed = exact(digits(actual))
  if (printed.gt(allowed)) return { state: 'over', over_by: digits(printed.minus(allowed)), fix: fix }
  const near = warn_at !== undefined && !actual.isZero() && actual.gte(allowed.times(exact(String(warn_at))))
  return { state: near ? 'near' : 'within', over_by: null, fix: near ? fix : 'nothing to do' }
}

const UNCERTAIN: Readonly<Record<Ceiling['why'], { readonly reason: string; readonly fix: string }>> = {
  band: {
    reason:
      'the range of estimated tokens crosses a cache minimum or a price tier, where the cost may be above both ends',
    fix: 'count the text with an API call to the provider, and give the number; or limit another view',
  },
  bound: {
    reason: 'it is a bound: the turns of one conversation cannot share a batch, and may find less in the cache',
    fix: 'limit batch or cached instead (view: batch)',
  },
}

/** An outcome that is not over is unknown if the cost may exceed its high end. */
const sure = <T extends Pick<Outcome, 'state' | 'fix'>>(
  outcome: T,
  uncertain: Ceiling['why'] | null,
): T | (Omit<T, 'state' | 'fix'> & Pick<Outcome, 'state' | 'fix' | 'reason'>) => {
  if (uncertain === null || !['within', 'near', 'ignored'].includes(outcome.state)) return outcome
  return { ...outcome, state: 'unknown', ...UNCERTAIN[uncertain] }
}

const holdIncrease = (common: Common, { warn_at, ignore_below }: Held['budget'], change: Change): Outcome => {
  if (change.kind !== 'known') {
    return {
      ...NOTHING,
      state: change.kind === 'none' ? 'no_baseline' : 'unknown',
      reason: change.why,
      fix:
        change.kind === 'none'
          ? 'name one: --baseline git:main, or a file written by check --json -o'
          : (change.fix ?? 'fix the baseline, or set an absolute limit (per_month, per_period) instead'),
    }
  }
  const { head, baseline } = change
  const { view } = common
  const more = { low: head.low.minus(baseline.low), high: head.high.minus(baseline.high) }
  const most = larger(more)
  const known = { ...NOTHING, baseline: printCost(baseline) }
  const fix = `see what changed with dsprice diff${view === 'cached' ? '' : ` --view ${view}`}, undo it, or ${raise(common)}`
  const allowed = exact(common.allowed)
  const small = ignore_below !== undefined && most.gt(0) && most.lt(exact(ignore_below))
  if (common.limit === 'max_increase_usd') {
    const held = standing(most, { allowed, warn_at, fix })
    return { ...known, actual: printDifference(head, baseline), ...(small ? ignored(ignore_below) : held) }
  }
  const [low, high] = [increase(more.low, baseline.low), increase(more.high, baseline.high)]
  if (!low || !high || (baseline.low.isZero() && baseline.high.isZero())) {
    // From zero, any increase is more than every percentage.
    const grown = most.gt(0)
    const state = small ? 'ignored' : grown ? 'over' : 'within'
    return { ...known, state, reason: 'the baseline costs nothing', fix: state === 'over' ? fix : 'nothing to do' }
  }
  const share = { low, high }
  const actual = printRange(share, digits)
  const held = standing(larger(share), { allowed, warn_at, fix })
  return { ...known, actual, ...(small ? ignored(ignore_below) : held) }
}

/** An increase as a share of the baseline; `null`: the baseline is 0. */
const increase = (more: Money, was: Money): Exact | null => {
  if (!was.isZero()) return quotient(more, was)
  return more.isZero() ? ZERO : null
}

const larger = ({ low, high }: Range<Exact>): Exact => (high.gt(low) ? high : low)

const ignored = (below: string | undefined): Pick<Outcome, 'state' | 'over_by' | 'reason' | 'fix'> => ({
  state: 'ignored',
  over_by: null,
  reason: `increases below $${below} are ignored`,
  fix: 'nothing to do',
})
