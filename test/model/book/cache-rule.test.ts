import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { cacheRuleSchema } from '../../../src/model/book/cache-schema.ts'
import { ruleWith } from '../../cost/build.ts'

it.each([
  { it: 'marks that the caller sets', rule: { match: 'marks' }, taken: true },
  { it: 'the same in as many words', rule: { match: 'marks', marks: 'caller' }, taken: true },
  { it: 'the same by its older name', rule: { match: 'breakpoints' }, taken: true },
  { it: 'a provider’s own mark', rule: { match: 'marks', marks: 'newest' }, taken: true },
  { it: 'one that can be left off', rule: { match: 'marks', marks: 'newest', optional: true }, taken: true },
  { it: 'no marks under blocks', rule: { match: 'blocks', marks: 'newest' }, taken: false },
  { it: 'nor under the older name', rule: { match: 'breakpoints', marks: 'newest' }, taken: false },
  { it: 'no option of the caller’s', rule: { match: 'marks', marks: 'caller', optional: true }, taken: false },
  { it: 'no other words', rule: { match: 'marks', marks: 'oldest' }, taken: false },
])('a book takes $it: $taken', ({ rule, taken }) => {
  expect(z.safeParse(cacheRuleSchema, { ...ruleWith(), ...rule }).success).toBe(taken)
})
