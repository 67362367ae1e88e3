import { expect, it } from 'vitest'
import { recordWith, usageOf } from '../build.ts'

const DAY = 86_400_000
const noon = Date.parse('2026-11-10T12:00Z')
const day = (at: string) => recordWith({ at, end: Date.parse(at) + DAY, input: 600, output: 400 })

it.each([
  // From noon on: the day that began at midnight is left out, the one that ends at midnight after --until counts.
  [{ since: noon, until: noon + DAY }, '1 (1,000 tokens) counted whole, 1 (1,000 tokens) left out'],
  [{ since: noon }, '0 (0 tokens) counted whole, 1 (1,000 tokens) left out'],
  [{ until: noon + DAY }, '1 (1,000 tokens) counted whole, 0 (0 tokens) left out'],
])('buckets across a limit are told with their tokens: %j', (limits, what) => {
  const { warnings } = usageOf([day('2026-11-10T00:00Z'), day('2026-11-11T00:00Z')], limits)
  expect(warnings.map(warning => [warning.code, warning.what.split('start: ')[1]])).toEqual([['BUCKETS_CUT', what]])
})

it('buckets that begin or end at a limit are not across it', () => {
  const limits = { since: Date.parse('2026-11-10T00:00Z'), until: Date.parse('2026-11-11T00:00Z') }
  expect(usageOf([day('2026-11-10T00:00Z')], limits).warnings).toEqual([])
})

it('web searches are counted, and said not to be priced', () => {
  const call = { input: 10, output: 10 }
  const { warnings } = usageOf([
    recordWith({ ...call, web_searches: 2 }),
    recordWith({ ...call, web_searches: 1 }),
    recordWith(call),
  ])
  expect(warnings.map(({ code, what }) => [code, what])).toEqual([
    ['SEARCHES_UNPRICED', '3 web searches are not in the cost: price books have tokens alone'],
  ])
})
