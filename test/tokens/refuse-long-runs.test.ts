import { expect, it } from 'vitest'
import { refuseLongRuns } from '../../src/tokens/refuse-long-runs.ts'

// A piece is a word; its work is its bytes.
const limits = { piece: 100, work: 250, cost: (bytes: number) => bytes }
const attempt = (text: string) => () => refuseLongRuns(text, /\S+/g, limits)
const run = (length: number, letter = 'a'): string => letter.repeat(length)

it.each([
  { it: 'short words, however many', text: `${run(16)} `.repeat(1000) },
  { it: 'a run of the most bytes', text: run(100) },
  // 3 bytes each: 33 × 3 = 99.
  { it: 'Chinese of the most bytes', text: run(33, '中') },
  { it: 'runs of the most work together', text: [run(100), run(100), run(50)].join(' ') },
])('lets through $it', ({ text }) => {
  expect(attempt(text)).not.toThrow()
})

it.each([
  { it: 'a run of a byte more', text: run(101), what: 'an unbroken run of 101 characters' },
  { it: 'Chinese of a byte more', text: run(34, '中'), what: 'an unbroken run of 34 characters' },
  {
    it: 'runs of more work together',
    text: [run(100), run(100), run(51)].join(' '),
    what: 'too many unbroken runs of letters',
  },
])('refuses $it', ({ text, what }) => {
  expect(attempt(text)).toThrow(what)
})
