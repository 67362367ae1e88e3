import { agree, plural } from '../../model/plural.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { Cheapest, RouteFound } from '../../model/result/route.ts'
import { VIEW_KEYS, viewLabel } from '../../model/views.ts'
import { names, right, type Table } from '../blocks/block.ts'
import { leftOut } from '../estimate/left-out.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatCount, formatShare } from '../figures/format.ts'
import { unitOf } from '../figures/period.ts'
import { attributionNotes } from '../figures/score.ts'
import { shownPoints } from './frontier-table.ts'

/** Wording about the choice of models that all formats share. */

/** The cheapest split, one row per model. */
export const cheapestTable = ({ legs }: Cheapest, { points }: RouteFound): Table => {
  const requests = legs.some(one => one.requests !== null)
  return {
    kind: 'table',
    columns: [
      names('Cheapest split'),
      right('share'),
      right('exactly'),
      ...(requests ? [right('requests')] : []),
      right('quality'),
    ],
    rows: legs.map(({ model, share, fraction, requests: own }) => [
      model,
      formatShare(share),
      fraction,
      ...(requests ? [own === null ? '' : formatCount(own)] : []),
      points.find(point => point.model === model)?.quality ?? '-',
    ]),
  }
}

/** The terms and the cost of the cheapest split, one sentence each. */
export const cheapestNotes = (cheapest: Cheapest, scenario: ScenarioResult): string[] => {
  const { min_quality, min_quality_from, keep, quality, costs } = cheapest
  const terms = [
    ...(min_quality === null
      ? []
      : [`a mean quality of at least ${min_quality}${min_quality_from === 'fleet' ? ", the fleet's own" : ''}`]),
    ...keep.map(({ models, share }) => `at least ${formatShare(share)} on ${models.join(' or ')}`),
  ]
  const known = VIEW_KEYS.filter(key => costs[key] != null)
  const decimals = columnDecimals(figures(known.map(key => costs[key])))
  const each = known.map(key => `${viewLabel(key)} ${amount(costs[key] ?? null, decimals)}`)
  return [
    `It keeps ${terms.join(' and ')}; its mean quality is ${quality ?? 'unknown'}.`,
    `As a split it costs, in ${unitOf(scenario)}: ${each.join(', ')}.`,
    ...(cheapest.colder
      ? [
          'Its models are chosen by what each would cost serving everything; in a split, each cache sees fewer requests.',
        ]
      : []),
  ]
}

interface NoteOptions {
  /** The models that serve the scenario. */
  readonly served: readonly string[]
  /** Whether every model is listed, no matter how many. */
  readonly explain: boolean
}

// With more than twice this many models without a score, only this many are named.
const CHEAPEST = 5

/** Notes on the choice of models. */
export const routeNotes = (found: RouteFound, { served, explain }: NoteOptions): string[] => {
  const { unscored, skipped, points, view } = found
  const hidden = points.length - shownPoints(found, { served, explain }).length
  return [
    ...(hidden > 0
      ? [`${plural(hidden, 'more model')} with a score ${agree(hidden, 'is', 'are')} dominated; --explain lists all.`]
      : []),
    ...attributionNotes(found.attributions),
    ...(points.length === 0
      ? [
          `No model with a ${viewLabel(view)} price has a score: give scores with quality: {…} in the scenario, or --quality model=score.`,
        ]
      : []),
    ...withoutScore({ unscored, view }, explain),
    ...leftOut(skipped, explain),
  ]
}

/** Models without a score, cheapest first; if there are many, only the cheapest are named. */
const withoutScore = ({ unscored, view }: Pick<RouteFound, 'unscored' | 'view'>, explain: boolean): string[] => {
  if (unscored.length === 0) return []
  const decimals = columnDecimals(figures(unscored.map(({ cost }) => cost)))
  const named = unscored.length <= 2 * CHEAPEST || explain ? unscored : unscored.slice(0, CHEAPEST)
  const models = named.map(({ model, cost }) => `${model} ${amount(cost, decimals)}`).join(', ')
  const rest = unscored.length - named.length
  const title = `Without a score, sorted by ${viewLabel(view)} (scores are never guessed)`
  return [`${title}: ${models}${rest > 0 ? `, and ${plural(rest, 'dearer model')}; --explain lists all` : ''}.`]
}
