import { expect, it } from 'vitest'
import { greatestOf, leastOf } from '../../../src/model/number/extremes.ts'

it.each([
  [[3, -1, 2], -1, 3],
  [[0], 0, 0],
  [[], Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
])('%j: from %d to %d', (numbers, least, greatest) => {
  expect([leastOf(numbers), greatestOf(numbers)]).toEqual([least, greatest])
})

it('takes lists that are too long for Math.min', () => {
  const many = Array.from({ length: 300_000 }, (_, i) => i)
  expect([leastOf(many), greatestOf(new Set(many))]).toEqual([0, 299_999])
})
