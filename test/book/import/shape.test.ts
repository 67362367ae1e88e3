import { expect, it } from 'vitest'
import * as shape from '../../../src/book/import/shape.ts'

it('reads what is there and nothing inherited', () => {
  expect(shape.inside({ a: 1 }, 'a')).toBe(1)
  expect(shape.inside({ a: 1 }, 'toString')).toBeUndefined()
  expect(shape.inside([1], '0')).toBeUndefined()
  expect(shape.inside(null, 'a')).toBeUndefined()
  expect(shape.mappingsOf([{ a: 1 }, 2, null, [3]])).toEqual([{ a: 1 }])
})

it('takes whole numbers above 0 for counts of tokens', () => {
  expect([1, 256000.0, 0, -1, 1.5, '5', null, 2 ** 60].map(shape.countOf)).toEqual([
    1,
    256000,
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})

it('takes the day from the start of a text', () => {
  expect(['2026-11-20T10:48:49.496Z', '2026-11', 20261120].map(shape.dayOf)).toEqual(['2026-11-20', null, null])
})

it('calls a rate charged if it is a number other than 0', () => {
  expect([0.1, '0.1', 0, '0', 'x', null, {}].map(shape.isCharged)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
  expect([shape.differs(4, 1.2), shape.differs('2', 2), shape.differs(0, 2)]).toEqual([true, false, false])
})
