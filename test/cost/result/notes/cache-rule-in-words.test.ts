import { expect, it } from 'vitest'
import { ruleInWords } from '../../../../src/cost/result/notes/cache-rule-in-words.ts'
import { ruleWith } from '../../build.ts'

it('puts a cache rule into words', () => {
  expect(
    ruleInWords('Acme', ruleWith({ block: 64, minimum: 128, assumed: ['block', 'stores_output'] }), { ttl_s: 5400 }),
  ).toBe(
    "Acme's cache: the longest prefix sent before, in whole blocks of 64 tokens, from 128 tokens on, " +
      'kept 90 minutes; not published, so assumed: block, stores output',
  )
})
