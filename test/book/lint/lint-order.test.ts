import { expect, it } from 'vitest'
import { isEmpty, lintGaps, lintOrder } from '../../../src/book/lint/lint-order.ts'
import type { Price } from '../../../src/model/book/book.ts'

const row = (from: string, to?: string): Price => ({
  ...{ from, input: '1', cache_read: null, output: '2', source: 's', grade: 'own' },
  ...(to === undefined ? {} : { to }),
})
const codes = (rows: readonly Price[]) => lintOrder(rows, []).map(({ code }) => code)

it('a row that ends as it begins is never in force', () => {
  expect([isEmpty(row('2026-01-01', '2026-01-01')), isEmpty(row('2026-01-01'))]).toEqual([true, false])
  expect(codes([row('2026-01-02', '2026-01-01')])).toEqual(['ROW_EMPTY'])
})

it('two rows overlap in whatever order they are written', () => {
  const rows = [row('2026-01-01'), row('2026-02-01')]
  expect(codes(rows)).toEqual(['ROWS_OVERLAP'])
  expect(codes(rows.toReversed())).toEqual(['ROWS_OVERLAP'])
  expect(codes([row('2026-01-01', '2026-02-01'), row('2026-02-01')])).toEqual([])
})

it('a gap is told at the row of the file beside it, and not if the file has none', () => {
  const rows = [row('2026-01-01', '2026-02-01'), row('2026-03-01')]
  expect(lintGaps(rows, rows, [])).toMatchObject([{ code: 'ROWS_GAP', path: ['prices', 1, 'from'] }])
  expect(lintGaps([], rows, [])).toEqual([])
})
