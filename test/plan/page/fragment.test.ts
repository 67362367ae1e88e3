import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fragmentOf, placeIn } from '../../../src/plan/page/fragment.ts'

it('keeps scenario and settings through a link, whatever their text', () => {
  const text = fc.string({ unit: 'grapheme' })
  const keys = fc.string({ minLength: 1 }).filter(key => !key.startsWith('_'))
  fc.assert(
    fc.property(fc.nat({ max: 50 }), fc.array(fc.tuple(keys, text)), (index, pairs) => {
      const settings = new Map(pairs)
      expect(placeIn(fragmentOf({ index, settings }))).toEqual({ index, settings, part: null })
    }),
  )
})

it('reads as the flags would: key=value', () => {
  expect(fragmentOf({ index: 0, settings: new Map([['request.output', '700']]) })).toBe('#request.output=700')
})

it('is empty where nothing is set', () => {
  expect(fragmentOf({ index: 0, settings: new Map() })).toBe('')
})

it.each(['#_scenario=-3', '#_scenario=x', '#_scenario=1.5'])('takes the first scenario of %s', fragment => {
  expect(placeIn(fragment).index).toBe(0)
})

it('keeps the part that a link leads to', () => {
  const place = { index: 2, settings: new Map([['cache', 'none']]), part: 'notes' }
  expect(placeIn(fragmentOf(place))).toEqual(place)
})
