import { expect, it } from 'vitest'
import { FORMATS } from '../../../src/usage/formats/index.ts'
import { openUsage } from '../../../src/usage/formats/open-usage.ts'

const DAY = 86_400
const usage = (day: number, more: object) => ({
  ...more,
  data: [
    { start_time: day * DAY, end_time: (day + 1) * DAY, results: [{ model: 'm', input_tokens: 1, output_tokens: 1 }] },
  ],
})
const cost = (day: number, more: object) => ({
  ...more,
  data: [{ starting_at: `2026-10-0${day}`, ending_at: `2026-10-1${day}`, results: [{ amount: '5', currency: 'USD' }] }],
})
const logs = (page: number, total_pages: number) => ({
  ...{ page, total_pages },
  data: [{ id: `c${page}`, model: 'm', created: 1, usage: { prompt_tokens: 1, completion_tokens: 1 } }],
})
const observations = (page: number) => ({
  meta: { page, totalPages: 2 },
  data: [{ id: `o${page}`, traceId: 't', type: 'SPAN', startTime: '2026-10-01' }],
})

/** The files, from 1, that lack pages. */
const lacking = (...files: readonly unknown[]): number[] => {
  const run = openUsage(FORMATS, () => {})
  const readings = files.map((value, i) => {
    const file = run.open(`page-${i}.json`)
    file.take(value, 'json', { line: 1, byte: 0 })
    file.end()
    return file.reading
  })
  run.end()
  return readings.flatMap(({ lacksPages }, i) => (lacksPages ? [i + 1] : []))
}

const [more, last] = [
  { has_more: true, next_page: 'p' },
  { has_more: false, next_page: null },
]

it.each([
  ['a page that says so', [usage(1, more)], [1]],
  ['a token of the next alone', [usage(1, { next_page: 'p' })], [1]],
  ['a cost report', [cost(1, more)], [1]],
  ['a page within a list', [[usage(1, more)]], [1]],
  ['the second of three', [usage(1, more), usage(2, more)], [2]],
  ['all of them', [usage(1, more), usage(2, last)], []],
  ['all of them, out of order', [usage(1, more), usage(10, last), usage(2, more)], []],
  ['a last page without buckets', [usage(1, more), { data: [], ...last }], []],
  ['costs, beside usage to its end', [usage(1, more), usage(2, last), cost(1, more)], [3]],
  ['a page that says nothing', [usage(1, {})], []],
  ['a number of so many', [logs(1, 2)], [1]],
  ['both of them', [logs(2, 2), logs(1, 2)], []],
  ['Langfuse’s, which count too', [observations(1)], [1]],
  ['Langfuse’s to their end', [observations(1), observations(2)], []],
])('%s', (_, files, expected) => {
  expect(lacking(...files)).toEqual(expected)
})
