import { exact, toDecimals } from '../../model/number/money.ts'
import { highOf, lowOf } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { Cheapest, RouteFound } from '../../model/result/route.ts'
import { viewLabel } from '../../model/views.ts'
import { serving } from '../estimate/in-words.ts'
import { formatShare } from '../figures/format.ts'
import { paced } from '../fleet/both-ends.ts'
import { savedInWords } from '../fleet/saved-against.ts'

/**
 * The answer of `route`, in a sentence: what the scenario costs as it is served, at which mean quality, and the cheapest
 * split that keeps it, or why there is none.
 *
 * @example $8.00 a day ($243 a month) as served, cached, at a mean quality of 1411; the cheapest split that keeps it …
 */
export const routeAnswer = (scenario: ScenarioResult, found: RouteFound): string => {
  const { fleet, view } = found
  const cost =
    fleet.cost === null
      ? `what it costs as served, ${viewLabel(view)}, is unknown${because(scenario.reasons[view])}`
      : `${paced(scenario, fleet.cost)} as served, ${viewLabel(view)}`
  const quality =
    fleet.quality === null
      ? `mean quality unknown${lacking(scenario, found)}`
      : `mean quality ${scoreInWords(fleet.quality)}`
  return `${cost}, ${quality}; ${splitInWords(scenario, found)}.`
}

const because = (reason: string | undefined): string => (reason === undefined ? '' : ` (${reason})`)

/** The serving models that have no score, in brackets. */
const lacking = (scenario: ScenarioResult, { points }: RouteFound): string => {
  const names = unscoredOf(scenario, points)
  return names.length === 0 ? '' : ` (no score: ${names.join(', ')})`
}

const unscoredOf = (scenario: ScenarioResult, points: RouteFound['points']): string[] => [
  ...new Set(serving(scenario).filter(model => !points.some(point => point.model === model))),
]

const splitInWords = (scenario: ScenarioResult, found: RouteFound): string => {
  const { cheapest } = found
  if (!cheapest) return noneAdvised(scenario, found)
  const { view } = found
  const kept = keptInWords(cheapest)
  const saving = cheapest.saving[view]
  const cost = cheapest.costs[view]
  if (saving != null && highOf(saving) <= 0) return `no split ${kept} is cheaper`
  const legs = cheapest.legs.map(({ model, share }) => `${formatShare(share)} ${model}`).join(', ')
  const price = cost == null ? `has an unknown cost, ${viewLabel(view)}` : `costs ${paced(scenario, cost)}`
  const saved = saving == null ? '' : `, ${savedInWords(saving)}`
  const unsure = saving != null && lowOf(saving) < 0 ? ', so perhaps nothing' : ''
  return `the cheapest split ${kept} ${price}${saved}${unsure}: ${legs}${unknownQuality(scenario, found)}`
}

/** The terms that a split keeps. */
const keptInWords = ({ min_quality, min_quality_from, keep }: Cheapest): string => {
  const models = keep.map(({ models: names, share }) => `${formatShare(share)} on ${names.join(' or ')}`)
  const quality =
    min_quality === null
      ? []
      : [min_quality_from === 'fleet' ? 'that quality' : `a mean quality of ${scoreInWords(min_quality)}`]
  return `that keeps ${[...quality, ...models].join(' and ')}`
}

/** A warning in the sentence: nothing says how good such a split is. */
const unknownQuality = (scenario: ScenarioResult, found: RouteFound): string =>
  found.cheapest?.min_quality === null
    ? `; it is the cheapest whatever its quality, which is ${found.cheapest.quality === null ? 'unknown' : scoreInWords(found.cheapest.quality)}: to keep one, ${toType(scenario, found)}`
    : ''

/** Why there is no split, and what to type for one. */
const noneAdvised = (scenario: ScenarioResult, found: RouteFound): string =>
  found.points.length === 0 && found.unscored.length === 0
    ? 'no model can be priced for this workload, so there is no split to choose'
    : `no split is advised without a quality to keep: ${toType(scenario, found)}`

/** Flags that give a quality to keep. */
const toType = (scenario: ScenarioResult, { points }: RouteFound): string => {
  const example = middleScore(points)
  const scores = unscoredOf(scenario, points).map(model => `--quality ${model}=${example}`)
  const given = scores.length === 0 ? '' : `type ${scores.join(' ')} with your own scores`
  return points.length === 0
    ? given
    : [given, `${given === '' ? 'type' : 'or'} --min-quality ${example}`].filter(Boolean).join(', ')
}

/** A score that is on the scale of the others; without any, one that looks like a score. */
const middleScore = (points: RouteFound['points']): string => {
  const sorted = points.map(({ quality }) => quality).sort((a, b) => exact(a).comparedTo(exact(b)))
  return sorted[Math.floor(sorted.length / 2)] ?? '1400'
}

/** A score on any scale: one decimal from 100 on, else three. */
const scoreInWords = (score: string): string => toDecimals(exact(score), exact(score).gte(100) ? 1 : 3)
