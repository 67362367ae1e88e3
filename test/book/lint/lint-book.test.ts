import { describe, expect, it } from 'vitest'
import { lintBook } from '../../../src/book/lint/lint-book.ts'
import { loadBook } from '../../../src/index.ts'
import type { Model, Price } from '../../../src/model/book/book.ts'
import { bookWith, modelWith, type Parts, rowWith } from '../../cost/build.ts'

/** Findings as `CODE path.below.the.model`. */
const findingsOf = (parts: Parts): string[] =>
  lintBook(bookWith(parts)).map(({ code, path }) => `${code} ${path?.slice(2).join('.')}`)

const own = { input: '1', cache_read: '0.1', output: '2' }
const batch = (rates: object): Partial<Price> => ({ batch: { input: '0.5', output: '1', ...rates } })
const window = { name: 'peak', timezone: 'UTC', weekdays: ['mon'], hours: ['09:00-12:00'], holidays: 'apply' } as const

describe('lintBook', () => {
  it.each<{ it: string; row: Partial<Price>; finds: readonly string[] }>([
    { it: 'a price with nothing wrong', row: {}, finds: [] },
    { it: 'the least that is believed', row: { cache_read: '0.0001' }, finds: [] },
    { it: 'less than that', row: { cache_read: '0.00009' }, finds: ['MAGNITUDE prices.0.cache_read'] },
    { it: 'the most that is believed', row: { output: '1000' }, finds: [] },
    { it: 'more than that', row: { output: '1000.01' }, finds: ['MAGNITUDE prices.0.output'] },
    { it: 'USD per token instead of per 1M', row: { output: '0.000002' }, finds: ['MAGNITUDE prices.0.output'] },
    { it: 'free', row: { input: '0', cache_read: '0', output: '0' }, finds: [] },
    { it: 'unknown and not offered', row: { input: null, cache_read: 'not_offered' }, finds: [] },
    {
      it: 'a storage rate too',
      row: { cache_storage_hour: '4500' },
      finds: ['MAGNITUDE prices.0.cache_storage_hour'],
    },
    { it: 'reads as dear as input', row: { cache_read: '1' }, finds: [] },
    { it: 'reads above input', row: { cache_read: '1.01' }, finds: ['READ_ABOVE_INPUT prices.0.cache_read'] },
    { it: 'an hour as dear as five minutes', row: { cache_write: '2', cache_write_1h: '2' }, finds: [] },
    {
      it: 'an hour below five minutes',
      row: { cache_write: '2', cache_write_1h: '1.99' },
      finds: ['LONG_WRITE_BELOW_SHORT prices.0.cache_write_1h'],
    },
    { it: 'batch as dear as normal', row: batch({ input: '1', output: '2' }), finds: [] },
    {
      it: 'batch above normal, meter by meter',
      row: batch({ input: '1.1', cache_read: '0.2', output: '1' }),
      finds: ['BATCH_ABOVE_NORMAL prices.0.batch.input', 'BATCH_ABOVE_NORMAL prices.0.batch.cache_read'],
    },
    {
      it: 'the magnitude of a batch rate',
      row: batch({ input: '0.0000005' }),
      finds: ['MAGNITUDE prices.0.batch.input'],
    },
    { it: 'the noise of 0.1 + 0.2', row: { input: '0.30000000000000004' }, finds: ['FLOAT_NOISE prices.0.input'] },
    { it: 'the noise of 1.1 − 0.2', row: { input: '0.9000000000000001' }, finds: ['FLOAT_NOISE prices.0.input'] },
    {
      it: 'the noise of 0.28 as 0.2799999…',
      row: { input: '0.27999999999999997' },
      finds: ['FLOAT_NOISE prices.0.input'],
    },
    { it: 'six honest decimals', row: { cache_read: '0.003625' }, finds: [] },
    {
      it: 'the rates of a tier',
      row: { tiers: [{ ...own, cache_read: '5', threshold: 1000, operator: '>' }] },
      finds: ['READ_ABOVE_INPUT prices.0.tiers.0.cache_read'],
    },
    {
      it: 'the rates of a window',
      row: { windows: [{ ...own, ...window, input: '1001' }] },
      finds: ['MAGNITUDE prices.0.windows.0.input'],
    },
    {
      it: 'tiers and windows in one row',
      row: { tiers: [{ ...own, threshold: 1000, operator: '>' }], windows: [{ ...own, ...window }] },
      finds: ['TIERS_AND_WINDOWS prices.0'],
    },
    { it: 'a source nobody describes', row: { source: 'hearsay' }, finds: ['NO_SOURCE prices.0.source'] },
    {
      it: 'others beside it',
      row: { also: ['rumour', 'made-up', 'hearsay'] },
      finds: ['NO_SOURCE prices.0.also.0', 'NO_SOURCE prices.0.also.2'],
    },
    { it: 'a cache rule nobody describes', row: { cache: 'magic' }, finds: ['NO_RULE prices.0.cache'] },
    { it: 'a row that ends before it begins', row: { to: '2025-12-31' }, finds: ['ROW_EMPTY prices.0.to'] },
  ])('finds $finds in $it', ({ row, finds }) => {
    expect(findingsOf({ row })).toEqual(finds)
  })

  it.each<{ it: string; spans: readonly (readonly [string, string | null])[]; finds: readonly string[] }>([
    {
      it: 'rows that touch',
      spans: [
        ['2025-01-01', '2025-02-01T12:00Z'],
        ['2025-02-01T12:00Z', null],
      ],
      finds: [],
    },
    {
      it: 'a minute priced twice',
      spans: [
        ['2025-01-01', '2025-02-01T00:01Z'],
        ['2025-02-01', null],
      ],
      finds: ['ROWS_OVERLAP prices.1.from'],
    },
    {
      it: 'a row after an open one',
      spans: [
        ['2025-01-01', null],
        ['2025-02-01', null],
      ],
      finds: ['ROWS_OVERLAP prices.1.from'],
    },
    {
      it: 'a minute priced never',
      spans: [
        ['2025-01-01', '2025-02-01'],
        ['2025-02-01T00:01Z', null],
      ],
      finds: ['ROWS_GAP prices.1.from'],
    },
    {
      it: 'rows out of order, which are put in order when they are read',
      spans: [
        ['2025-02-01', null],
        ['2025-01-01', '2025-02-01'],
      ],
      finds: [],
    },
    {
      it: 'rows out of order that overlap',
      spans: [
        ['2025-02-01', null],
        ['2025-01-01', '2025-02-02'],
      ],
      finds: ['ROWS_OVERLAP prices.0.from'],
    },
    {
      it: 'a short row inside a long one, and a row after the short one',
      spans: [
        ['2025-01-01', '2026-01-01'],
        ['2025-02-01', '2025-03-01'],
        ['2025-04-01', null],
      ],
      finds: ['ROWS_OVERLAP prices.1.from', 'ROWS_OVERLAP prices.2.from'],
    },
    {
      it: 'a row twice',
      spans: [
        ['2025-01-01', null],
        ['2025-01-01', null],
      ],
      finds: ['ROWS_OVERLAP prices.1.from'],
    },
  ])('finds $finds in $it', ({ spans, finds }) => {
    expect(findingsOf({ model: { prices: spans.map(([from, to]) => rowWith({ from, to })) } })).toEqual(finds)
  })

  it.each<{ it: string; models: readonly Model[]; paths: readonly string[] }>([
    { it: 'different names', models: [modelWith({ id: 'a' }), modelWith({ id: 'ab' })], paths: [] },
    {
      it: 'an alias claimed twice, in other case',
      models: [modelWith({ id: 'a', aliases: ['latest'] }), modelWith({ id: 'b', aliases: ['x', 'LATEST'] })],
      paths: ['models.1.aliases.1'],
    },
    {
      it: 'an alias that is another model’s id',
      models: [modelWith({ id: 'a' }), modelWith({ id: 'b', aliases: ['A'] })],
      paths: ['models.1.aliases.0'],
    },
    { it: 'an id claimed twice', models: [modelWith({ id: 'a' }), modelWith({ id: 'a' })], paths: ['models.1.id'] },
  ])('finds $paths in $it', ({ models, paths }) => {
    const found = lintBook(bookWith({ models }))
    expect(found.map(({ code, path }) => `${code} ${path?.join('.')}`)).toEqual(
      paths.map(path => `ALIAS_TWICE ${path}`),
    )
  })

  it('finds an alias that is another model behind its provider', () => {
    const models = [modelWith({ id: 'a', aliases: ['acme/b'] }), modelWith({ id: 'b' })]
    expect(lintBook(bookWith({ models })).map(({ code }) => code)).toEqual(['ALIAS_TWICE'])
  })

  it('finds a provider nobody describes', () => {
    expect(findingsOf({ model: { provider: 'nobody' } })).toEqual(['UNKNOWN_PROVIDER provider'])
  })

  it.each(['2026-05-15', '2026-11-23'])('finds nothing in the book %s that ships', async version => {
    expect(lintBook((await loadBook(version)).book)).toEqual([])
  })

  it('finds everything at once, with something to type', () => {
    const found = lintBook(bookWith({ row: { input: '5000', cache_read: '6000', source: 'hearsay' } }))
    expect(found.map(({ code }) => code)).toEqual(['MAGNITUDE', 'MAGNITUDE', 'READ_ABOVE_INPUT', 'NO_SOURCE'])
    for (const { fix, exit } of found) expect([fix === '', exit]).toEqual([false, 2])
  })
})
