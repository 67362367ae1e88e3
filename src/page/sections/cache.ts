import { hitCurve } from '../../engine.ts'
import { costOverHits } from '../charts/hit-share.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

/** How the cost moves with what the cache serves. */
export const cacheSection: Section = {
  id: 'cache',
  title: 'Cost and cache hits',
  render: ({ scenario, book, data }) => {
    const curve = hitCurve(scenario, book, data.at)
    return curve ? [figureElement(costOverHits(curve, scenario.routing?.legs.length ?? 1))] : []
  },
}
