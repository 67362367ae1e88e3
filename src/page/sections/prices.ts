import { priceHistories } from '../../engine.ts'
import { parseInstant } from '../../model/instant.ts'
import { historyOfPrices } from '../charts/price-history.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

/** What the models used have cost, and will as far as it is announced. */
export const pricesSection: Section = {
  id: 'prices',
  title: 'Price history',
  render: ({ scenario, book, data }) => {
    if (data.saved) return []
    const at = parseInstant(scenario.at ?? data.at) ?? 0
    return [figureElement(historyOfPrices(priceHistories(scenario, book.book, at), at))]
  },
}
