import { expect, it } from 'vitest'
import { lintDates } from '../../../src/book/lint/lint-dates.ts'
import type { Price } from '../../../src/model/book/book.ts'
import { rowWith } from '../../cost/build.ts'

const findingsOf = (row: Partial<Price>): string[] =>
  lintDates(rowWith({ from: '2026-01-01', to: '2026-03-01', ...row }), []).map(
    ({ code, path }) => `${code} ${path?.join('.')}`,
  )

const source = 'made-up'
const fast = { factor: '6', source }

it.each<{ it: string; row: Partial<Price>; finds: readonly string[] }>([
  { it: 'seen on its last day', row: { seen: '2026-03-01' }, finds: [] },
  { it: 'seen a day later', row: { seen: '2026-03-02' }, finds: ['INVALID seen'] },
  { it: 'seen long after an open row began', row: { to: null, seen: '2030-01-01' }, finds: [] },
  { it: 'a promotion until its end', row: { until_at_least: '2026-03-01' }, finds: [] },
  { it: 'a promotion beyond it', row: { until_at_least: '2026-03-02' }, finds: ['INVALID until_at_least'] },
  { it: 'a promotion of no time', row: { until_at_least: '2026-01-01' }, finds: ['INVALID until_at_least'] },
  { it: 'a service without dates', row: { services: { fast } }, finds: [] },
  { it: 'the standard service', row: { services: { standard: fast } }, finds: ['INVALID services.standard'] },
  {
    it: 'a service that ended as the row began',
    row: { services: { fast: { ...fast, to: '2026-01-01' } } },
    finds: ['ROW_EMPTY services.fast.to'],
  },
  {
    it: 'a service that begins as the row ends, beside one that holds',
    row: {
      services: {
        fast: [
          { ...fast, to: '2026-03-01' },
          { ...fast, from: '2026-03-01' },
        ],
      },
    },
    finds: ['ROW_EMPTY services.fast.1.from'],
  },
  { it: 'an empty row, which is reported as such', row: { to: '2026-01-01', seen: '2026-03-02' }, finds: [] },
])('$it: $finds', ({ row, finds }) => {
  expect(findingsOf(row)).toEqual(finds)
})
