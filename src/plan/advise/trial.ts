import type { PricedScenario } from '../../cost/fleet/price-scenario.ts'
import { isOnOffer, rankingCost } from '../../cost/result/answer.ts'
import { fleetReasons } from '../../cost/result/describe-fleet.ts'
import { type PricedBook, priceOne } from '../../cost/result/estimate.ts'
import { boundsIn } from '../../cost/result/to-result.ts'
import { faultsOf, reasonOf } from '../../errors/index.ts'
import type { Exact } from '../../model/number/money.ts'
import type { Range } from '../../model/number/range.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { WrittenScenario } from '../../model/scenario/scenario-schema.ts'
import { type CostView, viewLabel } from '../../model/views.ts'

/** A scenario as a file has it, and counted. */
export interface Served {
  readonly written: WrittenScenario
  readonly scenario: Scenario
}

/**
 * The scenario as `--set` with these keys would give it.
 *
 * @throws {InputError} any fault that the keys cause
 */
export type Serve = (set: readonly string[]) => Promise<Served>

/** A scenario with keys changed, priced in the cheapest of some views that is on offer. */
export interface Trial {
  readonly set: readonly string[]
  readonly served: Served
  readonly priced: PricedScenario
  readonly view: CostView
  /** USD per period: estimated text at its stated factor, any other range at its middle. */
  readonly cost: Exact
  readonly ends: Range<Exact>
}

/** Why something cannot be had. */
export interface Refusal {
  readonly why: string
  readonly codes: readonly string[]
}

export const isRefused = (trial: Trial | Refusal): trial is Refusal => 'why' in trial

/** Prices a scenario with keys changed. @param views - of these the cheapest on offer */
export type Try = (set: readonly string[], views: readonly CostView[]) => Promise<Trial | Refusal>

/** Prices scenarios with changed keys by the engine of `estimate`; nothing here computes a price. */
export const trying =
  (serve: Serve, priced: PricedBook, at: string): Try =>
  async (set, views) => {
    try {
      const served = await serve(set)
      return trialOf(priceOne(alone(served.scenario), priced, served.scenario.at ?? at), { set, served, views })
    } catch (error) {
      const faults = faultsOf(error)
      return { why: reasonOf(faults).why, codes: faults.map(({ code }) => code) }
    }
  }

/** Without the single models that a fleet is compared with: they are no part of its cost. */
const alone = (scenario: Scenario): Scenario =>
  scenario.routing ? { ...scenario, routing: { ...scenario.routing, baselines: [] } } : scenario

const trialOf = (
  priced: PricedScenario,
  { set, served, views }: Pick<Trial, 'set' | 'served'> & { readonly views: readonly CostView[] },
): Trial | Refusal => {
  const bounds = boundsIn(priced)
  let found: Trial | null = null
  for (const view of views) {
    const ends = priced.costs[view]
    const cost = isOnOffer(priced, view, bounds) ? rankingCost(priced, view) : null
    if (ends !== null && cost !== null && (found === null || cost.lt(found.cost))) {
      found = { set, served, priced, view, cost, ends }
    }
  }
  return found ?? { why: whyNone(priced, views, bounds), codes: [] }
}

const whyNone = (priced: PricedScenario, views: readonly CostView[], bounds: ReturnType<typeof boundsIn>): string => {
  const reasons = fleetReasons(priced)
  const whys = views.map(view => {
    if (view === 'self_hosted') return 'your own cluster has no known cost for this work'
    if (priced.costs[view] === null) return reasons[view] ?? `${viewLabel(view)} is unknown`
    if (bounds[view] !== undefined) return `${viewLabel(view)} is only a bound: ${bounds[view]}`
    return 'the provider always writes to the cache, for a fee'
  })
  return [...new Set(whys)].join('; ')
}
