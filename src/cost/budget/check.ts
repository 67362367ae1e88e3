import { collect, type Problem, problems } from '../../errors/index.ts'
import { both, scaleRange } from '../../model/number/range.ts'
import type { Fault, Verdict } from '../../model/result/check.ts'
import type { Result, ScenarioResult, Warning } from '../../model/result/result.ts'
import type { LimitKey } from '../../model/scenario/budget.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { CostView } from '../../model/views.ts'
import { pairScenarios } from '../diff/pair-scenarios.ts'
import { type Cost, costPerRequest, UNKNOWN } from '../fleet/costs.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'
import { viewCeiling } from '../fleet/view-ceiling.ts'
import { type PricedBook, priceOne, resultOf } from '../result/estimate.ts'
import { periodsPerMonth } from '../time/spread-traffic.ts'
import type { Baseline, Outcome, ScenarioWithLimits } from './checked.ts'
import { type Change, type Figures, type Held, HOLD_ANOTHER, holdBudget } from './hold-budget.ts'
import { holdTotals, movedSums } from './hold-totals.ts'
import { priceBaseline } from './price-baseline.ts'
import { brokenThere, toChange } from './to-change.ts'

export interface CheckOptions {
  /** Limits on all scenarios together. */
  readonly total: Held | null
  readonly baseline: Baseline
  /** Whether an increase without a baseline is a fault. */
  readonly requireBaseline: boolean
  /** Whether any warning fails the check. */
  readonly strict: boolean
  /** Faults of scenarios that could not be read, and of limits that do not apply to their scenario. */
  readonly faults: readonly Fault[]
  /** Files of scenarios that could not be read: they count as neither removed nor new. */
  readonly unread: ReadonlySet<string>
  /** Warnings about the call itself. */
  readonly warnings: readonly Warning[]
}

/** A problem in the form that results carry. */
export const toFault = (file: string | null, { code, exit, what, fix, path = [], at }: Problem): Fault => ({
  file,
  code,
  exit,
  what,
  fix,
  path: path.join('.'),
  at: at ?? null,
})

/**
 * Prices scenarios, holds them to their limits and compares them with a baseline at the same prices. A scenario that
 * cannot be priced is reported; the rest is still computed.
 *
 * @returns a result with verdicts in it and a `check` key: what `dsprice check --json` prints
 */
export const check = (scenarios: readonly ScenarioWithLimits[], priced: PricedBook, options: CheckOptions): Result => {
  const { baseline, requireBaseline, total, unread } = options
  const faults = [...options.faults]
  const bases = (baseline.side?.scenarios ?? []).filter(({ scenario }) => !unread.has(scenario.file ?? ''))
  const pairs = pairScenarios(bases, scenarios)
  const outcomes = pairs.map((pair): Outcome => {
    const own = pair.head && priceHead(pair.head, priced, faults)
    const now = own?.costs ?? null
    return { pair, priced: own, now: now ?? UNKNOWN, baseline: priceBaseline({ pair, now }, priced, baseline) }
  })
  const found = outcomes.filter(outcome => outcome.priced !== null)
  const result = resultOf(
    found.flatMap(outcome => outcome.priced ?? []),
    priced,
  )
  const verdicts = found.map((outcome, i) => holdOne(outcome, { result, index: i, baseline }))
  const missing = unread.size + outcomes.filter(outcome => outcome.pair.head !== null && outcome.priced === null).length
  const totals = total ? holdTotals(total, outcomes, { baseline, missing }) : []
  const all = [...verdicts.flat(), ...totals]
  if (requireBaseline) faults.push(...missingBaselines(found, verdicts, { baseline, totals }))
  const warnings = [...options.warnings, ...result.warnings]
  return {
    ...result,
    warnings,
    scenarios: result.scenarios.map((scenario, i) => ({ ...scenario, budget: verdicts[i] ?? [] })),
    check: {
      exit: exitOf({ faults, verdicts: all, warnings, strict: options.strict }),
      baseline: {
        kind: baseline.kind,
        name: baseline.name,
        commit: baseline.side?.commit ?? null,
        reason: baseline.reason,
      },
      totals,
      ...(baseline.side ? { sums: movedSums(outcomes, missing + baseline.broken.size === 0) } : {}),
      changes: baseline.side ? outcomes.map(outcome => toChange(outcome, baseline, priced)) : [],
      faults,
    },
  }
}

const priceHead = (
  { scenario, at }: ScenarioWithLimits,
  priced: PricedBook,
  faults: Fault[],
): PricedScenario | null => {
  const found: Problem[] = []
  const own = collect(found, () => priceOne(scenario, priced, at))
  faults.push(...found.map(problem => toFault(scenario.file ?? null, problem)))
  return own ?? null
}

const DESCRIBE_CLUSTER = 'describe a cluster (self_host: …) that serves no leg, or limit another view (view: headline)'

/** The change that limits on a scenario's increase are held to. */
const changeSince = ({ pair, now, baseline }: Outcome, view: CostView, against: Baseline): Change => {
  if (!against.side) return { kind: 'none', why: against.reason ?? 'none was named' }
  if (!pair.base || !baseline) {
    const why = brokenThere(pair, against)
    return why === null
      ? { kind: 'none', why: `it is new: ${against.name} does not have it` }
      : { kind: 'unknown', why, fix: `fix it at ${against.name}, or set an absolute limit (per_month, per_period)` }
  }
  const [is, was] = [now[view], baseline.costs[view]]
  if (is === null) return { kind: 'unknown', why: `${view} is unknown` }
  if (was === null) return { kind: 'unknown', why: baseline.why ?? `${view} of the baseline is unknown` }
  return { kind: 'known', head: is, baseline: was }
}

