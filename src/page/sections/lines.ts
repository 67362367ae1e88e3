import { plural } from '../../model/plural.ts'
import type { Priced } from '../../plan/page/priced.ts'
import { explainTable } from '../../report/estimate/explain-table.ts'
import { provenance } from '../../report/figures/provenance.ts'
import { el } from '../dom/element.ts'
import { tableElement } from '../dom/table.ts'
import type { Section } from './section.ts'

/** Every line: quantity × rate = cost, with the row and the source of the rate. */
export const linesSection: Section = {
  id: 'lines',
  title: 'Every line, with its source',
  render: ({ first, result }) => [
    el(
      'details',
      {},
      el('summary', {}, `${plural(first.lines.length, 'line')}: quantity × rate = cost`),
      tableElement(explainTable(first)),
    ),
    sourcesElement(result),
    el('p', { class: 'quiet' }, provenance(result.pricing)),
  ],
}

/** The sources of the rates and rules used, each with the day it was read. */
const sourcesElement = ({ prices }: Priced['result']): HTMLElement => {
  const sources = Object.entries(prices.sources)
  return el(
    'details',
    {},
    el('summary', {}, plural(sources.length, 'source')),
    el(
      'dl',
      {},
      sources.flatMap(([id, { title, where, retrieved }]) => [
        el('dt', {}, id),
        el('dd', {}, title, ', ', whereElement(where), `, read ${retrieved}`),
      ]),
    ),
  )
}

/** An address as a link, anything else as text. */
const whereElement = (where: string): HTMLElement | string =>
  /^https:\/\/[^\s"'<>]+$/.test(where) ? el('a', { href: where, rel: 'noreferrer' }, where) : where
