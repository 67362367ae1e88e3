import { describe, expect, it } from 'vitest'
import { disagreements, disagreesWith } from '../../../src/book/lint/disagree.ts'
import type { Book, Model, Price } from '../../../src/model/book/book.ts'

const row = (more: Partial<Price> = {}): Price => ({
  ...{ from: '2026-01-01', input: '2', cache_read: '0.2', output: '8', source: 'page', grade: 'catalogue' },
  ...more,
})
const model = (prices: readonly Price[], more: Partial<Model> = {}): Model => ({
  ...{ id: 'large', provider: 'acme', aliases: ['acme-large-2'], context: null, max_output: null, tokenizer: null },
  ...{ prices, ...more },
})
const source = { title: 't', where: 'w', retrieved: '2026-11-01', grade: 'official-quoted' } as const
const book = (ours: Model): Book => ({
  ...{ schema: 'dsprice/pricing/1', version: '2026-11-01', title: 't', reviewed: '2026-11-01', currency: 'USD' },
  ...{ sources: { page: source }, providers: {}, models: [ours] },
})
const list = { list: { ...source, retrieved: '2026-11-20' } }

// 0.5% of 2 is 0.01.
it.each([
  ['2.01', false],
  ['1.99', false],
  ['2.0101', true],
  ['1.98', true],
])('%s against 2 disagrees: %s', (input, disagrees) => {
  expect(disagreesWith(model([row({ input })]), model([row()]))).toBe(disagrees)
})

describe('nothing to compare', () => {
  it.each<{ it: string; theirs: Partial<Price>; ours: Partial<Price> }>([
    { it: 'unknown in the book', theirs: { cache_read: '9' }, ours: { cache_read: null } },
    { it: 'not offered in the book', theirs: { cache_read: '9' }, ours: { cache_read: 'not_offered' } },
    { it: 'unknown in the catalogue', theirs: { input: null }, ours: {} },
    { it: 'before the first row of the book', theirs: { from: '2025-01-01', input: '9' }, ours: {} },
    { it: 'prices by the hour in the book', theirs: { input: '9' }, ours: { windows: [] } },
  ])('$it', ({ theirs, ours }) => {
    expect(disagreesWith(model([row(theirs)]), model([row(ours)]))).toBe(false)
  })
})

it('names both figures with their sources and days', () => {
  const theirs = model([row({ from: '2026-11-20', output: '9', source: 'list' })], { id: 'ACME-large-2', aliases: [] })
  expect(disagreements(book(model([row({ seen: '2026-11-10' })])), { models: [theirs], sources: list })).toEqual([
    {
      ...{ model: 'large', from: '2026-11-20', meter: 'output', ours: '8', theirs: '9' },
      source: { ours: 'page, 2026-11-10', theirs: 'list, 2026-11-20' },
    },
  ])
})

it("compares a catalogue's rows alone, of the same provider", () => {
  const ours = book(model([row()]))
  expect(disagreements(ours, { models: [model([row({ input: '9', grade: 'own' })])] })).toEqual([])
  expect(disagreements(ours, { models: [model([row({ input: '9' })], { provider: 'other' })] })).toEqual([])
})
