import type { BookChange } from '../../book/diff-books.ts'
import type { Rate } from '../../model/book/book.ts'
import { plural } from '../../model/plural.ts'
import { left, names, right } from '../blocks/block.ts'
import type { Sheet } from '../blocks/sheet.ts'
import { rateCell } from './rate-cell.ts'

/**
 * `dsprice prices diff`: differences between two books.
 *
 * @param heads - names of the two
 */
export const diffSheet = ([a, b]: readonly [string, string], changes: readonly BookChange[]): Sheet => ({
  title: `Price books ${a} and ${b}: ${plural(changes.length, 'difference')}`,
  columns: [names('model'), left('row from'), left('what', { wraps: true }), right(a), right(b)],
  rows: changes.map(one => [one.model, one.from ?? '', one.what, cell(one.a), cell(one.b)]),
  notes: [],
  data: { a, b, changes },
})

const cell = (value: Rate | string): string =>
  typeof value === 'string' && !/^[\d.]+$/.test(value) && value !== 'not_offered' ? value : rateCell(value)
