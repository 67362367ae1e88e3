import { fleetInWords } from '../cost/workload/serving.ts'
import { gathered } from '../model/gathered.ts'
import { greatestOf, leastOf } from '../model/number/extremes.ts'
import { exact, quotient, sum } from '../model/number/money.ts'
import { highOf, isRange, lowOf, middleOf, type Printed } from '../model/number/range.ts'
import { plural } from '../model/plural.ts'
import type { Candidate, Comparison, CostLine, Pricing, Result, ScenarioResult } from '../model/result/result.ts'
import { type CostView, VIEW_KEYS, type View, viewLabel } from '../model/views.ts'
import { formatChange, formatCount, formatQuantity, formatRate, formatShare, formatUsd, spanned } from './format.ts'
import { leftOut } from './left-out.ts'
import { boundedModels } from './views-in-words.ts'

/** What every format says in the same words. */

export const heading = (scenario: ScenarioResult): string =>
  `${scenario.name}: ${servedBy(scenario)}, prices of ${scenario.at}`

/** Every model that serves, by its id. */
export const serving = ({ model, routing }: ScenarioResult): string[] =>
  routing
    ? [...routing.legs.map(leg => leg.model), ...(routing.fallback ? [routing.fallback.model] : [])]
    : [model ?? '']

/** The model that serves, or the fleet in a few words. */
export const servedBy = ({ model, input }: Pick<ScenarioResult, 'model' | 'input'>): string =>
  model ?? (input.routing ? fleetInWords(input.routing) : '')

/** The work and its tokens, as of the cached view. */
export const workload = (scenario: ScenarioResult): string => {
  const { tokens, cache } = scenario
  const counts = [
    paceOf(scenario),
    `${plural(counted(tokens.prompt), 'token')} in`,
    `${counted(tokens.output)} out`,
  ].join(', ')
  const cached =
    tokens.cache_read === null || cache.hit_share === null
      ? ''
      : ` Read from the cache: ${counted(tokens.cache_read)} (${spanned(cache.hit_share, formatShare)}).`
  const exact = tokens.exact ? '' : ' Token counts are estimates.'
  return `${counts}.${cached}${exact}`
}

/** How often, and how many calls. */
const paceOf = ({ calls, requests, per, input }: ScenarioResult): string => {
  const pace = per === 'run' ? '' : ` ${aPeriod(per, input)}`
  if (input.totals) return `Totals${pace}`
  return `${plural(formatCount(requests), 'request')}${pace}, ${plural(formatCount(calls ?? 0), 'call')}`
}

/** The work that is compared; text has another number of tokens for each model. */
export const comparedWork = ({ scenarios }: Comparison): string => {
  const [first] = scenarios
  if (!first) return ''
  if (hasText(scenarios)) return `${paceOf(first)}. Text is counted anew for each model.`
  return workload({ ...first, tokens: { ...first.tokens, cache_read: null } })
}

/** Whether any of the compared workloads had text to count. */
export const hasText = (scenarios: Comparison['scenarios']): boolean =>
  scenarios.some(({ input }) => input.counting !== null)

/** Whether a model's tokens were counted by its own vocabulary. */
export const howCounted = ({ tokens }: Candidate): string => (tokens.exact ? 'exact' : 'estimated')

/** What was counted, key by key: each text with its tokens, mean and spread where there are several samples. */
export const spreads = ({ input: { request } }: ScenarioResult): string[] =>
  Object.entries(request ?? {}).flatMap(([key, length]) => {
    if (typeof length !== 'object' || length === null) return []
    const name = ADDED[key] ?? key
    return length.parts.filter(({ tokenizer }) => tokenizer !== null).map(part => `${name}: ${partInWords(part)}`)
  })

/** What the chat template adds that belongs to no key of the scenario. */
const ADDED: Readonly<Record<string, string>> = {
  start_overhead: 'every prompt',
  end_overhead: 'every prompt',
  answer_overhead: 'an earlier answer',
}

