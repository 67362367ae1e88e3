import { expect, it } from 'vitest'
import { answerOf, basisNotes, outputOf, promptOf } from '../../../src/report/usage/in-words.ts'
import { recordWith, usageOf } from '../../usage/build.ts'

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

it.each([
  [true, 'November 2026 comes to $87.00 at this pace'],
  [false, 'November 2026 comes to at least $87.00 at this pace'],
])('the end of a month that is complete (%s): %s', (complete, words) => {
  const report = usageOf([recordWith({ input: 1_000_000 })])
  const month = {
    month: '2026-11',
    spend: '29',
    of: 'cost',
    hours: 240,
    month_hours: 720,
    end: '87',
    complete,
  } as const
  expect(answerOf({ ...report, month })).toContain(`; ${words}.`)
})

it('says why a month has no pace', () => {
  const short = usageOf([recordWith({ input: 1_000_000 })])
  expect(basisNotes(short)).toContain('No pace for November 2026: its records cover less than 24 hours.')
  const unpriced = { ...short, month: short.month && { ...short.month, spend: null } }
  expect(basisNotes(unpriced)).toContain('No pace for November 2026: nothing of it has a price.')
})
