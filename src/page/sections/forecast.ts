import { faultsOf, forecast } from '../../engine.ts'
import { forecastBlocks } from '../../report/forecast/document.ts'
import { blockElements } from '../dom/blocks.ts'
import { el } from '../dom/element.ts'
import type { Section } from './section.ts'

const MONTHS = 12

/** The next months on the true calendar. */
export const forecastSection: Section = {
  id: 'forecast',
  title: 'Forecast',
  render: ({ scenario, book, data }) => {
    if (scenario.traffic.per === 'run') return []
    try {
      const found = forecast([scenario], book, { at: data.at, months: MONTHS })
      const [, ...blocks] = forecastBlocks(found, { explain: false })
      return blockElements(blocks.slice(0, -1))
    } catch (error) {
      return faultsOf(error).map(({ what }) => el('p', {}, what))
    }
  },
}
