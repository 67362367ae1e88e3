import type { BookChange } from '../../book/diff-books.ts'
import type { Disagreement } from '../../book/lint/disagree.ts'
import type { Rate } from '../../model/book/book.ts'
import { agree, plural } from '../../model/plural.ts'
import { left, names, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { rateCell } from './rate-cell.ts'

/**
 * `dsprice prices diff`: differences between two books.
 *
 * @param heads - names of the two
 */
export const diffSheet = (
  [a, b]: readonly [string, string],
  changes: readonly BookChange[],
  differing: readonly Disagreement[] = [],
): Sheet => {
  const shown = changes.filter(({ evidence }) => !evidence)
  const seen = changes.length - shown.length
  return {
    title: `Price books ${a} and ${b}: ${plural(shown.length, 'difference')}`,
    columns: [names('model'), left('row from'), left('what', { wraps: true }), right(a), right(b)],
    rows: shown.map(one => [one.model, one.from ?? '', one.what, cell(one.a), cell(one.b)]),
    notes: [
      ...(seen === 0 ? [] : [`The day of the evidence alone differs in ${plural(seen, 'row')}; --json has them.`]),
      ...disagreeing(differing),
    ],
    data: { a, b, changes, ...(differing.length === 0 ? {} : { disagreements: differing }) },
  }
}

const MOST_NAMED = 20

/** Where a catalogue's rates disagree with the book's, each with both sources. */
const disagreeing = (differing: readonly Disagreement[]): string[] => {
  if (differing.length === 0) return []
  const more = differing.length - MOST_NAMED
  return [
    `DISAGREES: ${plural(differing.length, 'rate')} of a catalogue ${agree(differing.length, 'differs', 'differ')} by more than 0.5% from the book.`,
    ...differing
      .slice(0, MOST_NAMED)
      .map(
        ({ model, meter, ours, theirs, source }) =>
          `${model}, ${meter}: ${rateCell(theirs)} (${source.theirs}), the book has ${rateCell(ours)} (${source.ours}).`,
      ),
    ...(more > 0 ? [`And ${more} more; --json has them.`] : []),
  ]
}

const cell = (value: Rate | string): string =>
  typeof value === 'string' && !/^[\d.]+$/.test(value) && value !== 'not_offered' ? value : rateCell(value)
