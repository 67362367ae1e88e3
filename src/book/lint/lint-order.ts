import { span } from '../../cost/rates/span.ts'
import { at, type Problem } from '../../errors/index.ts'
import type { Price } from '../../model/book/book.ts'
import { lintProblems } from './lint-problems.ts'

type Path = readonly (string | number)[]

/** Whether a row is never in force. */
export const isEmpty = (row: Pick<Price, 'from' | 'to'>): boolean => span(row).to <= span(row).from

/** A row with its index in the file, its start (inclusive) and its end (exclusive). */
interface Dated {
  readonly row: Price
  readonly i: number
  readonly from: number
  readonly to: number
}

/** Rows that are not empty, earliest first. */
const inOrder = (prices: readonly Price[]): Dated[] =>
  prices
    .map((row, i) => ({ row, i, ...span(row) }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from)

/** Checks that no row is empty and no two overlap, in any order. */
export const lintOrder = (prices: readonly Price[], path: Path): Problem[] => {
  const found: Problem[] = []
  for (const [i, row] of prices.entries()) {
    if (isEmpty(row)) found.push(at([...path, 'prices', i, 'to'], lintProblems.rowEmpty(row.from, row.to ?? '')))
  }
  // The row that ends last among those that begin earlier.
  let last: Dated | undefined
  for (const one of inOrder(prices)) {
    if (last && one.from < last.to) {
      found.push(at([...path, 'prices', one.i, 'from'], lintProblems.rowsOverlap(last.row, one.row.from)))
    }
    if (!last || one.to > last.to) last = one
  }
  return found
}

/** Checks that a merged model has no gap between its first and last row; reports gaps at the file's own row. */
export const lintGaps = (prices: readonly Price[], laid: readonly Price[], path: Path): Problem[] => {
  const found: Problem[] = []
  const own = inOrder(prices)
  const [begins, ends] = [new Map(own.map(({ from, i }) => [from, i])), new Map(own.map(({ to, i }) => [to, i]))]
  let last: Dated | undefined
  for (const one of inOrder(laid)) {
    if (last?.row.to != null && last.to < one.from) {
      const [after, before] = [begins.get(one.from), ends.get(last.to)]
      const place = after !== undefined ? [after, 'from'] : before !== undefined ? [before, 'to'] : null
      if (place) found.push(at([...path, 'prices', ...place], lintProblems.rowsGap(last.row.to, one.row.from)))
    }
    if (!last || one.to > last.to) last = one
  }
  return found
}
