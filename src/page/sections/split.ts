import { legsBlocks } from '../../report/fleet/fleet-blocks.ts'
import { savingChart, splitChart } from '../charts/split.ts'
import { blockElements } from '../dom/blocks.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

/** The legs of a fleet, and its savings against one model alone. */
export const splitSection: Section = {
  id: 'split',
  title: 'Routing split and its savings',
  render: ({ first }) => {
    const charts = [splitChart(first), savingChart(first)].flatMap(chart => chart ?? [])
    return [...charts.map(figureElement), ...blockElements(legsBlocks(first))]
  },
}
