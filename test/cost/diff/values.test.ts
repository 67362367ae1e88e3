import { describe, expect, it } from 'vitest'
import { isSame, shownValue } from '../../../src/cost/diff/values.ts'

describe('two values are the same', () => {
  it.each([
    [{ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [[1, 2], [2, 1], false],
    [0, undefined, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(isSame(a, b)).toBe(same)
  })
})

describe('a value is shown as a file has it', () => {
  it.each([
    ['request.output', 350, 350],
    ['request.turn_gap_s', 90, '90s'],
    ['request.history', true, true],
    ['cache', { policy: 'none' }, 'none'],
    ['cache', { policy: 'prefix', ttl_s: 3600, marks: ['shared'] }, '{policy: prefix, marks: [shared], ttl: 3600s}'],
    ['cache', { policy: 'hit_share', hit_share: 0.85 }, '{hit_share: 0.85}'],
    ['cache', { policy: 'usage', read: 9, write: 1, write_1h: 0, of: 20 }, '{read: 9, write: 1}'],
    ['totals', null, null],
    ['totals', { output: 5, input: 100 }, '{input: 100, output: 5}'],
    ['request', { turns: 1, shared: { mean: '12.5', parts: [] }, turn: 0, history: false }, '{shared: 12.5, turns: 1}'],
  ])('%s: %j', (key, value, shown) => {
    expect(shownValue(key, value, key === 'cache' ? ['policy'] : [])).toBe(shown)
  })
})
