import type { Chart } from '../charts/chart.ts'
import { el } from './element.ts'
import { tableElement } from './table.ts'

const NARROWEST = 260

/** A chart with what it shows in words, and its figures below. It is drawn anew when its width changes. */
export const figureElement = ({ title, summary, table, draw }: Chart): HTMLElement => {
  const drawing = el('div', { class: 'drawing', role: 'img', 'aria-label': `${title}. ${summary}` })
  let drawn = 0
  const redraw = (): void => {
    const width = Math.max(NARROWEST, Math.floor(drawing.clientWidth))
    if (width === drawn || drawing.clientWidth === 0) return
    drawn = width
    const own = draw(width)
    own.setAttribute('aria-hidden', 'true')
    drawing.replaceChildren(own)
  }
  new ResizeObserver(redraw).observe(drawing)
  return el(
    'figure',
    {},
    el('h3', {}, title),
    el('figcaption', {}, summary),
    drawing,
    el('details', { class: 'figures' }, el('summary', {}, 'Figures'), tableElement(table, title)),
  )
}
