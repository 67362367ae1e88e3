import { expect, it } from 'vitest'
import { scoreModels } from '../../../src/cost/rates/score-models.ts'
import { bookWith, codesOf, modelWith } from '../build.ts'

const models = [
  modelWith({ id: 'a', aliases: ['ace'], arena_elo: 1400 }),
  modelWith({ id: 'b', arena_elo: 1300 }),
  modelWith({ id: 'c' }),
]
const book = bookWith({ models })
const scores = (given: { call?: Record<string, number>; scenario?: Record<string, number> }) => {
  const { of, warnings } = scoreModels(book, { call: {}, scenario: {}, about: 's.yaml', ...given })
  const told = models.map(model => {
    const score = of(model)
    return score && `${score.quality.toFixed()} ${score.from}`
  })
  return { told, codes: codesOf(warnings(models)) }
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
    told: ['1400 book', '1300 book', '90 call'],
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
