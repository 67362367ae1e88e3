import { expect, it } from 'vitest'
import { leftOutOf, rankedView } from '../../../src/model/result/ranked-view.ts'

it('a model is ranked in the view asked for, or in its own cheapest', () => {
  const answer = { view: 'cached', cheapest: 'batch' } as const
  expect(rankedView('headline', { answer })).toBe('headline')
  expect(rankedView('best', { answer })).toBe('batch')
  expect(rankedView('best', { answer: { view: null, cheapest: null } })).toBeNull()
  expect(rankedView('best', {})).toBeNull()
})

it('models left out are read under their older name too', () => {
  const one = { model: 'a', why: 'no price' }
  expect(leftOutOf({ left_out: [one] })).toEqual([one])
  expect(leftOutOf({ left_out: [], skipped: [one] })).toEqual([one])
  expect(leftOutOf({ left_out: [] })).toEqual([])
})
