import type { Printed } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { type CostView, viewLabel } from '../../model/views.ts'
import type { Priced } from '../../plan/page/priced.ts'
import { leverCells } from '../../report/advice/in-words.ts'
import { answerInWords, sayUsd, toldView } from '../../report/estimate/answer-in-words.ts'
import * as words from '../../report/estimate/in-words.ts'
import { aPeriod, otherUnits } from '../../report/figures/period.ts'
import { verdictInShort } from '../../report/fleet/verdict.ts'
import { el } from '../dom/element.ts'
import { exactly } from '../dom/exactly.ts'

/** The answer: what it costs, the cheapest way, whether a cluster would pay, and what would lower it. */
export const answerElements = ({ first, page, settings }: Priced): HTMLElement[] => {
  const view = toldView(first)
  const { routing, at } = first
  return [
    el('p', { class: 'lead' }, capital(answerInWords(first))),
    el('div', { class: 'cards' }, ...cardsOf(first, view), verdictCard(first), adviceCard({ page, settings })),
    el('p', { class: 'quiet' }, `${routing ? `Prices of ${at}` : words.servedAt(first)}. ${words.workload(first)}`),
  ]
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const cardsOf = (scenario: ScenarioResult, view: CostView | null): HTMLElement[] => {
  if (view === null) return []
  const cheapest = scenario.answer?.cheapest ?? null
  return [
    costCard(scenario, view, 'It costs'),
    ...(cheapest === null
      ? []
      : [
          cheapest === view
            ? card(
                'Cheapest way',
                el('p', { class: 'big' }, viewLabel(view)),
                el('p', {}, 'this is the cheapest way on offer'),
              )
            : costCard(scenario, cheapest, `Cheapest way: ${viewLabel(cheapest)}`),
        ]),
  ]
}

/** A view's cost a month, where there is one, else of the run; its other units below. */
const costCard = (scenario: ScenarioResult, view: CostView, title: string): HTMLElement => {
  const { costs, per, input } = scenario
  const units = [{ name: aPeriod(per, input), costs }, ...otherUnits(scenario)]
  const main = units.find(({ name }) => name === 'a month') ?? units[0]
  const others = units.filter(unit => unit !== main)
  const cost = main?.costs[view] ?? null
  return card(
    title,
    el('p', { class: 'big' }, amount(cost, view, main?.name ?? ''), ' ', el('small', {}, main?.name ?? '')),
    ...others.map(({ name, costs: own }) => el('p', {}, amount(own[view] ?? null, view, name), ` ${name}`)),
  )
}

const amount = (cost: Printed<string> | null, view: CostView, unit: string): HTMLElement =>
  exactly(el('span', {}, cost === null ? 'unknown' : sayUsd(cost)), { view, unit, exact: cost })

const verdictCard = (scenario: ScenarioResult): HTMLElement | null => {
  const verdict = scenario.self_host ? verdictInShort(scenario) : null
  return verdict === null ? null : card('Would your own cluster pay?', el('p', {}, verdict))
}

const MOST_LEVERS = 3

const adviceCard = ({ page: { advice }, settings }: Pick<Priced, 'page' | 'settings'>): HTMLElement | null => {
  if (!advice || advice.levers.length === 0) return null
  const rows = leverCells(advice).slice(0, MOST_LEVERS)
  return card(
    'What would lower it',
    el(
      'ul',
      {},
      rows.map(([, less = '', percent = '', what = '']) =>
        el('li', {}, `${what}: `, el('strong', {}, `${less} less`), ` a ${advice.scenario.per} (${percent})`),
      ),
    ),
    settings.size === 0 ? null : el('p', { class: 'quiet' }, 'Worked out for the scenario as its file has it.'),
  )
}

const card = (title: string, ...children: readonly (HTMLElement | null)[]): HTMLElement =>
  el('section', { class: 'card' }, el('h2', {}, title), ...children)
