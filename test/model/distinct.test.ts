import { expect, it } from 'vitest'
import { distinct } from '../../src/model/distinct.ts'

it('keeps the first of what is equal in all it says', () => {
  const [a, b] = [{ code: 'A' }, { code: 'B' }]
  const found = distinct([b, a, { code: 'B' }, { code: 'A' }])
  expect(found).toEqual([b, a])
  expect(distinct([])).toEqual([])
})
