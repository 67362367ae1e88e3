import type { Result } from '../../model/result/result.ts'
import type { RouteFound } from '../../model/result/route.ts'
import { type Block, notes } from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { serving } from '../estimate/in-words.ts'
import { viewsBlocks } from '../estimate/views-table.ts'
import { legsBlocks } from '../fleet/fleet-blocks.ts'
import { rest, subject } from '../fleet/rest.ts'
import { routeAnswer } from './answer.ts'
import { pointsTable, shownPoints } from './frontier-table.ts'
import { cheapestNotes, cheapestTable, routeNotes } from './in-words.ts'

type Options = Pick<RenderOptions, 'explain'>

/** What `dsprice route` reports: the answer, the fleet, the models and the cheapest split; the rest with `--explain`. */
export const routeReport = (result: Result, found: RouteFound, options: Options): Block[] => {
  const [scenario] = result.scenarios
  if (!scenario) return []
  const { cheapest } = found
  const shown = { served: serving(scenario), explain: options.explain }
  const points = shownPoints(found, shown)
  const remarks = routeNotes(found, shown)
  return [
    ...subject(scenario, routeAnswer(scenario, found)),
    ...(options.explain ? viewsBlocks(scenario) : []),
    ...legsBlocks(scenario),
    ...(points.length > 0 ? [pointsTable(result, found, points)] : []),
    ...(cheapest ? [cheapestTable(cheapest, found), notes(cheapestNotes(cheapest, scenario))] : []),
    ...(remarks.length > 0 ? [notes(remarks)] : []),
    ...rest(result, scenario, { ...options, more: 'Every view of the cost: --explain.' }),
  ]
}
