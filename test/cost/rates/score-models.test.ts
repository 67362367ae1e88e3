import { describe, expect, it } from 'vitest'
import { attributionsOf, boardScore, scoreModels } from '../../../src/cost/rates/score-models.ts'
import type { Model, Price } from '../../../src/model/book/book.ts'
import { bookWith, codesOf, modelWith, rowWith } from '../build.ts'

const rowOf = ({ prices: [row] }: Model): Price => row ?? rowWith()

const models = [
  modelWith({ id: 'a', aliases: ['ace'], arena_elo: 1400 }),
  modelWith({ id: 'b', arena_elo: 1300 }),
  modelWith({ id: 'c' }),
]
const book = bookWith({ models })
const scores = (given: { call?: Record<string, number>; scenario?: Record<string, number> }) => {
  const { of, warnings } = scoreModels(book, { call: {}, scenario: {}, board: 'arena', about: 's.yaml', ...given })
  const told = models.map(model => {
    const score = of({ model, row: rowOf(model) })
    return score && `${score.quality.toFixed()} ${score.from}`
  })
  return { told, codes: codesOf(warnings(models.map(model => ({ model, row: rowOf(model) })))) }
}

it.each([
  { it: 'the book alone', given: {}, told: ['1400 book', '1300 book', null], codes: [] },
  { it: 'the scenario', given: { scenario: { a: 1410 } }, told: ['1410 scenario', '1300 book', null], codes: [] },
  {
    it: 'the call, before the scenario, by any name',
    given: { scenario: { a: 1410, c: 1200.5 }, call: { ACE: 1420 } },
    told: ['1420 call', '1300 book', '1200.5 scenario'],
    codes: [],
  },
  // More than twice as far from an Elo: another scale.
  {
    it: 'a percentage',
    given: { call: { c: 90 } },
    told: [null, null, '90 call'],
    codes: ['MIXED_SCALES'],
  },
  {
    it: 'percentages of all',
    given: { call: { a: 90, b: 80, c: 70 } },
    told: ['90 call', '80 call', '70 call'],
    codes: [],
  },
  { it: 'just twice', given: { call: { a: 2600 } }, told: ['2600 call', '1300 book', null], codes: [] },
  {
    it: 'a name of the scenario that the book does not have',
    given: { scenario: { z: 1 } },
    told: ['1400 book', '1300 book', null],
    codes: ['QUALITY_UNUSED'],
  },
])('scores by $it', ({ given, told, codes }) => {
  expect(scores(given)).toEqual({ told, codes })
})

it('refuses a name of the call that the book does not have', () => {
  expect(() => scores({ call: { z: 1 } })).toThrow('no model "z"')
})

const eci = { value: 150, low: 148, high: 152, date: '2026-10-06', source: 'epoch' }
const arena = { value: 1474, low: 1467, high: 1481, row: 'high', date: '2026-10-02', source: 'lmarena' }

describe('the score of a board', () => {
  const model = modelWith({ id: 'a', arena_elo: 1400, scores: { arena } })
  const shown = { board: 'arena', value: 1474, low: 1467, high: 1481, variant: 'high', date: '2026-10-02' }

  it('is that of the model, with its snapshot, interval and source', () => {
    expect(boardScore({ model, row: rowWith() }, 'arena')).toEqual({ ...shown, source: 'lmarena' })
  })

  it('is never that of another board', () => {
    expect(boardScore({ model, row: rowWith() }, 'eci')).toBeNull()
  })

  it('is that of the weights in force, where the row has other weights than the model', () => {
    expect(boardScore({ model, row: rowWith({ scores: { eci } }) }, 'eci')).toMatchObject({ value: 150, variant: null })
    expect(boardScore({ model: modelWith({ scores: { arena } }), row: rowWith({ scores: {} }) }, 'arena')).toBeNull()
  })

  it('is the undated Arena score of an older book', () => {
    const old = modelWith({ arena_elo: 1400 })
    expect(boardScore({ model: old, row: rowWith() }, 'arena')).toMatchObject({ value: 1400, date: null, low: null })
  })

  it('comes with what its licence asks to be said, once per source', () => {
    const source = { title: 'A board', where: 'here', retrieved: null, grade: 'own' } as const
    const sources = { lmarena: { ...source, attribution: 'Arena, CC BY 4.0' }, epoch: source }
    const score = boardScore({ model, row: rowWith() }, 'arena')
    const silent = boardScore({ model, row: rowWith({ scores: { eci } }) }, 'eci')
    expect(attributionsOf({ sources }, [score, null, silent, score])).toEqual(['Arena, CC BY 4.0'])
  })
})