const holdOne = (
  outcome: Outcome,
  { result, index, baseline }: { readonly result: Result; readonly index: number; readonly baseline: Baseline },
): Verdict[] => {
  const { pair, priced, now } = outcome
  const reasons = result.scenarios[index]?.reasons ?? {}
  if (!pair.head) return []
  const { scenario, held } = pair.head
  const periods = periodsPerMonth(scenario.traffic)
  const inUnits = (key: LimitKey, cost: Cost): Cost | undefined => {
    if (key === 'per_month') {
      return periods === null ? undefined : cost && scaleRange(cost, periods)
    }
    return key === 'per_request' ? perRequest(scenario, cost) : cost
  }
  const figures: Figures = {
    of: 'scenario',
    costOf: (key, view) => inUnits(key, now[view]),
    atLeast: () => null,
    whyUnknown: view => ({
      why: reasons[view] ?? 'the book has no rate for it',
      fix: fixUnknown(view, result.scenarios[index]),
    }),
    atMost: (key, view) => {
      const most = priced && viewCeiling(priced, view)
      const usd = most && inUnits(key, both(most.usd))?.high
      return usd ? { ...most, usd } : null
    },
    change: view => changeSince(outcome, view, baseline),
  }
  return held.flatMap(limits => holdBudget(limits, figures))
}

/** A fix to type where a view is unknown. */
const fixUnknown = (view: CostView, scenario: ScenarioResult | undefined): string => {
  const onCluster = view === 'self_hosted' || scenario?.input.routing?.legs.some(leg => leg.self_host)
  const tooSmall = onCluster ? scenario?.warnings.find(({ code }) => code === 'OVER_CAPACITY') : undefined
  return tooSmall?.fix ?? (view === 'self_hosted' ? DESCRIBE_CLUSTER : HOLD_ANOTHER)
}

const perRequest = ({ request, traffic }: Scenario, cost: Cost): Cost | undefined =>
  request ? costPerRequest(cost, traffic.requests) : undefined

/** Whether a verdict only warns: near its limit, without a baseline, or not within a limit of level `warn`. */
export const isWarning = ({ state, level }: Verdict): boolean =>
  state === 'near' || state === 'no_baseline' || (level === 'warn' && (state === 'over' || state === 'unknown'))

/** 2 before 3 before 1: an unknown cost never counts as within its limit. */
export const exitOf = ({
  faults,
  verdicts,
  warnings,
  strict,
}: {
  readonly faults: readonly Fault[]
  readonly verdicts: readonly Verdict[]
  readonly warnings: readonly Warning[]
  /** Whether any warning fails the check. */
  readonly strict: boolean
}): number => {
  const fails = (state: Verdict['state']): boolean =>
    verdicts.some(verdict => verdict.level === 'error' && verdict.state === state)
  const warned = strict && (warnings.length > 0 || verdicts.some(isWarning))
  if (warned || faults.some(({ exit }) => exit === 2)) return 2
  if (faults.length > 0 || fails('unknown')) return 3
  return fails('over') ? 1 : 0
}

/** A fault for each increase without a baseline, if the call requires one. */
const missingBaselines = (
  found: readonly Outcome[],
  verdicts: readonly (readonly Verdict[])[],
  { baseline, totals }: { readonly baseline: Baseline; readonly totals: readonly Verdict[] },
): Fault[] => {
  if (!baseline.side) return [toFault(null, problems.noBaseline('the check', baseline.reason ?? 'none was named'))]
  const lacking = found.flatMap(({ pair: { head } }, i) => {
    const missing = (verdicts[i] ?? []).find(({ state }) => state === 'no_baseline')
    if (!head || !missing) return []
    const problem = problems.noBaseline(head.scenario.name, missing.reason ?? 'it is new')
    return [toFault(head.scenario.file ?? null, missing.at === null ? problem : { ...problem, at: missing.at })]
  })
  const sums = totals.some(({ state }) => state === 'no_baseline')
  return sums
    ? [...lacking, toFault(null, problems.noBaseline('the total', 'it has no scenario of that kind'))]
    : lacking
}

/** Every verdict of a checked result with the name of its subject, and of what is held of it; scenarios first. */
export const verdictsOf = ({ scenarios, check }: Result): Named[] => [
  ...scenarios.flatMap(({ name, budget }) => budget.map(verdict => ({ name, what: verdict.view, verdict }))),
  ...(check?.totals ?? []).map(verdict => namedTotal(verdict, check?.usage?.scenario ?? null)),
]

interface Named {
  readonly name: string
  readonly what: string
  readonly verdict: Verdict
}

const namedTotal = (verdict: Verdict, scenario: string | null): Named => {
  const { of, view, month, basis } = verdict
  if (of !== 'usage') return { name: of === 'run' ? 'all runs' : 'all scenarios a month', what: view, verdict }
  const paced = basis === 'pace' ? `${month} at this pace` : (month ?? 'no known month')
  const each = basis === 'conversation' || basis === 'call' ? 'a mean request' : paced
  return { name: scenario === null ? each : `${each} for ${scenario}`, what: 'the cost', verdict }
}
