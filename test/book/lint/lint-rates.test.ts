import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintRow } from '../../../src/book/lint/lint-rates.ts'
import type { Price, Tier, Window } from '../../../src/model/book/book.ts'
import { rowWith } from '../../cost/build.ts'

/** Findings as `CODE path`, below a path of their own. */
const findingsOf = (row: Partial<Price>): string[] =>
  lintRow(rowWith(row), ['models', 7]).map(({ code, path }) => `${code} ${path?.join('.')}`)

const rates = { input: '1', cache_read: '0.1', output: '2' }

describe('two windows overlap where a minute of the week is in both', () => {
  const window = (more: Partial<Window>): Window => ({
    ...rates,
    name: 'peak',
    timezone: 'UTC',
    weekdays: ['mon'],
    hours: ['09:00-12:00'],
    holidays: 'apply',
    ...more,
  })

  it.each<{ it: string; other: Partial<Window>; overlap: boolean }>([
    { it: 'hours that touch', other: { hours: ['12:00-13:00'] }, overlap: false },
    { it: 'a minute of both', other: { hours: ['11:59-13:00'] }, overlap: true },
    { it: 'the second stretch of the other', other: { hours: ['06:00-07:00', '08:00-09:01'] }, overlap: true },
    { it: 'the same hours of another day', other: { weekdays: ['tue'] }, overlap: false },
    // From Sunday 22:00 to Monday 10:00, over the end of the week.
    { it: 'a night that begins the day before', other: { weekdays: ['sun'], hours: ['22:00-10:00'] }, overlap: true },
    { it: 'a night that begins on the day', other: { hours: ['22:00-10:00'] }, overlap: false },
    { it: 'the same hours on holidays or not', other: { holidays: 'except' }, overlap: false },
    { it: 'the same hours elsewhere', other: { timezone: 'Asia/Shanghai' }, overlap: false },
  ])('$it', ({ other, overlap }) => {
    const windows = [window({}), window({ name: 'other', ...other })]
    expect(findingsOf({ windows })).toEqual(overlap ? ['WINDOWS_OVERLAP models.7.windows.1.hours'] : [])
  })

  it('once for each window, by the name of the one that has its hours', () => {
    const windows = [window({}), window({ name: 'noon', hours: ['11:00-14:00'] }), window({ hours: ['13:00-15:00'] })]
    expect(lintRow(rowWith({ windows }), []).map(({ path, what }) => [path?.[1], what])).toEqual([
      [1, expect.stringContaining('belong to peak,')],
      [2, expect.stringContaining('belong to noon,')],
    ])
  })
})

it.each<{ it: string; tiers: readonly (readonly [Tier['operator'], number])[]; finds: readonly string[] }>([
  {
    it: 'thresholds apart',
    tiers: [
      ['>', 1000],
      ['>', 2000],
    ],
    finds: [],
  },
  {
    // A prompt of just 1,000 tokens tells them apart.
    it: 'above a threshold, and from it on',
    tiers: [
      ['>', 1000],
      ['>=', 1000],
    ],
    finds: [],
  },
  {
    it: 'one threshold three times',
    tiers: [
      ['>', 1000],
      ['>', 1000],
      ['>', 1000],
    ],
    finds: ['TIER_TWICE models.7.tiers.1.threshold', 'TIER_TWICE models.7.tiers.2.threshold'],
  },
])('tiers: $it', ({ tiers, finds }) => {
  expect(findingsOf({ tiers: tiers.map(([operator, threshold]) => ({ ...rates, operator, threshold })) })).toEqual(
    finds,
  )
})

describe('the noise of binary fractions', () => {
  const fixesOf = (input: string): string[] => lintRow(rowWith({ input }), []).map(({ fix }) => fix)

  it.each<{ input: string; meant: string | null }>([
    // 0.1 + 0.2, 4 × 0.07 and 1.1 − 0.2 as a program has them.
    { input: '0.30000000000000004', meant: '0.3' },
    { input: '0.28000000000000003', meant: '0.28' },
    { input: '0.9000000000000001', meant: '0.9' },
    { input: '1.000001', meant: null },
    { input: '1.0000001', meant: '1' },
    { input: '0.49999998', meant: '0.5' },
    { input: '0.1234567890123', meant: '0.123456789' },
    { input: '0.123456789012', meant: null },
    { input: '1.100000000', meant: null },
  ])('$input is meant to be $meant', ({ input, meant }) => {
    expect(fixesOf(input)).toEqual(meant === null ? [] : [`write ${JSON.stringify(meant)}`])
  })

  it('is gone from what the fix says to write', () => {
    const noisy = fc
      .record({
        begin: fc.nat({ max: 999 }),
        run: fc.integer({ min: 6, max: 12 }),
        digit: fc.constantFrom('0', '9'),
        end: fc.integer({ min: 1, max: 99 }),
      })
      .map(({ begin, run, digit, end }) => `1.${begin}${digit.repeat(run)}${end}`)
    fc.assert(
      fc.property(noisy, input => {
        const [fix = ''] = fixesOf(input)
        expect(fixesOf(JSON.parse(fix.replace('write ', '')))).toEqual([])
      }),
    )
  })
})

it('batches of a tier and of hours are held to the rates of the same tier and hours, not to those of the row', () => {
  // $1.50 is above the row’s $1, and below the tier’s $3.
  const tier = { ...rates, input: '3', threshold: 1000, operator: '>' } as const
  expect(findingsOf({ tiers: [{ ...tier, batch: { input: '1.5', output: '1' } }] })).toEqual([])
  expect(findingsOf({ tiers: [{ ...tier, batch: { input: '3.01', output: '1' } }] })).toEqual([
    'BATCH_ABOVE_NORMAL models.7.tiers.0.batch.input',
  ])
})
