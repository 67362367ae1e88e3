import { describe, expect, it } from 'vitest'
import type { Cause } from '../../../src/model/result/cause.ts'
import { causeList, causeWords, largestCauses, roundedEffects } from '../../../src/report/figures/causes.ts'

const said = (words: ReturnType<typeof causeWords>): string =>
  words.map(one => (typeof one === 'string' ? one : one.text)).join('')

const cause = (own: Partial<Cause> = {}): Cause => ({ key: 'request.output', from: 350, to: 900, effect: '1', ...own })

describe('a cause in words', () => {
  it.each<[Partial<Cause>, string]>([
    [{}, 'output 350 → 900'],
    [{ key: 'traffic.requests', from: 1000, to: 1200 }, 'traffic.requests 1,000 → 1,200'],
    [{ key: 'request.shared', part: 'system.md', from: 1204, to: 5310 }, 'shared: system.md 1,204 → 5,310 tokens'],
    [{ key: 'request.shared', part: 'tools.json', from: null, to: 747 }, 'shared: tools.json 0 → 747 tokens'],
    [{ key: 'request.turn', part: 'b.md', was: 'a.md', from: 9, to: 8 }, 'turn: b.md 9 → 8 tokens (was a.md)'],
    [{ key: 'request.turn', part: 'b.md', was: 'number', from: 9, to: 8 }, 'turn: b.md 9 → 8 tokens (was a number)'],
    [{ key: 'request.turn', from: '300.25', to: 301 }, 'turn 300.2 → 301'],
    [
      { key: 'cache', from: 'prefix', to: '{policy: prefix, ttl: 3600s}' },
      'cache prefix → {policy: prefix, ttl: 3600s}',
    ],
    [{ key: 'request.history', from: false, to: true }, 'history false → true'],
    [{ key: 'region', from: null, to: 'us' }, 'region none → us'],
    [{ key: 'self_host', from: null, to: null }, 'self_host changed'],
    [{ with: [{ key: 'request.reasoning', from: 0, to: 200 }] }, 'output 350 → 900 with reasoning 0 → 200'],
    [{ with: ['a', 'b', 'c'].map(key => ({ key, from: 0, to: 1 })) }, 'output 350 → 900 with a 0 → 1 and 2 more'],
  ])('%o', (own, words) => {
    expect(said(causeWords(cause(own)))).toBe(words)
  })

  it('keeps the ends of a long name', () => {
    const part = `prompts/${'x'.repeat(200)}/system.md`
    const words = said(causeWords(cause({ part })))
    expect(words.length).toBeLessThan(80)
    expect(words).toMatch(/^output: prompts\/x+…x+\/system\.md 350 → 900 tokens$/)
  })
})

it('the largest causes are those that move most, either way, and none that moves nothing', () => {
  const all = ['2', '-5', '0', '1', '3'].map(effect => cause({ effect }))
  expect(largestCauses(all).map(({ effect }) => effect)).toEqual(['-5', '3', '2'])
  expect(said(causeList(largestCauses(all, 2)))).toBe('output 350 → 900 (-$5.00); output 350 → 900 (+$3.00)')
  expect(largestCauses(null)).toEqual([])
})

it('rounded effects add up to their rounded sum: three thirds of a dollar are a dollar', () => {
  // Cumulated 0.333, 0.666, 0.999: rounded 0.33, 0.67, 1.00.
  expect(roundedEffects(['0.333', '0.333', '0.333'], 2)).toEqual(['0.33', '0.34', '0.33'])
  expect(
    roundedEffects(
      [
        { low: '0.004', high: '1' },
        { low: '0.004', high: '-1' },
      ],
      2,
    ),
  ).toEqual([
    { low: '0', high: '1' },
    { low: '0.01', high: '-1' },
  ])
})
