import type { Table } from '../../report/blocks/block.ts'
import { el } from './element.ts'
import { textNodes } from './text.ts'

/** A table of a report. It scrolls by itself where it is wider than the page, by keyboard too. */
export const tableElement = (table: Table, title = table.section ?? table.title): HTMLElement => {
  const { columns, rows, marked, remarks } = table
  const titles = [...columns.map(column => column.title), ...(remarks ? [''] : [])]
  const alignOf = (index: number): string => (columns[index]?.align === 'right' ? 'figure' : 'text')
  return el(
    'div',
    { class: 'scrolls', tabindex: 0, role: 'group', 'aria-label': title ?? 'Table' },
    el(
      'table',
      { class: remarks ? 'remarked' : undefined },
      title === undefined ? null : el('caption', {}, title),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          titles.map((text, i) => headOf(text, alignOf(i))),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((cells, row) =>
          el(
            'tr',
            { class: row === marked ? 'marked' : undefined },
            cells.map((cell, i) =>
              el(i === 0 ? 'th' : 'td', { class: alignOf(i), scope: i === 0 ? 'row' : undefined }, ...textNodes(cell)),
            ),
            remarks ? el('td', { class: 'text remark quiet' }, remarks.cells[row] ?? '') : null,
          ),
        ),
      ),
    ),
    ...(remarks?.below ?? []).map(note => el('p', { class: 'quiet' }, note)),
  )
}

/** A column's head; one without a title is no heading for a screen reader. */
const headOf = (text: string, align: string): HTMLElement =>
  text === '' ? el('td', {}) : el('th', { class: align, scope: 'col' }, text)
