import { expect, it } from 'vitest'
import { findCandidates } from '../../src/plan/find-candidates.ts'
import { about, bookWith, MILLION, modelWith, priced, scenarioWith } from '../cost/build.ts'

it('a model whose tokens are estimated ranks by its cost at the stated factor', () => {
  const models = [modelWith(), modelWith({ id: 'other' })]
  // $1 in: 1M to 3M tokens are $1 to $3, and 1.2M at the stated factor are $1.20.
  const turn = about(1.2 * MILLION, MILLION, 3 * MILLION)
  const works = [scenarioWith({ request: { turn } }), scenarioWith({ model: 'other', request: { turn: MILLION } })]
  const { candidates } = findCandidates(
    works,
    { of: () => null, warnings: () => [] },
    {
      priced: priced(bookWith({ models })),
      options: { at: '2026-01-01', view: 'headline', lenient: false, skipped: [] },
    },
  )
  expect(candidates.map(({ model, cost }) => [model.id, cost.toFixed()])).toEqual([
    ['demo', '1.2'],
    ['other', '1'],
  ])
})
