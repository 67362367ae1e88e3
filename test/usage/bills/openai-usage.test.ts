import { expect, it } from 'vitest'
import { openaiUsage } from '../../../src/usage/bills/openai-usage.ts'
import { takeFiles } from '../take-values.ts'

const span = { start_time: 1_790_812_800, end_time: 1_790_899_200 }

/** The counts of a result, and of the same as a row of CSV. */
const readBoth = (counts: Readonly<Record<string, number | null>>) => {
  const page = { data: [{ ...span, results: [{ model: 'm', ...counts }] }] }
  const texts = Object.entries(counts).map(([key, count]) => [key, count === null ? '' : `${count}.0`])
  const row = { start_time: '1790812800', end_time: '1790899200', model: 'm', ...Object.fromEntries(texts) }
  return [takeFiles(openaiUsage, 'json', [page]), takeFiles(openaiUsage, 'csv', [row])].map(
    ({ records, readings }) => ({
      counts: records.map(({ input, cache_read, cache_write }) => [input, cache_read, cache_write]),
      found: Object.keys(readings[0]?.conventions ?? {}),
    }),
  )
}

// Uncached is input - cached - write.
it.each([
  ['writes that stand in no column', { input_uncached_tokens: 700 }, [700, 200, 100], 'input includes the cache'],
  ['no writes', { input_uncached_tokens: 800 }, [800, 200, 0], 'input includes the cache'],
  [
    'writes that are told',
    { input_uncached_tokens: 700, input_cache_write_tokens: 100 },
    [700, 200, 100],
    'input includes the cache',
  ],
  ['an empty column of writes', { input_uncached_tokens: 700, input_cache_write_tokens: null }, [700, 200, 100], null],
  ['nothing but the input', {}, [800, 200, 0], 'input includes the cache'],
  [
    'a rest that the writes deny',
    { input_uncached_tokens: 700, input_cache_write_tokens: 50 },
    [750, 200, 50],
    'input_uncached_tokens is not the rest',
  ],
  ['more than the rest', { input_uncached_tokens: 900 }, [800, 200, 0], 'input_uncached_tokens is not the rest'],
])('reads %s', (_, more, counts, found) => {
  const given = { input_tokens: 1000, output_tokens: 10, input_cached_tokens: 200, ...more }
  for (const read of readBoth(given as Readonly<Record<string, number | null>>)) {
    expect(read.counts).toEqual([counts])
    if (found !== null) expect(read.found).toEqual([found])
  }
})

it('keeps reads that are not told unknown, whatever the rest is', () => {
  for (const { counts } of readBoth({ input_tokens: 1000, output_tokens: 10, input_cached_tokens: null })) {
    expect(counts).toEqual([[1000, null, 0]])
  }
})
