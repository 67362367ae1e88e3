import { weekOf } from '../../engine.ts'
import { weekByHour } from '../charts/week.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

/** The traffic and the prices' hours over a week. */
export const weekSection: Section = {
  id: 'week',
  title: 'The week by hour',
  render: ({ scenario, book, data }) => [
    figureElement(weekByHour(weekOf(scenario, book.book, scenario.at ?? data.at))),
  ],
}
