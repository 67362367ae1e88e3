import { expect, it } from 'vitest'
import { exact } from '../../../src/model/number/money.ts'
import { groupedTokens } from '../../../src/plan/advise/grouped-tokens.ts'

it.each([
  ['0', '0'],
  ['999', '999'],
  ['1024', '1,024'],
  ['1234567', '1,234,567'],
  ['12.3', '12.3'],
  ['1150.04', '1,150'],
])('writes %s tokens as %s', (tokens, words) => {
  expect(groupedTokens(exact(tokens))).toBe(words)
})
