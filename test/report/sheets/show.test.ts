import { expect, it } from 'vitest'
import type { Price } from '../../../src/model/book/book.ts'
import { showSheet } from '../../../src/report/sheets/show.ts'
import { bookWith, modelWith, rowWith } from '../../cost/build.ts'

const source = 'made-up'

/** What stands behind the rates of each row that `prices show` prints. */
const shown = (row: Partial<Price>): (string | undefined)[] => {
  const book = bookWith({ row })
  const [model] = book.models
  if (!model) throw new Error('the book has a model')
  return showSheet(book, model).rows.map(cells => String(cells.at(-1)))
}

it('leaves out a service that ended before the row began, as a layer cuts them', () => {
  const ended = { factor: '6', to: '2026-01-01', source }
  expect(shown({ from: '2026-02-01', services: { fast: ended } })).toEqual([''])
  expect(shown({ from: '2026-02-01', services: { fast: { ...ended, factor: null } } })).toEqual([''])
  expect(shown({ from: '2025-02-01', services: { fast: ended } })).toEqual(['', 'fast until 2026-01-01'])
})

it('leaves out a service that begins after the row ended', () => {
  const later = { factor: null, from: '2026-03-01', source }
  expect(shown({ from: '2026-02-01', to: '2026-03-01', services: { fast: later } })).toEqual([''])
})

it('tells the rules of the last row of the model, and others with their rows', () => {
  const prices = [
    rowWith({ to: '2026-02-01', cache: 'none' }),
    rowWith({ from: '2026-02-01', cache: 'unknown', reasoning: { kept: 'always', source } }),
  ]
  const model = { ...modelWith(), prices }
  const { notes } = showSheet(bookWith({ models: [model] }), model)
  expect(notes.slice(1, 4)).toEqual([
    'How Acme caches it is unknown.',
    'Earlier reasoning is sent again: always (made-up).',
    'From 2026-01-01: Acme does not cache it. Earlier reasoning is sent again: never.',
  ])
})

it('lists the facts with value, grade, source and note, and then what is not known', () => {
  const soc2 = { value: 'self', disagree: 'two pages, two answers', note: 'A setting', source } as const
  const model = modelWith({ facts: { zdr: { value: 'no', source: 'paper' } } })
  const base = bookWith({ models: [model], provider: { jurisdiction: 'FR', facts: { soc2 } } })
  const paper = { title: 'A paper', where: 'there', retrieved: null, grade: 'article' as const }
  const { notes, data } = showSheet({ ...base, sources: { ...base.sources, paper } }, model)
  expect(notes.filter(note => /^(Juris|Fact|Nothing|Source paper)/.test(note))).toEqual([
    'Jurisdiction of acme: FR.',
    'Fact zdr: no (article, paper).',
    'Fact soc2: self (own, made-up). Its own pages disagree: two pages, two answers. A setting.',
    'Nothing is known of open_weights, fine_tuning, batch, no_training, eu, us, on_prem, iso27001, hipaa, sla.',
    'Source paper: A paper, there (article).',
  ])
  expect(data).toMatchObject({
    facts: [
      { name: 'zdr', value: 'no' },
      { name: 'soc2', of: 'acme', grade: 'own' },
    ],
  })
})
