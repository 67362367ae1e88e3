import type { Priced } from '../../plan/page/priced.ts'
import { leverCells } from '../../report/advice/in-words.ts'
import { el } from '../dom/element.ts'
import { card } from './cards.ts'

const MOST_LEVERS = 3

/** What would lower the bill most; set back once the page shows another scenario than the one it is about. */
export const adviceCard = ({ page: { advice }, settings }: Priced): HTMLElement | null => {
  if (!advice || advice.levers.length === 0) return null
  const rows = leverCells(advice).slice(0, MOST_LEVERS)
  const isOthers = settings.size > 0
  const element = card(
    isOthers ? 'What would lower it in the file' : 'What would lower it',
    isOthers ? el('p', {}, 'For the scenario as its file has it, not for your changes.') : null,
    el(
      'ul',
      {},
      rows.map(([, less = '', percent = '', what = '']) =>
        el('li', {}, `${what}: `, el('strong', {}, `${less} less`), ` a ${advice.scenario.per} (${percent})`),
      ),
    ),
  )
  element.classList.toggle('aside', isOthers)
  return element
}
