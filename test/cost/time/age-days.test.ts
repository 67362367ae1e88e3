import { describe, expect, it } from 'vitest'
import { ageDays } from '../../../src/cost/time/age-days.ts'

describe('ageDays', () => {
  it.each([
    ['2026-01-01', 0],
    ['2025-06-01', 0],
    ['2026-01-02T23:59Z', 1],
    // 2026 is no leap year: 31 + 28 days.
    ['2026-03-01', 59],
  ])('at %s is %i', (at, days) => {
    expect(ageDays('2026-01-01', at)).toBe(days)
  })
})
