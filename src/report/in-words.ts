import type { Candidate, Comparison, CostLine, Pricing, Result, ScenarioResult } from '../model/result.ts'
import { VIEW_KEYS, type View, viewLabel } from '../model/views.ts'
import { formatCount, formatRate, formatShare, formatUsd } from './format.ts'

/** What every format says in the same words. */

export const heading = ({ name, model, at }: ScenarioResult): string => `${name}: ${model}, prices of ${at}`

/** The work and its tokens, as of the cached view. */
export const workload = ({ calls, requests, per, tokens, cache, input }: ScenarioResult): string => {
  const pace = per === 'run' ? '' : ` ${aPeriod(per, input)}`
  const counts = [
    input.totals
      ? `Totals${pace}`
      : `${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}${pace}, ${formatCount(calls ?? 0)} ${calls === 1 ? 'call' : 'calls'}`,
    `${formatCount(tokens.prompt)} tokens in`,
    `${formatCount(tokens.output)} out`,
  ].join(', ')
  const cached =
    tokens.cache_read === null || cache.hit_share === null
      ? ''
      : ` Read from the cache: ${formatCount(tokens.cache_read)} (${formatShare(cache.hit_share)}).`
  const exact = tokens.exact ? '' : ' Token counts are estimates.'
  return `${counts}.${cached}${exact}`
}

/** Where the samples of a prompt differ: mean and spread of each text that has several. */
export const spreads = ({ input: { request } }: ScenarioResult): string[] =>
  Object.entries(request ?? {}).flatMap(([key, length]) => {
    if (typeof length !== 'object' || length === null) return []
    const counted = length.parts.filter(({ tokenizer }) => tokenizer !== null)
    return counted.map(({ source, samples, tokenizer, exact }) => {
      const kind = `${exact ? 'exact' : 'estimated'}, ${tokenizer}`
      if (samples.length === 1) return `${key}: ${formatCount(samples[0] ?? 0)} tokens in ${source} (${kind})`
      const mean = samples.reduce((sum, tokens) => sum + tokens, 0) / samples.length
      const range = `${formatCount(Math.min(...samples))} to ${formatCount(Math.max(...samples))}`
      return `${key}: ${formatCount(String(Math.round(mean * 10) / 10))} tokens on average, ${range}, in ${samples.length} files ${source} (${kind})`
    })
  })

/** Which book, how old, and how to know it again. */
export const provenance = ({ version, reviewed, hash, age_days, layers }: Pricing): string => {
  const over = layers.length === 0 ? '' : `, under ${layers.map(({ name }) => name).join(', ')}`
  const age = age_days === 0 ? '' : `, ${age_days} ${age_days === 1 ? 'day' : 'days'} before the prices asked for`
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
export const origin = ({ tier, window, row_from, source }: CostLine): string =>
  [tier === null ? '' : `prompt ${tier}`, window ?? '', `from ${row_from}`, source].filter(Boolean).join(', ')

/** One line worked out: quantity × rate = cost. */
export const worked = (line: CostLine): { quantity: string; rate: string; cost: string } => ({
  quantity: formatCount(line.quantity),
  rate: `${formatRate(line.rate)} / 1M`,
  cost: formatUsd(line.cost),
})

/** What a view costs, or N/A. */
export const amount = (cost: string | null, decimals?: number): string =>
  cost === null ? 'N/A' : formatUsd(cost, decimals)

/** All traffic in the cheapest hours to all in the dearest. */
export const span = ({ low, high }: { readonly low: string; readonly high: string }, decimals: number): string =>
  `${formatUsd(low, decimals)}-${formatUsd(high, decimals)}`

/** What a run or period costs, in the words of a column head. */
export const unitOf = ({ per, input }: ScenarioResult): string => `USD ${aPeriod(per, input)}`

const aPeriod = (per: ScenarioResult['per'], { traffic }: ScenarioResult['input']): string => {
  if (per === 'hour') return 'an hour'
  return per === 'day' && traffic.weekdays_only ? 'a working day' : `a ${per}`
}

/** Whether the workload fits a model's context. */
export const fitting = ({ fit }: Candidate): string => {
  if (fit.context === null) return '?'
  if (fit.fits === null) return formatCount(fit.context)
  return fit.fits ? formatCount(fit.context) : `${formatCount(fit.context)}: too short`
}

/** What one would want to know of a comparison beside its table: what its views rest on, and who was left out. */
export const comparisonNotes = ({ skipped, require, scenarios }: Comparison, views: readonly View[]): string[] => {
  const grouped = new Map<string, string[]>()
  for (const { assumptions, model } of scenarios) {
    for (const assumption of assumptions) {
      if (!assumption.views.some(view => views.includes(view))) continue
      grouped.set(assumption.what, [...(grouped.get(assumption.what) ?? []), model ?? ''])
    }
  }
  const assumed = [...grouped].map(([what, models]) =>
    models.length === scenarios.length ? `Assumed: ${what}.` : `Assumed for ${models.join(', ')}: ${what}.`,
  )
  const leftOut = new Map<string, string[]>()
  for (const { model, why } of skipped) leftOut.set(why, [...(leftOut.get(why) ?? []), model])
  const spread = scenarios.flatMap(scenario => {
    const shares = hours(scenario)
    return shares === null ? [] : [`Hours of ${scenario.model}: ${shares}.`]
  })
  return [
    ...(require.length > 0 ? [`Required: ${require.join(', ')}; an unknown does not pass.`] : []),
    ...spread,
    ...assumed,
    ...[...leftOut].map(([why, models]) => `Left out: ${models.join(', ')} (${why}).`),
  ]
}

/** Why a model has no cost in the view that ranks, for each that has none. */
export const gapsOf = ({ scenarios, view }: Comparison): string[] =>
  scenarios.flatMap(({ costs, reasons, model }) =>
    costs[view] === null && reasons[view] !== undefined ? [`${model}: ${reasons[view]}`] : [],
  )

export const costsOf = (result: ScenarioResult, views: readonly View[]): string[] =>
  views.flatMap(view => result.costs[view] ?? [])

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
export const assumedFor = ({ assumptions }: ScenarioResult): { title: string; notes: string[] }[] => {
  const groups = new Map<string, string[]>()
  for (const { what, views } of assumptions) {
    const title =
      views.length === VIEW_KEYS.length ? 'Assumed for every view' : `Assumed for ${views.map(viewLabel).join(', ')}`
    groups.set(title, [...(groups.get(title) ?? []), what])
  }
  return [...groups].map(([title, notes]) => ({ title, notes }))
}
