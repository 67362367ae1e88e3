import fc from 'fast-check'
import { expect, it } from 'vitest'
import { percentOf, shareOf } from '../../../src/plan/page/percent-text.ts'

it.each([
  { percent: '50', share: '0.5' },
  { percent: '100', share: '1' },
  { percent: '0', share: '0' },
  { percent: '12.5', share: '0.125' },
  { percent: '7', share: '0.07' },
  { percent: '0.1', share: '0.001' },
])('$percent per cent is the share $share, both ways', ({ percent, share }) => {
  expect(shareOf(percent)).toBe(share)
  expect(percentOf(share)).toBe(percent)
})

it('hands on what is no percentage, for the control to refuse', () => {
  expect(shareOf('-5')).toBe('-5')
  expect(shareOf('many')).toBe('many')
})

it('has no binary noise', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), thousandths => {
      const percent = (thousandths / 1000).toString()
      expect(percentOf(shareOf(percent))).toBe(percent)
    }),
  )
})
