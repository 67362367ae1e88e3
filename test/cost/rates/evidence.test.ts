import { expect, it } from 'vitest'
import { layOver } from '../../../src/book/lay-over.ts'
import { evidenceDay, rowAge } from '../../../src/cost/rates/evidence.ts'
import type { Layer, Price } from '../../../src/model/book/book.ts'
import { bookWith } from '../build.ts'

const row = (own: Partial<Price>): Price => ({
  from: '2026-01-01',
  input: '1',
  cache_read: 'not_offered',
  output: '1',
  source: 'page',
  grade: 'own',
  ...own,
})

const book = (retrieved: string | null) => ({
  reviewed: '2026-06-01',
  sources: { page: { title: 'A page', where: 'here', retrieved, grade: 'own' as const } },
})

it.each<[string, Partial<Price>, string | null, string]>([
  ['its own day', { seen: '2026-03-01' }, '2026-02-01', '2026-03-01'],
  ['else the day its source was read', {}, '2026-02-01', '2026-02-01'],
  ['else the book’s review: the source has no day', {}, null, '2026-06-01'],
  ['else the book’s review: the source has another word', {}, 'last spring', '2026-06-01'],
  ['else the book’s review: the source is not listed', { source: 'gone' }, '2026-02-01', '2026-06-01'],
])('a row was seen on %s', (_, own, retrieved, day) => {
  expect(evidenceDay(row(own), book(retrieved))).toBe(day)
})

it('an open row ages from that day on, a closed one does not', () => {
  // February 2026 has 28 days
  expect(rowAge(row({}), book('2026-02-01'), '2026-03-01')).toBe(28)
  expect(rowAge(row({ to: null }), book('2026-02-01'), '2026-03-01')).toBe(28)
  expect(rowAge(row({ to: '2026-04-01' }), book('2026-02-01'), '2026-03-01')).toBeNull()
  expect(rowAge(row({ seen: '2026-05-01' }), book(null), '2026-03-01')).toBe(0)
})

it.each([undefined, '2026-06-01'])('what a discount until %s changes is as old as the row under it', to => {
  const terms = { title: 'Terms', where: 'there', retrieved: '2026-05-01', grade: 'own' as const }
  const discount = { provider: 'acme', factor: '1.1', from: '2026-02-01', source: 'terms', ...(to ? { to } : {}) }
  const layer = { sources: { terms }, discounts: [discount] } as unknown as Layer
  const { book: laid } = layOver(bookWith({ row: { seen: '2026-01-05' } }), layer)
  const rows = laid.models.flatMap(({ prices }) => prices)
  expect(rows).toHaveLength(to ? 3 : 2)
  expect(rows.map(one => evidenceDay(one, laid))).toEqual(rows.map(() => '2026-01-05'))
  expect(rows.map(one => rowAge(one, laid, '2026-01-15'))).toEqual(rows.map(() => 10))
})
