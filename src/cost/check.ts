import { InputError, type Problem, problems } from '../errors.ts'
import type { Check, Fault, Change as ListedChange, Verdict } from '../model/check.ts'
import { exact, quotient } from '../model/money.ts'
import type { Result, Warning } from '../model/result.ts'
import type { Scenario } from '../model/scenario.ts'
import type { View } from '../model/views.ts'
import type { Side } from './diff.ts'
import { type PricedBook, priceOne, resultOf } from './estimate.ts'
import { type Change, type Held, holdBudget } from './hold-budget.ts'
import { holdTotals, movedSums } from './hold-totals.ts'
import { type Pair, pairScenarios } from './pair-scenarios.ts'
import { priceBaseline } from './price-baseline.ts'
import type { Bounds } from './price-bounds.ts'
import { type Ends, endsOf, isSame, type Placed, printDifference, printEnds, UNKNOWN } from './price-ends.ts'
import { perView } from './print-exact.ts'
import { periodsPerMonth } from './spread-traffic.ts'

/** A scenario of this run with the limits that it is held to. */
export interface Checked extends Placed {
  readonly held: Held
}

/** What a run is compared with; `side` is `null` where there is nothing. */
export interface Baseline {
  readonly kind: Check['baseline']['kind']
  readonly name: string | null
  readonly reason: string | null
  readonly side: Side | null
  /** Scenarios of the baseline that cannot be read or priced, by file, with the reason. */
  readonly broken: ReadonlyMap<string, string>
}

export interface CheckOptions {
  /** Limits on all scenarios together. */
  readonly total: Held | null
  readonly baseline: Baseline
  /** Whether it is a fault where an increase has nothing to be compared with. */
  readonly requireBaseline: boolean
  /** Whether any warning fails the check. */
  readonly strict: boolean
  /** Scenarios that could not be read. */
  readonly faults: readonly Fault[]
  /** Of the call itself. */
  readonly warnings: readonly Warning[]
  /** Gives a problem of a scenario its place in the file. */
  readonly locate: (file: string | undefined, problem: Problem) => Problem
}

type Costs = Readonly<Record<View, Ends>>

/** A scenario of this run priced, and what the baseline has of it. */
export interface Outcome {
  readonly pair: Pair<Placed, Checked>
  readonly bounds: Bounds | null
  readonly now: Costs
  readonly baseline: { readonly costs: Costs; readonly before: Costs; readonly why: string | null } | null
}

/** A problem as a document carries it. */
export const toFault = (file: string | null, { code, exit, what, mend, path = [], at }: Problem): Fault => ({
  file,
  code,
  exit,
  what,
  mend,
  path: path.join('.'),
  at: at ?? null,
})

/**
 * Prices scenarios, holds them to their limits and sets them beside a baseline at the same prices. What cannot be
 * priced is told of; the rest is computed all the same.
 *
 * @returns a result with verdicts in it and `check` beside: what `dsprice check --json` prints
 */
export const check = (scenarios: readonly Checked[], priced: PricedBook, options: CheckOptions): Result => {
  const { baseline, requireBaseline, total, locate } = options
  const faults = [...options.faults]
  const pairs = pairScenarios(baseline.side?.scenarios ?? [], scenarios)
  const outcomes = pairs.map((pair): Outcome => {
    const bounds = pair.head && priceHead(pair.head, priced, { faults, locate })
    const now = bounds && endsOf(bounds)
    return { pair, bounds, now: now ?? UNKNOWN, baseline: priceBaseline({ pair, now }, priced, baseline) }
  })
  const found = outcomes.filter(({ bounds }) => bounds !== null)
  const result = resultOf(
    found.flatMap(({ bounds }) => bounds ?? []),
    priced,
  )
  const verdicts = found.map((outcome, i) => holdOne(outcome, { result, index: i, baseline }))
  const totals = total ? holdTotals(total, outcomes, { baseline, missing: faults.length }) : []
  const all = [...verdicts.flat(), ...totals]
  if (requireBaseline) faults.push(...missingBaselines(found, verdicts, { baseline, totals }))
  const warnings = [...options.warnings, ...result.warnings]
  return {
    ...result,
    warnings,
    scenarios: result.scenarios.map((scenario, i) => ({ ...scenario, budget: verdicts[i] ?? [] })),
    check: {
      exit: exitOf(faults, all, options.strict && (warnings.length > 0 || all.some(isWarning))),
      baseline: {
        kind: baseline.kind,
        name: baseline.name,
        commit: baseline.side?.commit ?? null,
        reason: baseline.reason,
      },
      totals,
      ...(baseline.side ? { sums: movedSums(outcomes, faults.length + baseline.broken.size === 0) } : {}),
      changes: baseline.side ? outcomes.map(toChange) : [],
      faults,
    },
  }
}

