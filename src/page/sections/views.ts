import type { Priced } from '../../plan/page/priced.ts'
import { toldView } from '../../report/estimate/answer-in-words.ts'
import * as words from '../../report/estimate/in-words.ts'
import { shownRows } from '../../report/estimate/views-in-words.ts'
import { viewsBlocks } from '../../report/estimate/views-table.ts'
import { otherUnits } from '../../report/figures/period.ts'
import { costByView } from '../charts/cost-by-view.ts'
import { blockElements } from '../dom/blocks.ts'
import { el } from '../dom/element.ts'
import { exactly } from '../dom/exactly.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

/** Every view of the cost, in each unit. */
export const viewsSection: Section = {
  id: 'views',
  title: 'Cost by view',
  render: ({ first }) => {
    const stays = [words.hoursNote(first, toldView(first)), words.estimatedPart(first)].flatMap(note => note ?? [])
    const elements = blockElements(viewsBlocks(first))
    for (const element of elements) markFigures(element, first)
    return [figureElement(costByView(first)), ...elements, ...stays.map(note => el('p', { class: 'quiet' }, note))]
  },
}

/** The cells of amounts carry the exact figures that they print. */
const markFigures = (element: HTMLElement, scenario: Priced['first']): void => {
  const units = [{ name: 'period', costs: scenario.costs }, ...otherUnits(scenario)]
  const views = shownRows(scenario)
  for (const [row, tr] of [...element.querySelectorAll('tbody tr')].entries()) {
    const view = views[row]?.key
    if (view === undefined) continue
    for (const [i, { name, costs }] of units.entries()) {
      const cell = tr.children[i + 1]
      if (cell instanceof HTMLElement) exactly(cell, { view, unit: name, exact: costs[view] ?? null })
    }
  }
}
