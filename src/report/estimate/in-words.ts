import { fleetInWords, withTerms } from '../../cost/workload/serving.ts'
import { gathered } from '../../model/gathered.ts'
import { greatestOf, leastOf } from '../../model/number/extremes.ts'
import { exact, quotient, sum } from '../../model/number/money.ts'
import { plural } from '../../model/plural.ts'
import type { CostLine, ScenarioResult } from '../../model/result/result.ts'
import { type CostView, VIEW_KEYS, viewLabel } from '../../model/views.ts'
import type { List } from '../blocks/block.ts'
import { amount, counted } from '../figures/amounts.ts'
import { formatCount, formatQuantity, formatRate, formatShare, formatUsd, spanned } from '../figures/format.ts'
import { aPeriod } from '../figures/period.ts'

/** Wording about an estimate that all formats share. */

/** The models that serve, and the day or instant of their prices. */
export const servedAt = (scenario: Pick<ScenarioResult, 'model' | 'input' | 'at'>): string =>
  `${servedBy(scenario)}, prices of ${scenario.at}`

/** Ids of the models that serve. */
export const serving = ({ model, routing }: ScenarioResult): string[] =>
  routing
    ? [...routing.legs.map(leg => leg.model), ...(routing.fallback ? [routing.fallback.model] : [])]
    : [model ?? '']

/** The model that serves, or the fleet in a few words. */
export const servedBy = ({ model, input }: Pick<ScenarioResult, 'model' | 'input'>): string =>
  model === null && input.routing ? fleetInWords(input.routing, input) : withTerms(model ?? '', input)

/** The workload and its tokens in the cached view. */
export const workload = (scenario: ScenarioResult): string => {
  const { tokens, cache } = scenario
  const counts = [
    paceOf(scenario),
    `${plural(counted(tokens.prompt), 'token')} in`,
    `${counted(tokens.output)} out`,
  ].join(', ')
  const cached =
    tokens.cache_read === null || tokens.cache_read === 0 || cache.hit_share === null
      ? ''
      : ` Read from the cache: ${counted(tokens.cache_read)} (${spanned(cache.hit_share, formatShare)}).`
  const exact = tokens.exact ? '' : ' Token counts are estimates.'
  return `${counts}.${cached}${exact}`
}

/** Requests per period, and calls. */
export const paceOf = ({ calls, requests, per, input }: ScenarioResult): string => {
  const pace = per === 'run' ? '' : ` ${aPeriod(per, input)}`
  if (input.totals) return `Totals${pace}`
  const what = (input.request?.turns ?? 1) > 1 ? 'conversation' : 'request'
  const made = calls === requests ? '' : `, ${plural(formatCount(calls ?? 0), 'call')}`
  return `${plural(formatCount(requests), what)}${pace}${made}`
}

/** Counted lengths, key by key: each text with its tokens, or mean and spread for several samples. */
export const spreads = ({ input: { request } }: ScenarioResult): string[] =>
  Object.entries(request ?? {}).flatMap(([key, length]) => {
    if (typeof length !== 'object' || length === null) return []
    const name = ADDED[key] ?? key
    return length.parts.filter(isCounted).map(part => `${name}: ${partInWords(part)}`)
  })

/** Numbers of the user are not counted, unless they were converted. */
const isCounted = ({ kind, tokenizer }: Part): boolean => tokenizer !== null || kind === 'image'

/** What a part is, where its source does not say so. */
const KINDS: Partial<Record<Part['kind'], string>> = { image: 'picture', tool_calls: 'tool calls' }

/** Lengths that the chat template adds, which have no key in the scenario. */
const ADDED: Readonly<Record<string, string>> = {
  start_overhead: 'every prompt',
  end_overhead: 'every prompt',
  answer_overhead: 'an earlier answer',
}

type Part = Exclude<NonNullable<ScenarioResult['input']['request']>['shared'], number>['parts'][number]

