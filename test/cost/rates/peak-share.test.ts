import { describe, expect, it } from 'vitest'
import { loadBook } from '../../../src/index.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { bookWith, codesOf, MILLION, resultOf } from '../build.ts'

const { book: market } = await loadBook('2026-11-23')

const inWeek = (traffic: Partial<Traffic>, at = '2026-11-23') =>
  resultOf({ model: 'deepseek-v4-pro', at, traffic: { per: 'week', ...traffic }, request: { turn: MILLION } }, market)
const peakShare = (traffic: Partial<Traffic>, at?: string): number | undefined => inWeek(traffic, at).windows[0]?.share
/** Traffic in some hours of the day alone. */
const weights = (hours: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: 24 }, (_, hour) => hours[hour] ?? 0)

// DeepSeek's peak is 09–12 and 14–18 in Beijing, Monday to Friday: 7 × 5 = 35 of 168 hours.
describe('a date spreads traffic over a plain week', () => {
  it.each<{ it: string; traffic: Partial<Traffic>; share: number }>([
    { it: 'flat traffic meets 35 of 168 hours', traffic: {}, share: 35 / 168 },
    { it: 'flat traffic on weekdays meets 35 of 120', traffic: { weekdays_only: true }, share: 35 / 120 },
    {
      it: 'office hours in Shanghai on weekdays meet 7 of 10',
      traffic: { profile: 'office-hours', timezone: 'Asia/Shanghai', weekdays_only: true },
      share: 0.7,
    },
    {
      it: 'office hours every day meet 35 of 70',
      traffic: { profile: 'office-hours', timezone: 'Asia/Shanghai' },
      share: 0.5,
    },
    {
      // Kolkata is 2½ hours behind Beijing: peak is 06:30–09:30 and 11:30–15:30 there.
      it: 'office hours in Kolkata meet half of 09–10, all of 12–15, half of 11–12 and of 15–16: 4½ of 10',
      traffic: { profile: 'office-hours', timezone: 'Asia/Kolkata', weekdays_only: true },
      share: 0.45,
    },
    {
      it: 'weights count: half of three at 6 and half of one at 9 in Kolkata are 2 of 4',
      traffic: { profile: weights({ 6: 3, 9: 1 }), timezone: 'Asia/Kolkata', weekdays_only: true },
      share: 0.5,
    },
    {
      // Kathmandu is UTC+5:45, 2¼ hours behind: peak begins at 06:45.
      it: 'a quarter-hour zone meets a quarter of the hour from 6',
      traffic: { profile: weights({ 6: 1 }), timezone: 'Asia/Kathmandu', weekdays_only: true },
      share: 0.25,
    },
    {
      // 20:00 EST is 09:00 of the next day in Beijing: Sunday to Thursday evening, across the end of the week.
      it: 'New York’s evenings in winter meet five of seven',
      traffic: { profile: weights({ 20: 1 }), timezone: 'America/New_York' },
      share: 5 / 7,
    },
    {
      // Friday 20:00 is Saturday in Beijing, and Sunday has no traffic.
      it: 'and on weekdays alone four of five',
      traffic: { profile: weights({ 20: 1 }), timezone: 'America/New_York', weekdays_only: true },
      share: 0.8,
    },
    {
      it: 'traffic at night in Beijing meets none',
      traffic: { profile: weights({ 3: 1 }), timezone: 'Asia/Shanghai' },
      share: 0,
    },
  ])('$it', ({ traffic, share }) => {
    expect(peakShare(traffic)).toBe(share)
  })

  it('takes the offset at the date: in summer time 20:00 in New York is still 08:00 in Beijing', () => {
    expect(peakShare({ profile: weights({ 20: 1 }), timezone: 'America/New_York' }, '2026-09-20')).toBe(0)
  })

  it('prices each hour at its own rate, with the cheapest and the dearest beside it', () => {
    // 168 requests of 1M tokens: 35 at 1.32 and 133 at 0.66; all at 0.66; all at 1.32
    const { costs, costs_range } = inWeek({ requests: 168 })
    expect(costs.headline).toBe('133.98')
    expect(costs_range?.headline).toEqual({ low: '110.88', high: '221.76' })
    expect(costs_range?.batch).toBeNull()
  })

  it('knows no holidays on a plain week, so a date in one has the same share', () => {
    expect(peakShare({}, '2026-10-01')).toBe(35 / 168)
  })

  it('gives no range where the price knows no hours', () => {
    expect(resultOf({ request: { turn: 1 } }).costs_range).toBeNull()
  })
})

