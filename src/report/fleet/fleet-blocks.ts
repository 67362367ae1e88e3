import type { Result, ScenarioResult } from '../../model/result/result.ts'
import type { RouteFound } from '../../model/result/route.ts'
import type { BreakEvenFound } from '../../model/result/self-hosted.ts'
import { type Block, notes } from '../blocks/block.ts'
import type { FleetBlocks } from '../estimate/document.ts'
import { serving } from '../estimate/in-words.ts'
import { unitOf } from '../figures/period.ts'
import { curveTable, leversTable } from './break-even-in-words.ts'
import { breakEvenTable } from './break-even-table.ts'
import { clusterFacts } from './cluster-in-words.ts'
import { pointsTable, shownPoints } from './frontier-table.ts'
import { fleetInShort } from './in-short.ts'
import { legsTable, savingsTable } from './legs.ts'
import { plotCurve } from './plot.ts'
import { cheapestNotes, cheapestTable, routeNotes } from './route-in-words.ts'
import { wouldBe } from './would-be.ts'

export const fleetBlocks: FleetBlocks = {
  scenario: scenario => [...legsBlocks(scenario), ...clusterBlocks(scenario)],
  short: fleetInShort,
  result: (result, { explain }) => [
    ...(result.breakeven ? curveBlocks(result.breakeven) : []),
    ...(result.route ? routeBlocks(result, result.route, explain) : []),
  ],
}

/** The legs of a fleet, and its savings against single models; none if one model serves every request. */
const legsBlocks = (scenario: ScenarioResult): Block[] => {
  const { routing } = scenario
  if (!routing) return []
  return [legsTable(scenario, routing), ...(routing.baselines.length > 0 ? [savingsTable(scenario, routing)] : [])]
}

/** The cluster and its break-even; none without a cluster. */
const clusterBlocks = (scenario: ScenarioResult): Block[] => {
  const { self_host } = scenario
  if (!self_host) return []
  return [
    breakEvenTable(scenario, self_host),
    notes([
      ...clusterFacts(self_host, scenario.input.self_host?.useful_share ?? '1'),
      ...wouldBe(self_host, self_host.hosted_view),
    ]),
  ]
}

/** The curve as a table and a drawing, and what moves break-even. */
const curveBlocks = (found: BreakEvenFound): Block[] => [
  curveTable(found),
  { kind: 'plot', draw: width => plotCurve(found, width) },
  leversTable(found),
]

/** Models by cost and quality, and the cheapest split. */
const routeBlocks = (result: Result, found: RouteFound, explain: boolean): Block[] => {
  const { cheapest } = found
  const [scenario] = result.scenarios
  const options = { served: scenario ? serving(scenario) : [], explain }
  const points = shownPoints(found, options)
  const remarks = routeNotes(found, options)
  return [
    ...(points.length > 0 ? [pointsTable(result, found, points)] : []),
    ...(cheapest && scenario
      ? [cheapestTable(cheapest, found), notes(cheapestNotes(cheapest, found, unitOf(scenario)))]
      : []),
    ...(remarks.length > 0 ? [notes(remarks)] : []),
  ]
}
