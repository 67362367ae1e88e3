import type { Check } from '../../model/result/check.ts'
import type { Costs } from '../../model/result/print-exact.ts'
import type { Side } from '../diff/diff.ts'
import type { Pair } from '../diff/pair-scenarios.ts'
import type { DatedScenario } from '../fleet/price-ends.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'
import type { Held } from './hold-budget.ts'

/** What `check` works on: scenarios with their limits, and what they are compared with. */

/** A scenario of this run with the limits that it is held to. */
export interface ScenarioWithLimits extends DatedScenario {
  readonly held: readonly Held[]
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

/** A scenario of the baseline at this run's prices (`costs`), and at its own (`before`). USD. */
export interface PricedBaseline {
  /** Per period of this run's scenario; unknown where only one of the two has a clock. */
  readonly costs: Costs
  readonly before: Costs
  /** Per period of its own. */
  readonly own: { readonly costs: Costs; readonly before: Costs }
  /** Why it is unknown. */
  readonly why: string | null
}

/** A scenario of this run priced, and what the baseline has of it. */
export interface Outcome {
  readonly pair: Pair<DatedScenario, ScenarioWithLimits>
  readonly priced: PricedScenario | null
  readonly now: Costs
  readonly baseline: PricedBaseline | null
}
