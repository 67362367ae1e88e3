import { faultsOf, forecast } from '../../engine.ts'
import { forecastBlocks } from '../../report/forecast/document.ts'
import { costByMonth } from '../charts/forecast.ts'
import { blockElements } from '../dom/blocks.ts'
import { el } from '../dom/element.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

const MONTHS = 12

/** The next months on the true calendar. */
export const forecastSection: Section = {
  id: 'forecast',
  title: 'Forecast by month',
  render: ({ scenario, book, data }) => {
    if (scenario.traffic.per === 'run' || data.saved) return []
    try {
      const found = forecast([scenario], book, { at: data.at, months: MONTHS })
      // The page has its own heading, and warnings of its own.
      const blocks = forecastBlocks({ ...found, warnings: [] }, { explain: true }).slice(1, -1)
      return [
        ...found.scenarios.map(one => figureElement(costByMonth(one))),
        el('details', {}, el('summary', {}, 'Every month, and what it rests on'), ...blockElements(blocks)),
      ]
    } catch (error) {
      return faultsOf(error).map(({ what }) => el('p', {}, what))
    }
  },
}
