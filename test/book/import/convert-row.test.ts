import { describe, expect, it } from 'vitest'
import type { ListedRow } from '../../../src/book/import/catalogue.ts'
import type { ImportCode } from '../../../src/book/import/codes.ts'
import { convertRow } from '../../../src/book/import/convert-row.ts'

const convert = (row: ListedRow, entry = {}, silence: null | 'not_offered' = null) => {
  const notes = new Set<ImportCode>()
  return { made: convertRow(row, entry, { unit: 'million', silence, notes }), notes: [...notes] }
}

describe('a rate that is missing or 0 is no price', () => {
  it.each<{ it: string; row: ListedRow; entry?: object; made: unknown; notes?: ImportCode[] }>([
    { it: 'no rates', row: { rates: {} }, made: 'NO_PRICE' },
    { it: '0 in and out', row: { rates: { input: 0, output: 0 } }, made: 'ZERO_PRICE' },
    { it: '0 in and no output', row: { rates: { input: 0 } }, made: 'ZERO_PRICE' },
    {
      it: 'a tier at 0',
      row: { rates: { input: 1, output: 2 }, tiers: [{ threshold: 9, operator: '>', input: 0, output: 0 }] },
      made: 'ZERO_PRICE',
    },
    { it: 'no number', row: { rates: { input: 'x', output: 2 } }, made: 'NOT_A_RATE' },
    { it: 'a negative rate', row: { rates: { input: 1, output: 2, cache_read: -1 } }, made: 'NOT_A_RATE' },
    {
      it: '0 out alone',
      row: { rates: { input: 1, output: 0 } },
      made: { input: '1', cache_read: null, output: null },
      notes: ['ZERO_RATE'],
    },
    {
      it: 'cache read and write at 0',
      row: { rates: { input: 1, output: 2, cache_read: 0, cache_write: 0, cache_write_1h: 0 } },
      made: { input: '1', cache_read: null, output: '2' },
      notes: ['ZERO_CACHE'],
    },
    {
      it: 'free by its name',
      row: { rates: { input: 0, output: 0 } },
      entry: { free: true },
      made: { input: '0', cache_read: null, output: '0' },
    },
    {
      it: 'an embedding',
      row: { rates: { input: 0.02 } },
      entry: { embedding: true },
      made: { input: '0.02', cache_read: 'not_offered', output: 'not_offered' },
    },
    {
      it: 'output that depends on reasoning',
      row: { rates: { input: 1, output: 2 }, outputUnknown: true },
      made: { input: '1', cache_read: null, output: null },
    },
  ])('$it', ({ row, entry = {}, made, notes = [] }) => {
    expect(convert(row, entry)).toEqual({ made, notes })
  })
})

it('takes the silence of a list that says all it has for "not offered"', () => {
  expect(convert({ rates: { input: 1, output: 2 } }, {}, 'not_offered').made).toMatchObject({
    cache_read: 'not_offered',
  })
})

it('keeps tiers, hours and batch rates', () => {
  const hours = { name: 'n', timezone: 'UTC', weekdays: ['mon'], hours: ['00:00-01:00'], holidays: 'apply' } as const
  const row: ListedRow = {
    rates: { input: 1, output: 2, cache_write: 1.25 },
    tiers: [{ threshold: 9, operator: '>=', input: 2, output: 3, cache_read: 0.2 }],
    windows: [{ hours, rates: { input: 0.5, output: 1 } }],
    batch: { input: 0.5 },
  }
  expect(convert(row).made).toEqual({
    ...{ input: '1', cache_read: null, cache_write: '1.25', output: '2' },
    batch: { input: '0.5', cache_read: null, output: null },
    tiers: [{ threshold: 9, operator: '>=', input: '2', cache_read: '0.2', output: '3' }],
    base_window: 'otherwise',
    windows: [{ ...hours, input: '0.5', cache_read: null, output: '1' }],
  })
})

it('refuses more tiers than a row may have', () => {
  const tiers = Array.from({ length: 25 }, (_, i) => ({
    threshold: i + 1,
    operator: '>' as const,
    input: 1,
    output: 2,
  }))
  expect(convert({ rates: { input: 1, output: 2 }, tiers }).made).toBe('NOT_A_RATE')
})

it('says where a number that it drops was noisy', () => {
  expect(convert({ rates: { input: 1, output: 2 }, dropped: [0.1 + 0.2] }).notes).toEqual(['FLOAT_NOISE'])
})