const partInWords = ({ source, samples, tokenizer, low = samples, high = samples, ...part }: Part): string => {
  const kind = [part.exact ? 'exact' : 'estimated', tokenizer ?? [], KINDS[part.kind] ?? []].flat().join(', ')
  const least = leastOf(low)
  const most = greatestOf(high)
  const range = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`
  if (samples.length === 1) return `${plural(range, 'token')} in ${source} (${kind})`
  if (least === most) return `${plural(range, 'token')} in each of ${samples.length} files ${source} (${kind})`
  const mean = quotient(sum(samples.map(tokens => exact(tokens))), exact(samples.length))
  return `${plural(formatCount(mean.toFixed()), 'token')} on average, ${range}, in ${samples.length} files ${source} (${kind})`
}

/** How much of the costs rests on estimated token counts, in a sentence; `null` if none does. */
export const estimatedPart = ({ estimated_share }: ScenarioResult): string | null => {
  const shares = VIEW_KEYS.flatMap(view => {
    const share = estimated_share[view]
    return share === null || share === undefined || share === 0 ? [] : [`${viewLabel(view)} ${formatShare(share)}`]
  })
  return shares.length === 0 ? null : `Share of the cost that rests on estimated tokens: ${shares.join(', ')}.`
}

/** The share of requests at each set of rates, if the price has hours. */
export const hours = ({ windows }: ScenarioResult): string | null =>
  windows.every(({ name }) => name === null)
    ? null
    : windows
        .filter(({ share }) => share > 0)
        .map(({ name, share }) => `${formatShare(share)} ${name}`)
        .join(', ')

/** The hours, and what the told view would cost in the cheapest of them and in the dearest. */
export const hoursNote = (scenario: ScenarioResult, told: CostView | null): string | null => {
  const shares = hours(scenario)
  if (shares === null) return null
  const range = told === null ? null : scenario.costs_range?.[told]
  if (told === null || !range) return `Hours: ${shares}.`
  const ends = `${formatUsd(range.low)} ${aPeriod(scenario.per, scenario.input)} if all off-peak, ${formatUsd(range.high)} if all peak`
  return `Hours: ${shares}; ${viewLabel(told)} would be ${ends}.`
}

/** The service and the region of a line's rate: of its leg, if a fleet serves; `null` for a cluster or a router. */
export const termsOf = (
  { routing, service, region }: Pick<ScenarioResult, 'routing' | 'service' | 'region'>,
  line: Pick<CostLine, 'view' | 'leg'>,
): Pick<ScenarioResult, 'service' | 'region'> | null => {
  if (line.view === 'self_hosted') return null
  if (!routing) return { service, region }
  const { legs, fallback } = routing
  const own = legs[line.leg]
  if (own) return own.self_host ? null : own
  return line.leg === legs.length ? fallback : null
}

/** The source of a line's rate. */
export const origin = ({
  tier,
  window,
  row_from,
  source,
}: Pick<CostLine, 'tier' | 'window' | 'row_from' | 'source'>): string => {
  if (row_from === null) return source === 'scenario' ? 'stated by the scenario' : source
  return [tier === null ? '' : `prompt ${tier}`, window ?? '', `from ${row_from}`, source].filter(Boolean).join(', ')
}

/** One line as a calculation: quantity × rate = cost. */
export const worked = (
  line: Pick<CostLine, 'quantity' | 'rate' | 'unit' | 'cost'>,
): { quantity: string; rate: string; cost: string } => ({
  quantity: line.unit.endsWith('tokens') ? counted(line.quantity) : spanned(line.quantity, formatQuantity),
  rate: `${spanned(line.rate, formatRate)} / ${line.unit.replace(/^1 /, '').replace(/ .*/, '')}`,
  cost: amount(line.cost),
})

/** Assumptions, grouped by the views that rest on them. */
export const assumedFor = ({ assumptions, costs }: ScenarioResult): List[] => {
  const groups = gathered(
    assumptions.map(({ what, views }) => {
      const every = VIEW_KEYS.every(view => costs[view] === null || views.includes(view))
      return [every ? 'Assumed for every view' : `Assumed for ${views.map(viewLabel).join(', ')}`, what] as const
    }),
  )
  return [...groups].map(([title, items]) => ({ title, items }))
}