describe('the first window that holds rules', () => {
  const night = { name: 'night', timezone: 'UTC', hours: ['22:00-06:00'], holidays: 'apply', cache_read: '0' } as const
  const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
  const book = bookWith({
    row: {
      windows: [
        { ...night, weekdays: ['sun'], input: '5', output: '0' },
        { ...night, name: 'late', weekdays: all, input: '3', output: '0' },
      ],
    },
  })
  const at = (at: string) => resultOf({ at, request: { turn: MILLION } }, book).costs.headline

  it('past midnight a window belongs to the day it began on', () => {
    // 2026-01-04 is a Sunday.
    expect(at('2026-01-04T23:00Z')).toBe('5')
    expect(at('2026-01-05T05:59Z')).toBe('5')
    expect(at('2026-01-05T06:00Z')).toBe('1')
    expect(at('2026-01-04T05:00Z')).toBe('3')
  })

  it('shares the week out: 8 hours of Sunday’s, 48 of the other nights, 112 of the rest', () => {
    const { windows } = resultOf({ traffic: { per: 'week' }, request: { turn: 1 } }, book)
    expect(windows).toEqual([
      { name: 'night', share: 8 / 168 },
      { name: 'late', share: 48 / 168 },
      { name: 'other hours', share: 112 / 168 },
    ])
  })
})

describe('a year without a list of holidays', () => {
  const at = (at: string) => resultOf({ model: 'deepseek-v4-pro', at, request: { turn: MILLION } }, market)

  it('is priced as working days, with a warning', () => {
    // 2027-01-04 is a Monday.
    expect(at('2027-01-04T02:00Z').costs.headline).toBe('1.32')
    expect(codesOf(at('2027-01-04T02:00Z').warnings)).toContain('NO_HOLIDAYS')
  })

  it('is missed only where a holiday would change the rate: 09:00 in Beijing, not 08:59, nor at a weekend', () => {
    // 2027-01-01 is a Friday, 2027-01-02 a Saturday; 09:00 in Beijing is 01:00 UTC.
    expect(codesOf(at('2027-01-01T00:59Z').warnings)).not.toContain('NO_HOLIDAYS')
    expect(codesOf(at('2027-01-01T01:00Z').warnings)).toContain('NO_HOLIDAYS')
    expect(codesOf(at('2027-01-02T01:00Z').warnings)).not.toContain('NO_HOLIDAYS')
  })

  it('needs no list for a plain week', () => {
    expect(codesOf(at('2027-01-04').warnings)).not.toContain('NO_HOLIDAYS')
  })

  it('looks a holiday up on the day its window began', () => {
    const windows = [
      {
        name: 'late',
        timezone: 'UTC',
        weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        hours: ['22:00-02:00'],
        holidays: 'except',
        input: '3',
        cache_read: '0',
        output: '0',
      } as const,
    ]
    const calendar = { holidays: { '2026': ['2026-01-05'] }, source: 'made-up' }
    const book = bookWith({ row: { windows }, provider: { calendar } })
    const cost = (at: string) => resultOf({ at, request: { turn: MILLION } }, book).costs.headline
    expect(cost('2026-01-05T01:00Z')).toBe('3')
    expect(cost('2026-01-05T23:00Z')).toBe('1')
    expect(cost('2026-01-06T01:00Z')).toBe('1')
    expect(cost('2026-01-06T23:00Z')).toBe('3')
  })
})
