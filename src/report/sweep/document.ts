import type { Sweep } from '../../model/result/sweep.ts'
import { viewLabel } from '../../model/views.ts'
import { type Block, heading, notes, paragraph, warningList } from '../blocks/block.ts'
import { provenance } from '../figures/provenance.ts'
import { drawBars } from './bars.ts'
import { hasOnePeriod, isNumeric } from './cells.ts'
import { alsoIn, answerIn, gapsIn, periodIn, subjectIn, viewNotes } from './in-words.ts'
import { matrixTable } from './matrix.ts'
import { extraColumns, hiddenViews, shownViews, valuesTable } from './values-table.ts'

/** The cost over the values of one or two keys: the answer, the table, a drawing where the values are numbers. */
export const sweepBlocks = (sweep: Sweep): Block[] => {
  const isMatrix = sweep.keys.length > 1
  const gaps = gapsIn(sweep)
  const views = isMatrix ? [sweep.view] : [...shownViews(sweep), ...hiddenViews(sweep)]
  const remarks = [...viewNotes(sweep, views), EACH]
  return [
    heading(answerIn(sweep), { notes: [...alsoIn(sweep), subjectIn(sweep)] }),
    paragraph(unitsIn(sweep)),
    isMatrix ? matrixTable(sweep) : valuesTable(sweep),
    ...(gaps.length > 0 ? [notes(gaps)] : []),
    ...(isNumeric(sweep) ? [{ kind: 'plot' as const, draw: (width: number) => drawBars(sweep, width) }] : []),
    notes([...remarks, ...(sweep.warnings.length > 0 ? [warningList(sweep.warnings)] : []), provenance(sweep.pricing)]),
  ]
}

const EACH = 'Each figure is what dsprice estimate --set key=value gives, which has its lines and assumptions.'

/** The unit of the table. */
const unitsIn = (sweep: Sweep): string => {
  if (sweep.keys.length > 1) return `USD ${periodIn(sweep)}, ${viewLabel(sweep.view)}:`
  const period = hasOnePeriod(sweep) ? periodIn(sweep) : 'a period, as each row says'
  const more = extraColumns(sweep).map(({ title }) => title)
  return `USD ${period}${more.length > 0 ? `; ${viewLabel(sweep.view)} also ${more.join(' and ')}` : ''}:`
}
