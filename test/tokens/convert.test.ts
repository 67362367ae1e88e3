import fc from 'fast-check'
import { expect, it } from 'vitest'
import { convertTokens, ratioBetween } from '../../src/tokens/convert.ts'

const exactly = { percent: 100, low: 100, high: 100 }
const dense = { percent: 118, low: 95, high: 140 }

// The stated factors give the figure, and the furthest ends of both bands its ends, rounded outwards.
it.each<{ it: string; tokens: number; from: typeof dense; to: typeof dense; count: object }>([
  {
    it: '1,000 × 1.18, from 0.95 to 1.40',
    tokens: 1000,
    from: exactly,
    to: dense,
    count: { tokens: 1180, low: 950, high: 1400 },
  },
  // 1180 ÷ 1.18; 1180 ÷ 1.40 = 842.857…; 1180 ÷ 0.95 = 1242.105…
  { it: 'and back', tokens: 1180, from: dense, to: exactly, count: { tokens: 1000, low: 842, high: 1243 } },
  { it: 'nothing stays nothing', tokens: 0, from: exactly, to: dense, count: { tokens: 0, low: 0, high: 0 } },
])('$it', ({ tokens, from, to, count }) => {
  expect(convertTokens(tokens, from, to)).toEqual(count)
})

it('the figure lies within its band', () => {
  const factor = fc
    .tuple(fc.integer({ min: 50, max: 100 }), fc.nat({ max: 50 }), fc.nat({ max: 50 }))
    .map(([low, up, more]) => ({ low, percent: low + up, high: low + up + more }))
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 9 }), factor, factor, (tokens, from, to) => {
      const { low, tokens: middle, high } = convertTokens(tokens, from, to)
      expect(low <= middle && middle <= high).toBe(true)
    }),
  )
})

it('the ratio has two decimals: 118 ÷ 100', () => {
  expect(ratioBetween(exactly, dense)).toBe('1.18')
})
