import { sweepBlocks } from '../../report/sweep/document.ts'
import { blockElements } from '../dom/blocks.ts'
import { el } from '../dom/element.ts'
import type { Section } from './section.ts'

/** The cost over the values of one or two keys, as the command found it. */
export const sweepSection: Section = {
  id: 'sweep',
  title: 'Sweep',
  render: ({ data: { sweep }, settings }) =>
    sweep === null
      ? []
      : [
          ...(settings.size === 0
            ? []
            : [
                el(
                  'p',
                  { class: 'note' },
                  'Worked out for the scenario as its file has it, without the changes made here.',
                ),
              ]),
          ...blockElements(sweepBlocks(sweep)),
        ],
}
