import { expect, it } from 'vitest'
import { leftOut } from '../../../src/report/estimate/left-out.ts'

const because = (why: string, count: number) => Array.from({ length: count }, (_, i) => ({ model: `m${i}`, why }))

// A reason is told as of one model; of several it agrees with them.
it.each<{ it: string; skipped: ReturnType<typeof because>; said: string }>([
  { it: 'one', skipped: because('has no price at 2026-01-01', 1), said: 'Left out: m0 (has no price at 2026-01-01).' },
  {
    it: 'two',
    skipped: because('has no price at 2026-01-01', 2),
    said: 'Left out: m0, m1 (have no price at 2026-01-01).',
  },
  {
    it: 'two by their context',
    skipped: because('its context of 9 tokens is too short for 10', 2),
    said: 'Left out: m0, m1 (their context of 9 tokens is too short for 10).',
  },
  {
    it: 'many, by the kind of the reason, without advice',
    skipped: [
      ...because('has no known input rate: nobody says', 7),
      { model: 'x', why: 'totals show no prefixes that could repeat; state cache: none' },
    ],
    said: 'Left out: 7 models (have no known input rate), x (totals show no prefixes that could repeat); --explain gives the reason for each.',
  },
])('$it', ({ skipped, said }) => {
  expect(leftOut(skipped, false)).toEqual([said])
})
