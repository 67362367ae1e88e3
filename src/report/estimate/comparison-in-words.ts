import { distinct } from '../../model/distinct.ts'
import { gathered } from '../../model/gathered.ts'
import { plural } from '../../model/plural.ts'
import { leftOutOf, rankedView } from '../../model/result/ranked-view.ts'
import type { Candidate, Comparison } from '../../model/result/result.ts'
import { type CostView, type Ranking, viewLabel } from '../../model/views.ts'
import { counted } from '../figures/amounts.ts'
import { formatCount, formatShare, formatTimes } from '../figures/format.ts'
import { timesOf } from './cheapest-in-words.ts'
import { hours, paceOf, workload } from './in-words.ts'
import { leftOut } from './left-out.ts'
import { isMarked } from './views-in-words.ts'

/** Notes beside the table of a comparison. */

/** The workload that is compared; its tokens are named here if they are those of every model. */
export const work = ({ scenarios }: Comparison): string => {
  const [first] = scenarios
  if (!first) return ''
  if (hasText(scenarios)) return `${paceOf(first)}. Text is counted separately for each model.`
  if (differ(scenarios, 'prompt') || differ(scenarios, 'output')) return `${paceOf(first)}. Tokens differ by model.`
  return workload({ ...first, tokens: { ...first.tokens, cache_read: null } })
}

/** Whether any of the compared workloads has text to count. */
export const hasText = (scenarios: Comparison['scenarios']): boolean =>
  scenarios.some(({ input }) => input.counting !== null)

/** Whether a count of tokens is not the same for every model: of a text, converted, or with earlier reasoning. */
export const differ = (scenarios: Comparison['scenarios'], count: 'prompt' | 'output'): boolean =>
  new Set(scenarios.map(({ tokens }) => counted(tokens[count]))).size > 1

/** Whether a model's tokens were counted with its own vocabulary. */
export const howCounted = ({ tokens }: Candidate): string => (tokens.exact ? 'exact' : 'estimated')

/** Whether the workload fits a model's context. */
export const fitting = ({ fit }: Candidate): string => {
  if (fit.context === null) return '?'
  if (fit.fits === null) return formatCount(fit.context)
  return fit.fits ? formatCount(fit.context) : `${formatCount(fit.context)}: too short`
}

/** The models that a note applies to: empty for all of them, by exception if that is shorter. */
const ofModels = (models: readonly string[], all: readonly string[]): string => {
  const others = all.filter(model => !models.includes(model))
  if (others.length === 0) return ''
  return others.length < models.length ? ` for all but ${others.join(', ')}` : ` for ${models.join(', ')}`
}

/** The views that a comparison shows: the list price, and what ranks each model. */
const shownViews = ({ view, scenarios }: Comparison): Set<CostView> =>
  new Set(['headline', ...scenarios.flatMap(one => rankedView(view, one) ?? [])])

/** What is assumed for the views shown, each with the models that it concerns. */
export const assumedOf = (comparison: Comparison, explain: boolean): Map<string, string[]> => {
  const shown = shownViews(comparison)
  return gathered(
    comparison.scenarios.flatMap(({ assumptions, model }) =>
      assumptions
        .filter(assumption => assumption.views.some(view => shown.has(view)))
        // A few tokens per message, with a different template for each provider: only shown with --explain.
        .filter(({ code }) => code !== 'CHAT_TEMPLATE' || explain)
        .map(({ what }) => [what, model ?? ''] as const),
    ),
  )
}

/** The assumptions in full. */
export const assumedInWords = (comparison: Comparison): string[] => {
  const all = comparison.scenarios.map(({ model }) => model ?? '')
  return [...assumedOf(comparison, true)].map(([what, models]) => `Assumed${ofModels(models, all)}: ${what}.`)
}

/** What changes the answer: how much of it is estimated, what is only a bound, the hours, and the models left out. */
export const remarks = (comparison: Comparison, shown: Comparison['scenarios'], explain: boolean): string[] => [
  ...estimatesOf(shown, comparison.view),
  ...boundedModels(shown, comparison.view),
  ...hoursOf(shown),
  ...leftOut(leftOutOf(comparison), explain),
]

const estimatesOf = (shown: Comparison['scenarios'], ranking: Ranking): string[] => {
  const estimates = shown.flatMap(one => {
    const view = rankedView(ranking, one)
    const share = view === null ? null : one.estimated_share[view]
    return share ? [`${one.model} ${formatShare(share)}`] : []
  })
  const of = ranking === 'best' ? 'the cost' : viewLabel(ranking)
  return estimates.length > 0 ? [`Share of ${of} that rests on estimated tokens: ${estimates.join(', ')}.`] : []
}

const hoursOf = (shown: Comparison['scenarios']): string[] => {
  const spread = gathered(
    shown.flatMap(one => {
      const shares = hours(one)
      return shares === null ? [] : [[shares, one.model ?? ''] as const]
    }),
  )
  return [...spread].map(([shares, models]) => `Hours of ${models.join(', ')}: ${shares}.`)
}

// Above this number, models without a cost are counted instead of explained.
const FEW = 6

/** For each model without a cost in the ranking view, why it has none. */
export const gapsOf = ({ view: ranking }: Comparison, shown: Comparison['scenarios'], explain: boolean): string[] => {
  const gaps = shown.flatMap(one => {
    const view = rankedView(ranking, one)
    if (view === null) return [`${one.model}: no way to pay is known to be on offer`]
    return one.costs[view] === null && one.reasons[view] !== undefined ? [`${one.model}: ${one.reasons[view]}`] : []
  })
  return gaps.length <= FEW || explain
    ? gaps
    : [`${gaps.length} models have no known cost here; --explain gives the reason for each.`]
}

/** The models that a short table does not list. */
export const restOf = ({ scenarios }: Comparison, shown: Comparison['scenarios']): string[] => {
  const rest = scenarios.slice(shown.length)
  if (rest.length === 0) return []
  const times = rest.flatMap(one => timesOf(one, scenarios[0]) ?? [])
  const ends = [times[0], times.at(-1)].flatMap(one => (one === undefined ? [] : [formatTimes(one)]))
  const far = ends.length === 0 ? '' : `, ${distinct(ends).join(' to ')} the cheapest`
  return [`And ${plural(rest.length, 'more model')}${far}; --top 0 lists all.`]
}

/** Models for which the ranking view is only a bound; the ideal cache already counts as one by its name. */
const boundedModels = (shown: Comparison['scenarios'], ranking: Ranking): string[] => {
  if (ranking === 'best') return []
  const models = gathered(
    shown.flatMap(one => {
      const why = isMarked(one, ranking) ? one.bounds[ranking] : undefined
      return why === undefined ? [] : [[why, one.model ?? ''] as const]
    }),
  )
  return [...models].map(([why, those]) =>
    those.length === shown.length
      ? `${viewLabel(ranking)} is a bound: ${why}.`
      : `${viewLabel(ranking)} is a bound for ${those.join(', ')}: ${why}.`,
  )
}
