import type { Warning } from '../../model/result/result.ts'
import { adviceBlocks } from '../../report/advice/document.ts'
import { blockElements } from '../dom/blocks.ts'
import { el } from '../dom/element.ts'
import type { Section } from './section.ts'

/** What would lower the bill, as it was worked out when the page was made. */
export const adviceSection: Section = {
  id: 'advice',
  title: 'What would lower this bill',
  render: ({ page: { advice }, settings, result }) =>
    advice === null
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
          ...blockElements(adviceBlocks({ ...advice, warnings: notSaid(advice.warnings, result.warnings) })),
        ],
}

/** Warnings stand once on the page: those of the estimate are among its notes. */
const notSaid = (warnings: readonly Warning[], said: readonly Warning[]): Warning[] =>
  warnings.filter(({ code, what }) => !said.some(one => one.code === code && one.what === what))
