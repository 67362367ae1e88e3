import { withTerms } from '../../cost/workload/serving.ts'
import { BOARD_LABELS } from '../../model/book/choices.ts'
import type { Candidate, Comparison } from '../../model/result/result.ts'
import { type View, viewLabel } from '../../model/views.ts'
import {
  type Block,
  heading,
  left,
  names,
  notes,
  paragraph,
  right,
  type Table,
  type Text,
  warningList,
} from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { amount, counted, figures } from '../figures/amounts.ts'
import { columnDecimals, formatShare } from '../figures/format.ts'
import { provenance } from '../figures/provenance.ts'
import { attributionNotes, scoreOf } from '../figures/score.ts'
import * as compared from './comparison-in-words.ts'
import { explainTable } from './explain-table.ts'
import { requiredInWords } from './required-in-words.ts'

/** The same workload on several models, cheapest first. */
export const comparisonBlocks = (comparison: Comparison, { explain }: Pick<RenderOptions, 'explain'>): Block[] => {
  const { scenarios, view } = comparison
  const [first] = scenarios
  const gaps = compared.gapsOf(comparison)
  const required = requiredInWords(comparison)
  return [
    heading(first ? `${withTerms(first.name, first.input)}, by ${viewLabel(view)}` : ''),
    ...(first ? [paragraph(compared.work(comparison))] : []),
    ...(required.length > 0 ? [notes(required)] : []),
    candidatesTable(comparison),
    ...(gaps.length > 0 ? [notes(gaps)] : []),
    ...(explain ? scenarios.map(explainTable) : []),
    notes([
      ...attributionNotes(comparison.attributions),
      ...compared.remarks(comparison, { views: shownViews(comparison), explain }),
      ...(comparison.warnings.length > 0 ? [warningList(comparison.warnings)] : []),
      provenance(comparison.pricing),
    ]),
  ]
}

/** The list price, and the ranking view. */
const shownViews = ({ view }: Comparison): readonly View[] => (view === 'headline' ? [view] : ['headline', view])

const candidatesTable = (comparison: Comparison): Table => {
  const { scenarios } = comparison
  const views = shownViews(comparison)
  const decimals = views.map(key => columnDecimals(figures(scenarios.map(({ costs }) => costs[key]))))
  const hasText = compared.hasText(scenarios)
  const hasInput = hasText || compared.differ(scenarios, 'prompt')
  const hasOutput = !hasText && compared.differ(scenarios, 'output')
  const hasCount = hasText || ((hasInput || hasOutput) && scenarios.some(({ tokens }) => !tokens.exact))
  const scores = scenarios.map(scoreOf)
  const [scored] = scores.flatMap(score => score ?? [])
  return {
    kind: 'table',
    columns: [
      right('#'),
      names('model'),
      ...(hasInput ? [right('tokens in', { drop: 3 })] : []),
      ...(hasOutput ? [right('tokens out', { drop: 3 })] : []),
      ...(hasCount ? [left('count')] : []),
      ...views.map(key => right(viewLabel(key))),
      right('of dearest', { drop: 2 }),
      right('context', { drop: 4 }),
      ...(scored ? [right(BOARD_LABELS[scored.board], { drop: 1 })] : []),
    ],
    rows: scenarios.map((candidate, i) => [
      candidate.rank === null ? '-' : String(candidate.rank),
      candidate.rank === 1 ? { as: 'good', text: candidate.model ?? '' } : (candidate.model ?? ''),
      ...(hasInput ? [counted(candidate.tokens.prompt)] : []),
      ...(hasOutput ? [counted(candidate.tokens.output)] : []),
      ...(hasCount ? [compared.howCounted(candidate)] : []),
      ...views.map((key, j) => amount(candidate.costs[key], decimals[j])),
      candidate.share_of_dearest === null ? '' : formatShare(candidate.share_of_dearest),
      fitCell(candidate),
      ...(scored ? [String(scores[i]?.value ?? '')] : []),
    ]),
  }
}

const fitCell = (candidate: Candidate): Text => {
  const text = compared.fitting(candidate)
  return candidate.fit.fits === false ? { as: 'bad', text } : text
}
