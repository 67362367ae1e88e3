import { expect, it } from 'vitest'
import { savedAgainst } from '../../../src/report/fleet/saved-against.ts'

it.each([
  [0.6666666666666666, '66.7%'],
  [0, '0.0%'],
  [-1.6666666666666667, '2.67× dearer'],
  [{ low: 0.78, high: 0.818 }, '78.0% to 81.8%'],
  [{ low: -0.8, high: -0.61 }, '1.61×-1.80× dearer'],
  [{ low: -0.05, high: 0.031 }, '-5.0% to 3.1%'],
  [null, 'N/A'],
])('a saving of %o is %s', (saving, words) => {
  expect(savedAgainst(saving)).toBe(words)
})
