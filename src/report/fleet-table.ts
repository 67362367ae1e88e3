import type { Result, ScenarioResult } from '../model/result/result.ts'
import type { RouteFound } from '../model/result/route.ts'
import type { BreakEvenFound } from '../model/result/self-hosted.ts'
import { curveTable, leversTable } from './breakeven-in-words.ts'
import { type FleetTable, legsTable, savingsTable } from './fleet-in-words.ts'
import { serving, unitOf } from './in-words.ts'
import { type Column, layOut, wrap } from './lay-out.ts'
import { plotCurve } from './plot.ts'
import type { RenderOptions } from './renderer.ts'
import { cheapestNotes, cheapestTable, pointsTable, routeNotes } from './route-in-words.ts'
import { breakEvenTable, clusterFacts, wouldBe } from './self-host-in-words.ts'

/** Fleets and clusters for a terminal: each block a table, or paragraphs. */

/** The legs of a fleet, and what it saves against single models; none where one model serves all. */
export const fleetBlocks = (scenario: ScenarioResult, { width }: RenderOptions): string[] => {
  const { routing } = scenario
  if (!routing) return []
  const tables = [
    legsTable(scenario, routing),
    ...(routing.baselines.length > 0 ? [savingsTable(scenario, routing)] : []),
  ]
  return tables.map(one => setTable(one, width))
}

/** The cluster and where it breaks even; none where the scenario has none. */
export const clusterBlocks = (scenario: ScenarioResult, { width }: RenderOptions): string[] => {
  const { self_host } = scenario
  if (!self_host) return []
  const notes = [
    ...clusterFacts(self_host, scenario.input.self_host?.useful_share ?? '1'),
    ...wouldBe(self_host, self_host.hosted_view),
  ]
  return [
    setTable(breakEvenTable(scenario, self_host), width),
    notes.map(note => wrap(note, width, { first: '', rest: '  ' })).join('\n'),
  ]
}

/** The curve as figures, drawn where there is a terminal, and what moves break-even. */
export const curveBlocks = (found: BreakEvenFound, { width, plot }: RenderOptions): string[] => [
  setTable(curveTable(found), width),
  ...(plot ? [plotCurve(found, width)].filter(Boolean) : []),
  setTable(leversTable(found), width),
]

/** Models by cost and quality, and the cheapest split. */
export const routeBlocks = (result: Result, found: RouteFound, { width, explain }: RenderOptions): string[] => {
  const { cheapest, points } = found
  const [scenario] = result.scenarios
  const paragraphs = (notes: readonly string[]): string =>
    notes.map(note => wrap(note, width, { first: '', rest: '  ' })).join('\n')
  const notes = routeNotes(found, { served: scenario ? serving(scenario) : [], explain })
  return [
    ...(points.length > 0 ? [setTable(pointsTable(result, found), width)] : []),
    ...(cheapest && scenario
      ? [
          `${setTable(cheapestTable(cheapest, found), width)}\n\n${paragraphs(cheapestNotes(cheapest, found, unitOf(scenario)))}`,
        ]
      : []),
    ...(notes.length > 0 ? [paragraphs(notes)] : []),
  ]
}

const setTable = ({ columns, rows }: FleetTable, width: number): string => {
  const set = columns.map(
    ({ title, right, ...drop }, i): Column => ({ title, align: right ? 'right' : 'left', shortens: i === 0, ...drop }),
  )
  return layOut(set, rows, width)
}
