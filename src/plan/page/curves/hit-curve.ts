import { printCost } from '../../../cost/fleet/costs.ts'
import { type PricedScenario, priceScenario } from '../../../cost/fleet/price-scenario.ts'
import { whyUnknown } from '../../../cost/result/describe-leg.ts'
import { type PricedBook, priceOne, resultOf } from '../../../cost/result/estimate.ts'
import { periodsPerMonth } from '../../../cost/time/spread-traffic.ts'
import { exact, quotient } from '../../../model/number/money.ts'
import { type Printed, scaleRange } from '../../../model/number/range.ts'
import type { Scenario } from '../../../model/scenario/scenario.ts'

/** The cost of a workload if a share of its prompt tokens is read from the cache. */
export interface HitPoint {
  /** 0–1. */
  readonly share: number
  /** USD a month; of a run, a run. `null`: unknown. */
  readonly cost: Printed<string> | null
  /** Why it is unknown. */
  readonly reason: string | null
}

/** How the cost moves with the cache hit share. */
export interface HitCurve {
  readonly points: readonly HitPoint[]
  /** What the scenario itself expects; its policy may also pay for writes, so that it need not lie on the curve. */
  readonly own: Pick<HitPoint, 'cost' | 'reason'> & { readonly share: Printed<number> | null }
  readonly isRun: boolean
}

/** Points from 0 to 100%, one every 10%. */
const STEPS = 10

/**
 * The `cached` cost at every hit share, all else equal.
 *
 * @returns `null`: the scenario states its cached tokens, so that there is no share to vary
 * @throws {InputError} see `estimate`
 */
export const hitCurve = (scenario: Scenario, priced: PricedBook, at: string): HitCurve | null => {
  if (scenario.cache.policy === 'usage') return null
  const found = priceOne(scenario, priced, scenario.at ?? at)
  const months = periodsPerMonth(scenario.traffic)
  const told = ({ costs: { cached }, streams }: PricedScenario): Pick<HitPoint, 'cost' | 'reason'> => ({
    cost: cached && printCost(months === null ? cached : scaleRange(cached, months)),
    reason: whyUnknown(streams).cached ?? null,
  })
  const points = Array.from({ length: STEPS + 1 }, (_, i): HitPoint => {
    const share = quotient(exact(i), exact(STEPS)).toNumber()
    return { share, ...told(priceScenario(withShare(found.scenario, share), priced.book, found.at)) }
  })
  const [result] = resultOf([found], priced).scenarios
  return { points, own: { share: result?.cache.hit_share ?? null, ...told(found) }, isRun: months === null }
}

/** A cluster that serves no leg has no part in the view, and would only take time. */
const withShare = ({ self_host, ...scenario }: Scenario, share: number): Scenario => ({
  ...scenario,
  ...(self_host && scenario.routing?.legs.some(leg => leg.self_host) ? { self_host } : {}),
  cache: { policy: 'hit_share', hit_share: share },
})
