import { expect, it } from 'vitest'
import { outputOf, promptOf } from '../../../src/report/usage/in-words.ts'

const none = { input: null, cache_read: null, cache_write: null, cache_write_1h: null, output: null }

it.each([
  ['1,118,237', '45,900', { untold: [], cost: '1' }],
  ['≥ 1,118,237', '45,900', { untold: ['cache_read'], cost: null }],
  // A cost that is known has no use for the meter.
  ['1,118,237', '45,900', { untold: ['cache_write'], cost: '1' }],
  ['≥ 1,118,237', '≥ 45,900', { untold: ['input', 'output'], cost: null }],
  ['unknown', 'unknown', { untold: ['input', 'output'], cost: null, tokens: none }],
] as const)('tokens are %s in, %s out', (sent, output, of) => {
  const tokens = { input: 105_237, cache_read: 912_000, cache_write: 101_000, cache_write_1h: null, output: 45_900 }
  const counts = { tokens, ...of, untold: [...of.untold] }
  expect([promptOf(counts), outputOf(counts)]).toEqual([sent, output])
})
