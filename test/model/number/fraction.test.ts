import { expect, it } from 'vitest'
import { addFractions, ratioOf, wholeFrom } from '../../../src/model/number/fraction.ts'
import { exact, quotient } from '../../../src/model/number/money.ts'

it.each([
  { numerator: '0', denominator: '7', whole: 0 },
  { numerator: '1', denominator: '7', whole: 1 },
  { numerator: '7', denominator: '7', whole: 1 },
  { numerator: '7.000000000001', denominator: '7', whole: 2 },
  { numerator: '13.999999999999', denominator: '7', whole: 2 },
  { numerator: '3e12', denominator: '1.5', whole: 2e12 },
  { numerator: '1000000000000000000000001', denominator: '1e18', whole: 1_000_001 },
])('wholeFrom $numerator over $denominator is $whole', ({ numerator, denominator, whole }) => {
  expect(wholeFrom({ numerator: exact(numerator), denominator: exact(denominator) })).toBe(whole)
})

it('the rounding of a quotient is not a node more', () => {
  // 2/3 in 50 digits ends in 7: three times that is a little above 2.
  const numerator = quotient(exact(2), exact(3)).times(3)
  expect(numerator.gt(2)).toBe(true)
  expect(wholeFrom({ numerator, denominator: exact(1) })).toBe(2)
})

it('ratioOf is the quotient', () => {
  expect(ratioOf({ numerator: exact(1), denominator: exact(8) }).toFixed()).toBe('0.125')
})

it('addFractions divides nothing, so that what is whole stays whole', () => {
  const third = { numerator: exact(1), denominator: exact(3) }
  expect(ratioOf(addFractions([third, third, third])).toFixed()).toBe('1')
  expect(ratioOf(addFractions([third, { numerator: exact(1), denominator: exact(6) }])).toFixed()).toBe('0.5')
  expect(ratioOf(addFractions([])).toFixed()).toBe('0')
})
