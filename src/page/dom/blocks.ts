import { type Block, isList, type List } from '../../report/blocks/block.ts'
import { el } from './element.ts'
import { tableElement } from './table.ts'
import { textNodes } from './text.ts'

/** Blocks of a report as elements; what is drawn for a terminal is left out, since the page has charts. */
export const blockElements = (blocks: readonly Block[]): HTMLElement[] => blocks.flatMap(elementsOf)

const elementsOf = (block: Block): HTMLElement[] => {
  switch (block.kind) {
    case 'heading':
      return [
        el('p', { class: 'lead' }, ...textNodes(block.text), block.answer === undefined ? null : `: ${block.answer}`),
        ...(block.about === undefined ? [] : [el('p', { class: 'quiet' }, block.about)]),
        ...(block.notes ?? []).map(note => el('p', {}, ...textNodes(note))),
      ]
    case 'paragraph':
      return [el('p', {}, ...textNodes(block.text))]
    case 'notes':
      return block.notes.map(note => (isList(note) ? listElement(note) : el('p', {}, ...textNodes(note))))
    case 'entries':
      return [
        el(
          'ul',
          { class: 'entries' },
          block.entries.map(({ mark, text, facts = [] }) =>
            el(
              'li',
              {},
              ...textNodes(mark),
              ' ',
              ...textNodes(text),
              ...facts.map(fact => el('p', { class: 'quiet' }, `${fact.label}: ${fact.text}`)),
            ),
          ),
        ),
      ]
    case 'table':
      return [tableElement(block)]
    case 'folded':
      return block.sections.map(({ title, blocks }) =>
        el('details', {}, el('summary', {}, title), ...blockElements(blocks)),
      )
    case 'plot':
    case 'marker':
      return []
    default:
      return block satisfies never
  }
}

/** A list with its title, if it has one. */
const listElement = ({ title, items }: List): HTMLElement =>
  el(
    'div',
    { class: 'titled' },
    title === undefined ? null : el('h3', {}, title),
    el(
      'ul',
      {},
      items.map(item => el('li', {}, ...textNodes(item))),
    ),
  )
