import { expect, it } from 'vitest'
import { growthIn, monthAfter, monthOf, monthsFrom } from '../../../src/cost/time/calendar-months.ts'

it('months go over the year’s end', () => {
  expect(monthsFrom('2026-11', 4)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02'])
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', 12), monthAfter('2026-01', 23)]).toEqual([
    '2027-01',
    '2027-01',
    '2027-12',
  ])
})

it.each([
  { at: '2026-12-01', zone: 'America/New_York', month: '2026-12' },
  { at: '2026-12-01T00:00Z', zone: 'America/New_York', month: '2026-11' },
  { at: '2026-12-31T23:30Z', zone: 'Europe/Berlin', month: '2027-01' },
])('$at in $zone lies in $month', ({ at, zone, month }) => {
  expect(monthOf(at, zone)).toBe(month)
})

it.each([
  { month: '2027-03', from: '2027-01', factor: '1.1664' },
  { month: '2027-01', from: '2027-01', factor: '1' },
  { month: '2026-01', from: '2027-01', factor: '1' },
  { month: '2028-01', from: '2027-11', factor: '1.1664' },
])('8% a month from $from on is ×$factor in $month', ({ month, from, factor }) => {
  expect(growthIn(month, { growth: '0.08', from }).toFixed()).toBe(factor)
})
