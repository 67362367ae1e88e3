import { expect, it } from 'vitest'
import type { Warning } from '../../../src/model/result/result.ts'
import { andAlike, groupAlike } from '../../../src/report/blocks/alike-warnings.ts'

const warning = (what: string, more: Partial<Warning> = {}): Warning => ({
  code: 'PRICE_OLD',
  what,
  fix: 'check it',
  at: null,
  ...more,
})

it('warnings that many models share are one, with the first three and a count of the rest', () => {
  const [old, ...others] = groupAlike([
    warning('a'),
    warning('apart', { code: 'TIER_UNKNOWN' }),
    ...['b', 'c', 'd', 'e'].map(what => warning(what)),
  ])
  expect(old).toMatchObject({ whats: ['a', 'b', 'c'], more: 2 })
  expect(old && andAlike(old)).toBe('and 2 more PRICE_OLD: --json has them all')
  expect(others.map(({ whats, more }) => [whats, more])).toEqual([[['apart'], 0]])
  expect(others.map(andAlike)).toEqual([''])
})

it('warnings with other places or fixes stay apart', () => {
  const all = [warning('a', { at: 'x.yaml:1:1' }), warning('a', { at: 'y.yaml:1:1' }), warning('a', { fix: 'else' })]
  expect(groupAlike(all)).toHaveLength(3)
})