const priceHead = (
  { scenario, at }: Checked,
  priced: PricedBook,
  { faults, locate }: { readonly faults: Fault[]; readonly locate: CheckOptions['locate'] },
): Bounds | null => {
  try {
    return priceOne(scenario, priced, at)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    faults.push(...error.problems.map(problem => toFault(scenario.file ?? null, locate(scenario.file, problem))))
    return null
  }
}

/** What an increase of one scenario can be held against. */
const changeOf = ({ pair: { head, base }, now, baseline }: Outcome, view: View, against: Baseline): Change => {
  const broken = head?.scenario.file === undefined ? undefined : against.broken.get(head.scenario.file)
  if (!against.side) return { kind: 'none', why: against.reason ?? 'none was named' }
  if (broken !== undefined) return { kind: 'unknown', why: `${against.name} has it, but ${broken}` }
  if (!base || !baseline) return { kind: 'none', why: `it is new: ${against.name} does not have it` }
  const [is, was] = [now[view], baseline.costs[view]]
  if (is === null) return { kind: 'unknown', why: `${view} is unknown` }
  if (was === null) return { kind: 'unknown', why: baseline.why ?? `${view} of the baseline is unknown` }
  return { kind: 'known', head: is, baseline: was }
}

const holdOne = (
  outcome: Outcome,
  { result, index, baseline }: { readonly result: Result; readonly index: number; readonly baseline: Baseline },
): Verdict[] => {
  const { head } = outcome.pair
  const reasons = result.scenarios[index]?.reasons ?? {}
  if (!head) return []
  const { scenario, held } = head
  const periods = periodsPerMonth(scenario.traffic)
  return holdBudget(held, {
    of: 'scenario',
    costOf: (key, view) => {
      const ends = outcome.now[view]
      if (key === 'per_month') {
        return periods === null ? undefined : ends && [ends[0].times(periods), ends[1].times(periods)]
      }
      if (key === 'per_request') return perRequest(scenario, ends)
      return ends
    },
    atLeast: () => null,
    whyUnknown: view => reasons[view] ?? 'the book has no rate for it',
    change: view => changeOf(outcome, view, baseline),
  })
}

const perRequest = ({ request, traffic }: Scenario, ends: Ends): Ends | undefined => {
  if (!request) return undefined
  const requests = exact(traffic.requests)
  return ends && [quotient(ends[0], requests), quotient(ends[1], requests)]
}

/** Whether a verdict only warns. */
export const isWarning = ({ state, level }: Verdict): boolean =>
  state === 'near' || (level === 'warn' && (state === 'over' || state === 'unknown'))

/** 2 before 3 before 1: what cannot be known is never taken for within. */
const exitOf = (faults: readonly Fault[], verdicts: readonly Verdict[], warned: boolean): number => {
  const fails = (state: Verdict['state']): boolean =>
    verdicts.some(verdict => verdict.level === 'error' && verdict.state === state)
  if (warned || faults.some(({ exit }) => exit === 2)) return 2
  if (faults.length > 0 || fails('unknown')) return 3
  return fails('over') ? 1 : 0
}

/** Increases that have nothing to be compared with, where that is a fault. */
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
    ? [...lacking, toFault(null, problems.noBaseline('the total', 'it has no scenario of the kind'))]
    : lacking
}

const toChange = ({ pair: { base, head }, now, baseline }: Outcome): ListedChange => {
  const { scenario } = (head ?? base) as Placed
  const state = !base ? 'new' : !head ? 'removed' : baseline && isSame(now, baseline.costs) ? 'same' : 'changed'
  const zero = [exact(0), exact(0)] as const
  const from = (view: View): Ends => (base ? (baseline?.costs[view] ?? null) : zero)
  const to = (view: View): Ends => (head ? now[view] : zero)
  return {
    name: scenario.name,
    file: scenario.file ?? null,
    state,
    per: scenario.traffic.per,
    baseline: baseline && perView(view => printEnds(baseline.costs[view])),
    change: perView(view => printDifference(to(view), from(view))),
    prices: baseline && perView(view => printDifference(baseline.costs[view], baseline.before[view])),
  }
}

/** Every verdict of a checked result with the name of what it is about, scenarios first. */
export const verdictsOf = ({ scenarios, check }: Result): { readonly name: string; readonly verdict: Verdict }[] => [
  ...scenarios.flatMap(({ name, budget }) => budget.map(verdict => ({ name, verdict }))),
  ...(check?.totals ?? []).map(verdict => ({
    name: verdict.of === 'run' ? 'all runs' : 'all scenarios a month',
    verdict,
  })),
]
