import { expect, it } from 'vitest'
import { diffBooks } from '../../src/book/diff-books.ts'
import type { Book, Price } from '../../src/model/book/book.ts'
import { bookWith, modelWith, rowWith } from '../cost/build.ts'

const base = bookWith()
const withModel = (model: Parameters<typeof modelWith>[0]): Book => bookWith({ models: [modelWith(model)] })
const row = (own: Partial<Price>): Book => withModel({ row: own })

it('nothing differs from itself', () => {
  expect(diffBooks(base, bookWith())).toEqual([])
})

it.each<{ it: string; b: Book; changes: [string, string | null, string, unknown, unknown][] }>([
  { it: 'a rate', b: row({ input: '2' }), changes: [['demo', '2026-01-01', 'input', '1', '2']] },
  {
    it: 'a rate that is no longer known',
    b: row({ output: null }),
    changes: [['demo', '2026-01-01', 'output', '2', null]],
  },
  {
    it: 'a rate that is new',
    b: row({ cache_write: '3' }),
    changes: [['demo', '2026-01-01', 'cache_write', 'not_offered', '3']],
  },
  { it: 'an end', b: row({ to: '2026-06-01' }), changes: [['demo', '2026-01-01', 'to', 'open', '2026-06-01']] },
  { it: 'the evidence is none', b: row({ note: 'seen again', grade: 'secondary' }), changes: [] },
  {
    it: 'a row more',
    b: withModel({ prices: [rowWith({ to: '2026-06-01' }), rowWith({ from: '2026-06-01' })] }),
    changes: [
      ['demo', '2026-01-01', 'to', 'open', '2026-06-01'],
      ['demo', '2026-06-01', 'row', 'absent', 'there'],
    ],
  },
  {
    it: 'what is said of a model',
    b: withModel({ license: 'MIT' }),
    changes: [['demo', null, 'license', 'none', 'MIT']],
  },
  {
    it: 'another model',
    b: withModel({ id: 'other' }),
    changes: [
      ['demo', null, 'all', 'there', 'absent'],
      ['other', null, 'all', 'absent', 'there'],
    ],
  },
  {
    it: 'what is said of a provider',
    b: bookWith({ provider: { name: 'Apex' } }),
    changes: [['provider acme', null, 'name', 'Acme', 'Apex']],
  },
])('tells of $it', ({ b, changes }) => {
  const found = (from: Book, to: Book, swap = false) =>
    diffBooks(from, to).map(({ model, from: day, what, a, b: other }) => [
      model,
      day,
      what,
      ...(swap ? [other, a] : [a, other]),
    ])
  expect(found(base, b)).toEqual(changes)
  // The other way round it is the same with its ends swapped.
  expect(found(b, base, true)).toEqual(changes)
})
