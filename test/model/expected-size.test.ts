import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { expectedSize, positiveExpectedSize } from '../../src/model/expected-size.ts'
import { Expectation } from '../../src/model/number/expectation.ts'
import { positiveSize, size } from '../../src/model/units.ts'

const read = (schema: z.core.$ZodType, value: unknown): unknown => z.safeParse(schema, value).data

it('a count that was multiplied may be a fraction', () => {
  expect(read(expectedSize, new Expectation(1.5))).toBe(1.5)
  expect(read(positiveExpectedSize, new Expectation(0.5))).toBe(0.5)
  expect(read(expectedSize, '1.5K')).toBe(1500)
})

it.each([1.5, '1.5', '0.5 '])('what a file says may not: %s', value => {
  expect(read(expectedSize, value)).toBeUndefined()
  expect(read(positiveExpectedSize, value)).toBeUndefined()
})

it('nodes and turns stay whole', () => {
  expect(read(size, new Expectation(1.5))).toBeUndefined()
  expect(read(positiveSize, new Expectation(1.5))).toBeUndefined()
})
