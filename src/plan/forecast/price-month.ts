import type { StreamRange } from '../../cost/api/price-range.ts'
import { addCosts, type Cost, UNKNOWN } from '../../cost/fleet/costs.ts'
import type { PricedCluster } from '../../cost/fleet/price-cluster.ts'
import { routesOf } from '../../cost/fleet/price-scenario.ts'
import { findModel, unknownModel } from '../../cost/rates/price-at.ts'
import { type CalendarMonth, calendarMonth, periodsIn } from '../../cost/time/calendar-month.ts'
import { growthIn } from '../../cost/time/calendar-months.ts'
import type { Route } from '../../cost/workload/split-routes.ts'
import { collect, InputError, type Problem } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { entryOf } from '../../model/entry-of.ts'
import { type Exact, exact, type Money, quotient } from '../../model/number/money.ts'
import { both } from '../../model/number/range.ts'
import { type Costs, mapViews } from '../../model/result/print-exact.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { hostMonth } from './host-month.ts'
import { type PricedSpell, priceSpell } from './price-spell.ts'
import { spellsOf } from './spells.ts'

/** A calendar month of a scenario, exact. Costs are USD in the month. */
export interface PricedMonth {
  readonly calendar: CalendarMonth
  /** Multiplier on the stated traffic. */
  readonly growth: Exact
  /** Periods of the scenario that the month's traffic makes, growth included. */
  readonly periods: Exact
  readonly spells: readonly PricedSpell[]
  /** All streams, and those of them that the API bills. */
  readonly streams: readonly StreamRange[]
  readonly apiStreams: readonly StreamRange[]
  /** Its own cluster's month, for a leg or for all of the work. */
  readonly cluster: PricedCluster | null
  /** Billed in addition to the API: the router, and a leg's cluster; `null`: the cluster cannot serve its leg. */
  readonly nonApiCost: Cost
  readonly costs: Costs
  /** Why there is no price at all, or none of the cluster's. */
  readonly faults: readonly Problem[]
  readonly clusterFaults: readonly Problem[]
}

/** How a scenario's traffic grows. */
export interface Growth {
  /** Share a month, decimal digits. */
  readonly growth: string
  readonly from: string
}

/**
 * Prices a calendar month of a scenario: every hour at the row, the window and the holidays in force then.
 *
 * @throws {InputError} UNKNOWN_MODEL, and faults of the scenario; a missing price is in `faults`
 */
export const priceMonth = (
  scenario: Scenario,
  book: Book,
  { month, growth }: { readonly month: string; readonly growth: Growth },
): PricedMonth => {
  const calendar = calendarMonth(scenario.traffic, month)
  const factor = growthIn(month, growth)
  const periods = periodsIn(calendar.stretches).times(factor)
  const { legs, fallback } = routesOf(scenario)
  const found = [...legs, ...(fallback ? [fallback] : [])].flatMap(route =>
    spellsIn(calendar, route, book).map(spell => priceSpell(spell, route, { scenario, book, growth: factor })),
  )
  const spells = found.flatMap(({ priced }) => priced ?? [])
  const faults = found.flatMap(one => one.faults)
  const streams = spells.flatMap(({ leg }) => leg.streams)
  const billed = spells.filter(({ leg }) => !leg.route.selfHost)
  const ownLeg = legs.some(({ selfHost }) => selfHost)
  const clusterFaults: Problem[] = []
  const work = spells.filter(({ leg }) => leg.route.selfHost === ownLeg).flatMap(({ leg }) => leg.streams)
  const { self_host: self } = scenario
  const cluster = (self && faults.length === 0 && collect(clusterFaults, () => hostMonth(self, calendar, work))) || null
  const nonApiCost = addCosts([
    both(routerCost(scenario, periods)),
    ...(ownLeg ? [cluster ? cluster.cost : clusterFaults.length > 0 ? null : both(exact(0))] : []),
  ])
  const api = mapViews(view => addCosts([...billed.map(({ leg }) => leg.apiCosts[view]), nonApiCost]))
  return {
    calendar,
    growth: factor,
    periods,
    spells,
    streams,
    apiStreams: billed.flatMap(({ leg }) => leg.streams),
    cluster,
    nonApiCost,
    costs: faults.length > 0 ? UNKNOWN : { ...api, self_hosted: ownLeg ? null : (cluster?.cost ?? null) },
    faults,
    clusterFaults,
  }
}

/** @throws {InputError} UNKNOWN_MODEL */
const spellsIn = ({ stretches }: CalendarMonth, route: Route, book: Book) => {
  const model = findModel(book, route.model)
  if (!model) throw new InputError([unknownModel(book, route.model)])
  return spellsOf(stretches, { model, provider: entryOf(book.providers, model.provider) })
}

const routerCost = ({ routing, traffic }: Scenario, periods: Exact): Money => {
  const rate = exact(routing?.router_usd_per_1k ?? '0')
  return quotient(rate.times(traffic.requests).times(periods), exact(1000))
}
