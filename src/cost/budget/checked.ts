import type { Check } from '../../model/result/check.ts'
import type { Costs } from '../../model/result/print-exact.ts'
import type { Side } from '../diff/diff.ts'
import type { Pair } from '../diff/pair-scenarios.ts'
import type { HeadPlaced } from '../diff/placed.ts'
import type { DatedScenario } from '../fleet/price-ends.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'
import type { Held } from './hold-budget.ts'

/** Input of `check`: scenarios with their limits, and the baseline. */

/** A scenario of this run with its limits. */
export interface ScenarioWithLimits extends DatedScenario, Partial<Pick<HeadPlaced, 'servedAs'>> {
  readonly held: readonly Held[]
}

/** The baseline of a run; `side` is `null` where there is none. */
export interface Baseline {
  readonly kind: Check['baseline']['kind']
  readonly name: string | null
  readonly reason: string | null
  readonly side: Side | null
  /** Scenarios of the baseline that cannot be read or priced, by file, with the reason. */
  readonly broken: ReadonlyMap<string, string>
}

/** A scenario of the baseline at this run's prices (`costs`) and at its own (`before`). USD. */
export interface PricedBaseline {
  /** Per period of this run's scenario; unknown if only one of the two has a clock. */
  readonly costs: Costs
  readonly before: Costs
  /** Per period of the baseline's own scenario. */
  readonly own: { readonly costs: Costs; readonly before: Costs }
  /** Why it is unknown. */
  readonly why: string | null
}

/** A scenario of this run, priced, and its counterpart in the baseline. */
export interface Outcome {
  readonly pair: Pair<DatedScenario, ScenarioWithLimits>
  readonly priced: PricedScenario | null
  readonly now: Costs
  readonly baseline: PricedBaseline | null
}
