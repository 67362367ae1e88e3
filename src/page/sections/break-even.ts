import { breakEvenCurve, faultsOf, volumeCurve } from '../../engine.ts'
import type { Priced } from '../../plan/page/priced.ts'
import { clusterBlocks } from '../../report/fleet/fleet-blocks.ts'
import { breakEvenOverUse } from '../charts/break-even-use.ts'
import { breakEvenOverVolume } from '../charts/break-even-volume.ts'
import type { Chart } from '../charts/chart.ts'
import { blockElements } from '../dom/blocks.ts'
import { el } from '../dom/element.ts'
import { figureElement } from '../dom/figure.ts'
import type { Section } from './section.ts'

/** Self-hosting against the API, over utilisation and over volume. */
export const breakEvenSection: Section = {
  id: 'break-even',
  title: 'Your own cluster',
  render: priced => {
    if (!priced.first.self_host) return []
    return [
      ...chartsOf(priced),
      el(
        'details',
        {},
        el('summary', {}, 'The break-even in figures, and what it rests on'),
        ...blockElements(clusterBlocks(priced.first)),
      ),
    ]
  },
}

/** The curves; where there is none, why. */
const chartsOf = ({ scenario, book, data }: Priced): HTMLElement[] => {
  try {
    const overUse = breakEvenOverUse(breakEvenCurve(scenario, book, { at: data.at }))
    const curve = volumeCurve(scenario, book, data.at)
    const charts: (Chart | null)[] = [overUse, curve && breakEvenOverVolume(curve)]
    return charts.flatMap(chart => (chart ? [figureElement(chart)] : []))
  } catch (error) {
    return faultsOf(error).map(({ what }) => el('p', {}, what))
  }
}
