import { expect, it } from 'vitest'
import { totalInWords } from '../../../src/report/estimate/total-in-words.ts'
import { everyView, resultWith, sumsOf } from '../documents.ts'

it.each([
  { it: 'a month', totals: { perMonth: sumsOf(2, '92.1667') }, said: '$92.17 a month, expected with caching.' },
  {
    it: 'a month, and runs beside it',
    totals: { perMonth: sumsOf(2, '1451.1'), run: sumsOf(1, '0.058') },
    said: '$1,451 a month, expected with caching; $0.058 for 1 run, expected with caching.',
  },
  {
    it: 'runs alone, of which one is unknown',
    totals: { run: sumsOf(2, null, '5') },
    said: 'at least $5.00 for 2 runs at list price, as not every cost is known.',
  },
  {
    it: 'the list price where the expected cost is known in part',
    totals: {
      perMonth: {
        scenarios: 2,
        costs: { ...everyView(null), headline: '92.1667' },
        at_least: { headline: '92.1667', cached: '5.65' },
      },
    },
    said: '$92.17 a month at list price; with caching at least $5.65 a month, as not every cost is known.',
  },
  { it: 'nothing', totals: { perMonth: sumsOf(2, null) }, said: 'no cost a month is known.' },
])('the total of $it', ({ totals, said }) => {
  expect(totalInWords(resultWith(totals))).toBe(said)
})
