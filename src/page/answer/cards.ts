import { priceOne } from '../../cost/result/estimate.ts'
import { priceShown } from '../../engine.ts'
import type { Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import { batchWait } from '../../plan/advise/batch-wait.ts'
import type { Priced } from '../../plan/page/priced.ts'
import { howPaid, sayUsd, toldView } from '../../report/estimate/answer-in-words.ts'
import { isMarked } from '../../report/estimate/views-in-words.ts'
import { aPeriod, otherUnits } from '../../report/figures/period.ts'
import { verdictInShort } from '../../report/fleet/verdict.ts'
import { el } from '../dom/element.ts'
import { exactly } from '../dom/exactly.ts'

export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

export const card = (title: string, ...children: readonly (HTMLElement | null)[]): HTMLElement =>
  el('section', { class: 'card' }, el('h2', {}, title), ...children)

/** The cheapest way on offer, if there is an answer. @param view - what the answer is about */
export const cheapestCard = (priced: Priced, view: CostView): HTMLElement | null => {
  const { answer, complete } = priced.first
  const cheapest = answer?.cheapest ?? null
  if (cheapest === null) return null
  if (cheapest !== view) return costCard(priced, cheapest, `Cheapest way: ${viewLabel(cheapest)}`)
  return card(
    'Cheapest way',
    el('p', { class: 'big' }, capital(howPaid(priced.first, view))),
    el('p', {}, `this is the cheapest way ${complete ? 'on offer' : 'that is known'}`),
  )
}

/** A view's cost a month, where there is one, else of the run; its other units below, and its catch. */
export const costCard = (
  priced: Priced,
  view: CostView,
  title: string,
  { compares = false }: { readonly compares?: boolean } = {},
): HTMLElement => {
  const [main, ...others] = unitsOf(priced.first)
  const cost = main?.costs[view] ?? null
  return card(
    title,
    el('p', { class: 'big' }, amount(cost, view, main?.name ?? ''), ' ', el('small', {}, main?.name ?? '')),
    ...others.map(({ name, costs }) => el('p', {}, amount(costs[view] ?? null, view, name), ` ${name}`)),
    compares && cost !== null ? changeElement(priced, `${sayUsd(cost)} ${main?.name ?? ''}`) : null,
    ...catches(priced, view).map(text => el('p', { class: 'catch' }, text)),
  )
}

/** Costs in each unit, first of a month where there is one. */
const unitsOf = (scenario: ScenarioResult) => {
  const { costs, per, input } = scenario
  const units = [{ name: aPeriod(per, input), costs }, ...otherUnits(scenario)]
  const main = units.find(({ name }) => name === 'a month') ?? units[0]
  return [...(main ? [main] : []), ...units.filter(unit => unit !== main)]
}

const amount = (cost: Printed<string> | null, view: CostView, unit: string): HTMLElement =>
  exactly(el('span', {}, cost === null ? 'unknown' : sayUsd(cost)), { view, unit, exact: cost })

/** What the settings change against the file; `null` without settings, or where the file's cost is unknown. */
const changeElement = ({ data, page, settings }: Priced, now: string): HTMLElement | null => {
  if (settings.size === 0) return null
  const own = priceShown(data, data.scenarios.indexOf(page), new Map())
  if ('problems' in own) return null
  const view = toldView(own.priced.first)
  const cost = view && unitsOf(own.priced.first)[0]?.costs[view]
  return cost == null ? null : el('p', { class: 'change' }, `${sayUsd(cost)} in the file → ${now}`)
}

/** What a view's cost has against it: waiting, or that it is only a bound. */
const catches = ({ first, scenario, book, data }: Priced, view: CostView): string[] => [
  ...(view === 'batch' || view === 'batch_cached' ? [batchWait(priceOne(scenario, book, scenario.at ?? data.at))] : []),
  ...(isMarked(first, view) ? [`a bound: ${first.bounds[view]}`] : []),
]

export const verdictCard = (scenario: ScenarioResult): HTMLElement | null => {
  const verdict = scenario.self_host ? verdictInShort(scenario) : null
  return verdict === null ? null : card('Would your own cluster pay?', el('p', {}, verdict))
}
