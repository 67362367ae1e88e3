import { othersPriced } from '../../plan/page/others-priced.ts'
import { costByModel } from '../charts/cost-by-model.ts'
import { el } from '../dom/element.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

/** The same workload on other models, under the same settings. */
export const modelsSection: Section = {
  id: 'models',
  title: 'Other models',
  render: priced => {
    const { found, problems } = othersPriced(priced)
    if (found.length === 0) return []
    return [
      figureElement(costByModel(priced.first, found)),
      ...problems.map(({ what }) => el('p', { class: 'quiet' }, what)),
    ]
  },
}
