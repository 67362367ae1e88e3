import { expect, it } from 'vitest'
import { Expectation } from '../../../src/model/number/expectation.ts'

it('an expectation prints as its number', () => {
  expect(JSON.stringify({ requests: new Expectation(500.5) })).toBe('{"requests":500.5}')
})
