import { type Exact, ONE, quotient } from '../../model/number/money.ts'
import { both, type Printed } from '../../model/number/range.ts'
import { amount, count, perHosted, printHosted, ratio } from '../../model/result/print-exact.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { Baseline, Routed, RoutedLeg } from '../../model/result/routed.ts'
import { VIEW_KEYS, type View } from '../../model/views.ts'
import type { Cost } from '../fleet/costs.ts'
import type { PricedCluster } from '../fleet/price-cluster.ts'
import type { PricedLeg } from '../fleet/price-leg.ts'
import { legOnCluster, type PricedScenario } from '../fleet/price-scenario.ts'
import * as leg from './describe-leg.ts'

/** The fleet of a scenario in the form that results carry; `null` if one model serves every request. */
export const describeFleet = (priced: PricedScenario): Routed | null => {
  const { routing } = priced.scenario
  if (!routing) return null
  const { router, fallback } = priced
  const hasCluster = legOnCluster(priced) !== undefined
  const { costs: whole } = priced
  return {
    mode: routing.mode,
    legs: priced.legs.map((one, i): RoutedLeg => {
      const { share = 0, tokens = '1', promote_at_turn = null } = routing.legs[i] ?? {}
      return {
        ...describePart(one),
        self_host: one.cluster !== null,
        share,
        tried: counted(one, one.route.tried),
        tokens_times: tokens,
        promote_at_turn,
        share_of_cost: perHosted(view => partOfWhole(one.costs[view], whole[view])),
      }
    }),
    fallback: fallback && { ...describePart(fallback), share: routing.fallback_share },
    router: router && {
      requests: count(router.requests),
      usd_per_1k_requests: router.rate,
      cost: amount(both(router.cost)),
    },
    baselines: priced.baselines.map(
      (one): Baseline => ({
        ...describePart(one),
        saving: perHosted(view => savedShare(whole[view], one.costs[view], hasCluster)),
      }),
    ),
  }
}

const describePart = (one: PricedLeg): Omit<Baseline, 'saving'> => {
  const { streams, route } = one
  const { model, terms } = streams[0].low.offer
  const { prompt, output } = leg.printTokens(one.tokens)
  const calls = leg.countCalls(streams)
  return {
    model: model.id,
    provider: model.provider,
    ...terms,
    requests: counted(one, route.served),
    calls: calls && count(calls),
    tokens: { prompt, output },
    costs: printHosted(one.costs),
    reasons: one.cluster ? clusterReasons(one.cluster) : leg.whyUnknown(streams),
    fit: leg.describeFit(streams),
    cache: {
      hit_share: leg.hitShare(one.tokens),
      warm_share: leg.warmShare(streams),
      marks: leg.marksIn(streams),
    },
    windows: leg.describeWindows(streams),
  }
}

const clusterReasons = ({ hosting: { low, high } }: PricedCluster): Partial<Record<View, string>> => {
  const why = low.why ?? high.why
  return why === null ? {} : Object.fromEntries(VIEW_KEYS.map(view => [view, why]))
}

const counted = ({ streams: [{ scenario }] }: PricedLeg, share: Exact): number | string | null =>
  scenario.request ? count(share.times(scenario.traffic.requests)) : null

/**
 * A part as a share of its whole: lowest with the part at its low end and the rest at the high end, and the reverse.
 *
 * @returns 0–1; `null` if either is unknown or the whole is zero
 */
const partOfWhole = (part: Cost, whole: Cost): Printed<number> | null => {
  if (part === null || whole === null) return null
  const least = part.low.plus(whole.high.minus(part.high))
  const most = part.high.plus(whole.low.minus(part.low))
  if (least.isZero() || most.isZero()) return null
  return ratio({ low: quotient(part.low, least), high: quotient(part.high, most) })
}

/**
 * 1 − fleet/baseline in each view: the saving, or below 0 the extra cost. Text is counted alike for both, so low goes
 * with low and high with high; a cluster's price varies independently.
 */
export const savedShare = (fleet: Cost, baseline: Cost, apart: boolean): Printed<number> | null => {
  if (fleet === null || baseline === null || baseline.low.isZero() || baseline.high.isZero()) return null
  const { low, high } = baseline
  const [a, b] = apart ? [high, low] : [low, high]
  return ratio({ low: ONE.minus(quotient(fleet.low, a)), high: ONE.minus(quotient(fleet.high, b)) })
}

/** Whether every leg fits; no if any certainly does not, unknown if any is unknown. */
export const fleetFit = (priced: PricedScenario): ScenarioResult['fit'] => {
  const [only, ...others] = priced.legs
  if (others.length === 0 && !priced.scenario.routing) return leg.describeFit(only.streams)
  const fits = priced.parts.map(({ streams }) => leg.describeFit(streams))
  const known = fits.some(({ fits: one }) => one === false)
    ? false
    : fits.every(({ fits: one }) => one === true) || null
  return { fits: known, tokens: null, context: null }
}

/** Why views of a fleet are unknown, each reason once. */
export const fleetReasons = (priced: PricedScenario): Partial<Record<View, string>> => {
  const byView = new Map<View, Set<string>>()
  for (const { streams, cluster } of priced.parts) {
    const reasons = cluster ? clusterReasons(cluster) : leg.whyUnknown(streams)
    for (const view of VIEW_KEYS) {
      const reason = reasons[view]
      if (reason !== undefined) byView.set(view, (byView.get(view) ?? new Set()).add(reason))
    }
  }
  return Object.fromEntries([...byView].map(([view, reasons]) => [view, [...reasons].join('; ')]))
}