type Part = Exclude<NonNullable<ScenarioResult['input']['request']>['shared'], number>['parts'][number]

const partInWords = ({ source, samples, tokenizer, low = samples, high = samples, ...part }: Part): string => {
  const kind = `${part.exact ? 'exact' : 'estimated'}, ${tokenizer}`
  const least = leastOf(low)
  const most = greatestOf(high)
  const range = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`
  if (samples.length === 1) return `${plural(range, 'token')} in ${source} (${kind})`
  if (least === most) return `${plural(range, 'token')} in each of ${samples.length} files ${source} (${kind})`
  const mean = quotient(sum(samples.map(tokens => exact(tokens))), exact(samples.length))
  return `${plural(formatCount(mean.toFixed()), 'token')} on average, ${range}, in ${samples.length} files ${source} (${kind})`
}

/** How much of the costs rests on estimated token counts, in a sentence; `null` where nothing does. */
export const estimatedPart = ({ estimated_share }: ScenarioResult): string | null => {
  const shares = VIEW_KEYS.flatMap(view => {
    const share = estimated_share[view]
    return share === null || share === undefined || share === 0 ? [] : [`${viewLabel(view)} ${formatShare(share)}`]
  })
  return shares.length === 0 ? null : `Share of the cost that rests on estimated tokens: ${shares.join(', ')}.`
}

export const counted = (count: Printed<number | string>): string => spanned(count, formatCount)

/** Which book, how old, and how to know it again. */
export const provenance = ({ version, reviewed, hash, age_days, layers }: Pricing): string => {
  const over = layers.length === 0 ? '' : `, under ${layers.map(({ name }) => name).join(', ')}`
  const age = age_days === 0 ? '' : `, ${plural(age_days, 'day')} before the prices asked for`
  return `Price book ${version}${over}: reviewed ${reviewed}${age}, sha256 ${hash.slice(0, 12)}.`
}

/** The share of requests at each set of rates, where the price knows hours. */
export const hours = ({ windows }: ScenarioResult): string | null =>
  windows.every(({ name }) => name === null)
    ? null
    : windows
        .filter(({ share }) => share > 0)
        .map(({ name, share }) => `${formatShare(share)} ${name}`)
        .join(', ')

/** Where the rate of a line comes from. */
export const origin = ({ tier, window, row_from, source }: CostLine): string => {
  if (row_from === null) return source === 'scenario' ? 'stated by the scenario' : source
  return [tier === null ? '' : `prompt ${tier}`, window ?? '', `from ${row_from}`, source].filter(Boolean).join(', ')
}

/** One line worked out: quantity × rate = cost. */
export const worked = (line: CostLine): { quantity: string; rate: string; cost: string } => ({
  quantity: line.unit.endsWith('tokens') ? counted(line.quantity) : spanned(line.quantity, formatQuantity),
  rate: `${spanned(line.rate, formatRate)} / ${line.unit.replace(/^1 /, '').replace(/ .*/, '')}`,
  cost: amount(line.cost),
})

/** What a view costs, from the low end to the high one where it rests on estimates, or N/A. */
export const amount = (cost: Printed<string> | null, decimals?: number): string =>
  cost === null ? 'N/A' : spanned(cost, value => formatUsd(value, decimals))

/** How far a cost lies from another as a percentage, ranges by their middles. */
export const change = (cost: Printed<string>, base: Printed<string>): string =>
  formatChange(middleOf(cost).toFixed(), middleOf(base).toFixed())

/** How far a view lies from the list price. The price of a cluster goes its own way, and has both ends. */
export const changeOf = (view: CostView, cost: Printed<string>, headline: Printed<string>): string => {
  if (view !== 'self_hosted') return change(cost, headline)
  const [low, high] = [formatChange(lowOf(cost), highOf(headline)), formatChange(highOf(cost), lowOf(headline))]
  return low === high ? low : `${low} to ${high}`
}

/** The figures of amounts, both ends of a range. */
export const figures = (amounts: readonly (Printed<string> | null | undefined)[]): string[] =>
  amounts.flatMap(amount => (amount == null ? [] : isRange(amount) ? [lowOf(amount), highOf(amount)] : [amount]))

/** All traffic in the cheapest hours to all in the dearest. */
export const span = ({ low, high }: { readonly low: string; readonly high: string }, decimals: number): string =>
  `${formatUsd(low, decimals)}-${formatUsd(high, decimals)}`

/** What a run or period costs, in the words of a column head. */
export const unitOf = ({ per, input }: ScenarioResult): string => `USD ${aPeriod(per, input)}`

/** A period in words; of a day without weekends it says so. */
export const aPeriod = (per: ScenarioResult['per'], input?: Pick<ScenarioResult['input'], 'traffic'>): string => {
  if (per === 'hour') return 'an hour'
  return per === 'day' && input?.traffic.weekdays_only ? 'a working day' : `a ${per}`
}

/** Whether the workload fits a model's context. */
export const fitting = ({ fit }: Candidate): string => {
  if (fit.context === null) return '?'
  if (fit.fits === null) return formatCount(fit.context)
  return fit.fits ? formatCount(fit.context) : `${formatCount(fit.context)}: too short`
}

/** For whom something holds: nothing where for all, and by the exceptions where they are fewer. */
const ofModels = (models: readonly string[], all: readonly string[]): string => {
  const others = all.filter(model => !models.includes(model))
  if (others.length === 0) return ''
  return others.length < models.length ? ` for all but ${others.join(', ')}` : ` for ${models.join(', ')}`
}

/** What one would want to know of a comparison beside its table: what its views rest on, and who was left out. */
export const comparisonNotes = (
  { skipped, require, scenarios, view: ranked }: Comparison,
  { views, explain }: { readonly views: readonly View[]; readonly explain: boolean },
): string[] => {
  const grouped = gathered(
    scenarios.flatMap(({ assumptions, model }) =>
      assumptions
        .filter(assumption => views.some(view => assumption.views.includes(view)))
        // A few tokens a message, another template for each provider: for whoever asks for every line.
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
    ...(require.length > 0 ? [`Required: ${require.join(', ')}; an unknown does not pass.`] : []),
    ...spread,
    ...assumed,
    ...leftOut(skipped, explain),
  ]
}

/** Why a model has no cost in the view that ranks, for each that has none. */
export const gapsOf = ({ scenarios, view }: Comparison): string[] =>
  scenarios.flatMap(({ costs, reasons, model }) =>
    costs[view] === null && reasons[view] !== undefined ? [`${model}: ${reasons[view]}`] : [],
  )

export const costsOf = ({ costs }: Pick<ScenarioResult, 'costs'>, views: readonly View[]): string[] =>
  figures(views.map(view => costs[view]))

/** The totals of a result of several scenarios: what is summed, and the sums. */
export const totalRows = ({ totals }: Result) =>
  [
    { title: 'All runs, once each', sums: totals.run },
    { title: 'A month of 730 hours', sums: totals.per_month },
    ...Object.entries(totals.by_tag).flatMap(([tag, { run, per_month }]) => [
      { title: `${tag}, runs`, sums: run },
      { title: `${tag}, a month`, sums: per_month },
    ]),
  ].flatMap(({ title, sums }) => (sums ? [{ title, sums }] : []))

/** What was assumed, grouped by the views that rest on it. */
export const assumedFor = ({ assumptions, costs }: ScenarioResult): { title: string; notes: string[] }[] => {
  const groups = gathered(
    assumptions.map(({ what, views }) => {
      const every = VIEW_KEYS.every(view => costs[view] === null || views.includes(view))
      return [every ? 'Assumed for every view' : `Assumed for ${views.map(viewLabel).join(', ')}`, what] as const
    }),
  )
  return [...groups].map(([title, notes]) => ({ title, notes }))
}
