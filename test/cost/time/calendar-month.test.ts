import { describe, expect, it } from 'vitest'
import { calendarMonth, lengthOf, periodsIn, within } from '../../../src/cost/time/calendar-month.ts'
import type { Traffic } from '../../../src/model/scenario/scenario.ts'
import { scenarioWith } from '../build.ts'

const HOUR = 3_600_000
const monthIn = (traffic: Partial<Traffic>, month: string) =>
  calendarMonth(scenarioWith({ traffic: { per: 'day', ...traffic } }).traffic, month)

describe('a month has the hours of its zone', () => {
  it.each([
    { timezone: 'UTC', month: '2027-02', hours: 672, days: 28, working: 20, from: '2027-02-01T00:00:00.000Z' },
    {
      timezone: 'Europe/Berlin',
      month: '2026-10',
      hours: 745,
      days: 31,
      working: 22,
      from: '2026-09-30T22:00:00.000Z',
    },
    {
      timezone: 'Europe/Berlin',
      month: '2027-03',
      hours: 743,
      days: 31,
      working: 23,
      from: '2027-02-28T23:00:00.000Z',
    },
    // Clocks go half an hour forward on the first Sunday of October.
    {
      timezone: 'Australia/Lord_Howe',
      month: '2026-10',
      hours: 743.5,
      days: 31,
      working: 22,
      from: '2026-09-30T13:30:00.000Z',
    },
    { timezone: 'Asia/Kolkata', month: '2026-11', hours: 720, days: 30, working: 21, from: '2026-10-31T18:30:00.000Z' },
    // In Havana clocks go back at 01:00 to 00:00, on the first of November: the hour of midnight comes twice.
    {
      timezone: 'America/Havana',
      month: '2026-11',
      hours: 721,
      days: 30,
      working: 21,
      from: '2026-11-01T04:00:00.000Z',
    },
  ])('$timezone, $month: $hours', ({ timezone, month, hours, days, working, from }) => {
    const found = monthIn({ timezone }, month)
    expect(lengthOf(found.stretches) / HOUR).toBe(hours)
    expect([found.days, found.workingDays]).toEqual([days, working])
    expect(new Date(found.stretches[0]?.from ?? 0).toISOString()).toBe(from)
    expect(periodsIn(found.stretches).toFixed()).toBe(String(days))
    // Nothing twice, nothing left out.
    found.stretches.slice(1).forEach(({ from }, i) => {
      expect(from).toBe(found.stretches[i]?.to)
    })
  })
})

it('a day keeps its requests though its only hour is left out by a clock change: it is even', () => {
  const profile = Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 1 : 0))
  const { stretches } = monthIn({ timezone: 'Europe/Berlin', profile }, '2027-03')
  expect(periodsIn(stretches).toFixed()).toBe('31')
  const changed = within(stretches, Date.parse('2027-03-27T23:00Z'), Date.parse('2027-03-28T22:00Z'))
  expect(changed.filter(({ pace }) => pace !== null)).toHaveLength(23)
})

it('hours of equal traffic share one pace, hours without have none', () => {
  const { stretches } = monthIn({ profile: 'office-hours', weekdays_only: true }, '2026-11')
  const busy = stretches.filter(({ pace }) => pace !== null)
  expect(busy).toHaveLength(21 * 10)
  expect(new Set(busy.map(({ pace }) => pace)).size).toBe(1)
})

it('within cuts stretches at both ends', () => {
  const stretches = [
    { from: 0, to: 10, pace: null },
    { from: 10, to: 20, pace: null },
  ]
  expect(within(stretches, 5, 12).map(({ from, to }) => [from, to])).toEqual([
    [5, 10],
    [10, 12],
  ])
})
