import { expect, it } from 'vitest'
import { leftOut } from '../../../src/report/estimate/left-out.ts'

const because = (why: string, count: number, kind?: string) =>
  Array.from({ length: count }, (_, i) => ({ model: `m${i}`, why, kind }))

// A reason reads the same of one model and of several.
it.each<{ it: string; skipped: ReturnType<typeof because>; said: string }>([
  { it: 'one', skipped: because('no price at 2026-01-01', 1), said: 'Left out: m0 (no price at 2026-01-01).' },
  {
    it: 'two',
    skipped: because('no price at 2026-01-01', 2),
    said: 'Left out: m0, m1 (no price at 2026-01-01).',
  },
  {
    it: 'two by their context',
    skipped: because('a context of 9 tokens is too short for 10', 2),
    said: 'Left out: m0, m1 (a context of 9 tokens is too short for 10).',
  },
  {
    it: 'many, by the kind of the reason',
    skipped: [
      ...because('no known input rate: nobody says', 7, 'no known input rate'),
      ...because('totals show no prefixes that could repeat', 1),
    ],
    said: 'Left out: 7 models (no known input rate), m0 (totals show no prefixes that could repeat); --explain gives the reason for each.',
  },
])('$it', ({ skipped, said }) => {
  expect(leftOut(skipped, false)).toEqual([said])
})
