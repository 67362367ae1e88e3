import type { UsageReport } from '../../model/result/usage.ts'
import { usageBlocks } from '../../report/usage/document.ts'
import { hitsByModel, spendByDay, spendByModel } from '../charts/usage.ts'
import { blockElements } from '../dom/blocks.ts'
import { el } from '../dom/element.ts'
import { figureElement } from '../dom/figure.ts'

/** What real usage cost: its answer, its charts, and the report below them. */
export const usageElements = (report: UsageReport): HTMLElement[] => {
  const [heading, ...rest] = usageBlocks(report, { explain: true })
  return [
    el('h1', {}, 'What was used, and what it cost'),
    ...(heading ? blockElements([heading]) : []),
    el(
      'div',
      { class: 'sections' },
      [spendByDay(report), spendByModel(report), hitsByModel(report)].map(figureElement),
    ),
    el('section', { 'aria-label': 'The report' }, ...blockElements(rest)),
  ]
}
