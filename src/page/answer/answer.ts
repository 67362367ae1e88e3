import type { Priced } from '../../plan/page/priced.ts'
import { answerInWords, toldView } from '../../report/estimate/answer-in-words.ts'
import * as words from '../../report/estimate/in-words.ts'
import { el } from '../dom/element.ts'
import { adviceCard } from './advice-card.ts'
import { capital, cheapestCard, costCard, verdictCard } from './cards.ts'
import { certainty } from './certainty.ts'

/** The answer: what it costs, the cheapest way, whether a cluster would pay, what would lower it, how sure it is. */
export const answerElements = (priced: Priced): HTMLElement[] => {
  const { first } = priced
  const view = toldView(first)
  const { routing, at } = first
  return [
    el('p', { class: 'lead' }, capital(answerInWords(first))),
    el(
      'div',
      { class: 'cards' },
      view && costCard(priced, view, 'It costs', { compares: true }),
      view && cheapestCard(priced, view),
      verdictCard(first),
      adviceCard(priced),
    ),
    ...certainty(priced, view),
    el('p', { class: 'quiet' }, `${routing ? `Prices of ${at}` : words.servedAt(first)}. ${words.workload(first)}`),
  ]
}
