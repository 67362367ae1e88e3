import { notes, warningList } from '../../report/blocks/block.ts'
import * as words from '../../report/estimate/in-words.ts'
import { blockElements } from '../dom/blocks.ts'
import type { Section } from './section.ts'

/** What the figures rest on, and what to look at. */
export const notesSection: Section = {
  id: 'notes',
  title: 'Assumptions and warnings',
  render: ({ first, result: { warnings } }) =>
    blockElements([
      notes([
        ...(warnings.length > 0 ? [warningList(warnings)] : []),
        ...words.spreads(first),
        ...words.assumedFor(first),
      ]),
    ]),
}
