import { gathered } from '../../model/gathered.ts'
import type { Candidate, Comparison } from '../../model/result/result.ts'
import { type View, viewLabel } from '../../model/views.ts'
import { counted } from '../figures/amounts.ts'
import { formatCount, formatShare } from '../figures/format.ts'
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

/** Notes on a comparison: the assumptions of its views, and the models left out. */
export const remarks = (
  { skipped, scenarios, view: ranked }: Comparison,
  { views, explain }: { readonly views: readonly View[]; readonly explain: boolean },
): string[] => {
  const grouped = gathered(
    scenarios.flatMap(({ assumptions, model }) =>
      assumptions
        .filter(assumption => views.some(view => assumption.views.includes(view)))
        // A few tokens per message, with a different template for each provider: only shown with --explain.
        .filter(({ code }) => code !== 'CHAT_TEMPLATE' || explain)
        .map(({ what }) => [what, model ?? ''] as const),
    ),
  )
  const all = scenarios.map(({ model }) => model ?? '')
  const assumed = [...grouped].map(([what, models]) => `Assumed${ofModels(models, all)}: ${what}.`)
  const spread = scenarios.flatMap(scenario => {
    const shares = hours(scenario)
    return shares === null ? [] : [`Hours of ${scenario.model}: ${shares}.`]
  })
  const estimates = scenarios.flatMap(({ model, estimated_share }) => {
    const share = estimated_share[ranked]
    return share ? [`${model} ${formatShare(share)}`] : []
  })
  return [
    ...(estimates.length > 0
      ? [`Share of ${viewLabel(ranked)} that rests on estimated tokens: ${estimates.join(', ')}.`]
      : []),
    ...boundedModels(scenarios, ranked),
    ...spread,
    ...assumed,
    ...leftOut(skipped, explain),
  ]
}

/** For each model without a cost in the ranking view, why it has none. */
export const gapsOf = ({ scenarios, view }: Comparison): string[] =>
  scenarios.flatMap(({ costs, reasons, model }) =>
    costs[view] === null && reasons[view] !== undefined ? [`${model}: ${reasons[view]}`] : [],
  )

/** Models for which the ranking view is only a bound; the ideal cache already counts as one by assumption. */
const boundedModels = (scenarios: Comparison['scenarios'], ranked: View): string[] => {
  const models = new Map<string, string[]>()
  for (const scenario of scenarios) {
    const why = isMarked(scenario, ranked) ? scenario.bounds[ranked] : undefined
    if (why !== undefined) models.set(why, [...(models.get(why) ?? []), scenario.model ?? ''])
  }
  return [...models].map(([why, those]) =>
    those.length === scenarios.length
      ? `${viewLabel(ranked)} is a bound: ${why}.`
      : `${viewLabel(ranked)} is a bound for ${those.join(', ')}: ${why}.`,
  )
}
