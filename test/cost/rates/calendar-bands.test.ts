import { describe, expect, it } from 'vitest'
import { perHour, scheduleOf } from '../../../src/cost/rates/calendar-bands.ts'
import { calendarMonth } from '../../../src/cost/time/calendar-month.ts'
import type { Provider, Window } from '../../../src/model/book/book.ts'
import { exact, ONE, sum } from '../../../src/model/number/money.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { bookWith, rowWith, scenarioWith } from '../build.ts'

const HOUR = 3_600_000
const windowWith = (window: Partial<Window>): Window => ({
  name: 'peak',
  timezone: 'UTC',
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: ['09:00-12:00'],
  holidays: 'apply',
  input: '2',
  cache_read: '0.2',
  output: '4',
  ...window,
})
const provider = (own: Partial<Provider> = {}): Provider => {
  const { acme } = bookWith({ provider: own }).providers
  if (!acme) throw new Error('the book has its provider')
  return acme
}
const bandsIn = (month: string, window: Partial<Window>, traffic: Partial<Traffic> = {}, own?: Partial<Provider>) => {
  const { stretches } = calendarMonth(scenarioWith({ traffic: { per: 'hour', ...traffic } }).traffic, month)
  const schedule = scheduleOf(stretches, { growth: ONE, requests: 1 })
  return schedule.bandsOf({ row: rowWith({ windows: [windowWith(window)] }), provider: provider(own) })
}
const hoursIn = (...given: Parameters<typeof bandsIn>) => bandsIn(...given).bands.map(({ ms }) => ms / HOUR)

describe('hours of a window in November 2026, with 21 working days of 720 hours', () => {
  it.each<{ it: string; window: Partial<Window>; peak: number }>([
    { it: 'three a day', window: {}, peak: 63 },
    { it: 'past midnight, they belong to the day they begin on', window: { hours: ['22:00-02:00'] }, peak: 84 },
    // The 30th is a Monday: two of its hours lie in December. October 30th is a Friday.
    { it: 'a quarter of an hour', window: { hours: ['09:15-09:30'] }, peak: 5.25 },
    { it: 'half hours of a zone', window: { timezone: 'Asia/Kolkata' }, peak: 63 },
    { it: 'a single minute', window: { hours: ['09:00-09:01'] }, peak: 21 / 60 },
  ])('$it', ({ window, peak }) => {
    const expected = window.hours?.[0] === '22:00-02:00' ? peak - 2 : peak
    expect(hoursIn('2026-11', window)).toEqual([expected, 720 - expected])
  })

  it('a holiday is none of them, where the provider says so', () => {
    const calendar = { holidays: { '2026': ['2026-11-02..2026-11-03'] }, source: 'made-up' }
    expect(hoursIn('2026-11', { holidays: 'except' }, {}, { calendar })[0]).toBe(57)
    expect(bandsIn('2026-11', { holidays: 'except' }, {}, { calendar }).yearsMissing).toEqual([])
  })

  it('names the years whose holidays are missing', () => {
    expect(bandsIn('2026-11', { holidays: 'except' }).yearsMissing).toEqual(['2026'])
    expect(bandsIn('2026-11', { holidays: 'apply' }).yearsMissing).toEqual([])
  })
})

it('a window keeps to the clock of its own zone over a change', () => {
  // Berlin, 09–12 every day of October: 31 × 3; without traffic's zone changing at all.
  const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
  expect(hoursIn('2026-10', { timezone: 'Europe/Berlin', weekdays: [...all] })).toEqual([93, 651])
  // 02–03 comes twice on the 25th.
  expect(hoursIn('2026-10', { timezone: 'Europe/Berlin', weekdays: [...all], hours: ['02:00-03:00'] })[0]).toBe(32)
})

it('the shares are all periods of the month, and the weights an hour’s', () => {
  const { bands } = bandsIn('2026-11', {}, { per: 'day', profile: 'office-hours' })
  expect(sum(bands.map(({ share }) => share)).toFixed()).toBe('30')
  // 21 days × 3 of 10 hours
  expect(bands[0]?.share.toFixed()).toBe('6.3')
  expect(bands[0]?.parts.map(({ hour }) => hour.weight.toFixed())).toEqual(['0.1'])
  expect(perHour({ numerator: exact(1), denominator: exact(36_000_000) }, exact(2)).toFixed()).toBe('0.2')
})
