import { describe, expect, it } from 'vitest'
import { noteFile, noteOwnBook } from '../../../src/book/lint/lint-notes.ts'
import type { Book, Model, Price, Provider } from '../../../src/model/book/book.ts'

const today = '2026-11-29'
const row = (more: Partial<Price> = {}): Price => ({
  ...{
    from: '2026-01-01',
    input: '2',
    cache_read: '0.2',
    output: '8',
    source: 'list',
    grade: 'catalogue',
    seen: today,
  },
  ...more,
})
const model = (id: string, more: Partial<Price> = {}, own: Partial<Model> = {}): Model => ({
  ...{ id, provider: 'openai', aliases: [], context: 400_000, max_output: null, tokenizer: null },
  ...{ prices: [row(more)], ...own },
})
const openai: Provider = {
  name: 'OpenAI',
  usage: 'unknown',
  review_every_days: 14,
  cache: { default: 'unknown' },
  batch: null,
}
const book = (...models: Model[]): Book => ({
  ...{ schema: 'dsprice/pricing/1', version: '2026-11-20', title: 't', reviewed: '2026-11-20', currency: 'USD' },
  sources: { list: { title: 't', where: 'w', retrieved: '2026-11-20', grade: 'catalogue' } },
  ...{ providers: { openai }, models },
})
const codes = (file: Book, below: Book | null = null) =>
  noteFile({ file, book: file, below, today }).map(({ code }) => code)

describe('rows in force', () => {
  it.each<{ it: string; more: Partial<Price>; own?: Partial<Model>; found: string[] }>([
    { it: 'nothing odd', more: {}, found: [] },
    { it: '0 in and out', more: { input: '0', output: '0', cache_read: null }, found: ['ZERO_PRICE'] },
    { it: 'cache reads at 0', more: { cache_read: '0' }, found: ['ZERO_CACHE'] },
    { it: 'output below input', more: { output: '1.5' }, found: ['OUTPUT_BELOW_INPUT'] },
    {
      it: 'a context that ends where other rates begin',
      more: { tiers: [{ threshold: 400_000, operator: '>', input: '4', cache_read: '0.4', output: '9' }] },
      found: ['CONTEXT_CAPPED'],
    },
    { it: 'seen 14 days ago, as often as asked', more: { seen: '2026-11-15' }, found: [] },
    { it: 'seen 15 days ago', more: { seen: '2026-11-14' }, found: ['STALE'] },
    {
      it: 'closed, so that nothing of it matters',
      more: { to: '2026-02-01', cache_read: '0', seen: '2026-01-01' },
      found: [],
    },
  ])('$it', ({ more, found }) => {
    expect(codes(book(model('m', more)))).toEqual(found)
  })

  it('0 is the price of what is called free', () => {
    expect(codes(book(model('m:free', { input: '0', output: '0', cache_read: null })))).toEqual([])
  })
})

describe('beside the book below', () => {
  it('a row without writes is odd where its provider bills them elsewhere', () => {
    const file = book(model('old'), model('new', { cache_write: '2.5' }))
    expect(noteFile({ file, book: file, below: book(), today })).toEqual([
      { code: 'WRITE_MISSING', model: 'old', what: 'no cache write' },
    ])
    expect(codes(file)).toEqual([])
    expect(codes(book(model('old', { grade: 'own' }), model('new', { cache_write: '2.5' })), book())).toEqual([])
  })

  it('a rate that differs is told with both figures', () => {
    const [note] = noteFile({
      file: book(model('m', { output: '9' })),
      book: book(model('m')),
      below: book(model('m')),
      today,
    })
    expect(note).toEqual({
      code: 'DISAGREES',
      model: 'm',
      what: `output 9 (list, ${today}), the book has 8 (list, ${today})`,
    })
  })
})

describe('our own book', () => {
  const catalogue = book(model('gpt-6'))
  const own = (...models: Model[]) => noteOwnBook(book(...models), { catalogue, today }).map(({ code }) => code)

  it('a model that a fresh catalogue no longer lists may be switched off', () => {
    expect(own(model('gpt-5'), model('GPT-6'), model('x/y', {}, { provider: 'x' }))).toEqual(['RETIRED'])
    expect(own(model('gpt-5', { to: '2026-06-01' }))).toEqual([])
    expect(noteOwnBook(book(model('gpt-5')), { catalogue, today: '2026-12-21' })).toEqual([])
    expect(noteOwnBook(book(model('gpt-5')), { catalogue: null, today })).toEqual([])
  })

  // 7 days after 2026-01-01 is 2026-01-08.
  it.each([
    ['2026-01-08', []],
    ['2026-01-09', ['LATE_START']],
  ])('a model named 2026-01-01 and first priced on %s: %s', (from, found) => {
    expect(own(model('gpt-6', { from }, { aliases: ['gpt-6-2026-01-01', 'gpt-6-20260301'] }))).toEqual(found)
  })

  it('a rate that the catalogue has otherwise is told', () => {
    expect(own(model('gpt-6', { input: '1' }))).toEqual(['DISAGREES'])
  })
})
