import { describe, expect, it } from 'vitest'
import {
  isHoliday,
  localClock,
  offsetByIntl,
  offsetMinutes,
  openMinutes,
  stretches,
} from '../../../src/cost/time/week.ts'
import type { Window } from '../../../src/model/book/book.ts'

const window = (weekdays: Window['weekdays'], ...hours: string[]) => ({ weekdays, hours }) as unknown as Window
const at = (text: string): number => Date.parse(text)

it.each([
  ['UTC', '2026-07-01T00:00Z', 0],
  ['Asia/Shanghai', '2026-07-01T00:00Z', 480],
  ['Asia/Kolkata', '2026-07-01T00:00Z', 330],
  ['America/New_York', '2026-01-15T00:00Z', -300],
  ['America/New_York', '2026-07-15T00:00Z', -240],
  ['Pacific/Kiritimati', '2026-07-15T00:00Z', 840],
])('%s at %s is %i minutes ahead of UTC', (zone, moment, minutes) => {
  expect(offsetMinutes(zone, at(moment))).toBe(minutes)
})

it('the zones that are written down have never had another offset since 1992', () => {
  for (const zone of ['UTC', 'Asia/Shanghai']) {
    for (let year = 1992; year < 2040; year++) {
      for (const day of ['01-15', '07-15']) {
        const ms = at(`${year}-${day}`)
        expect(offsetMinutes(zone, ms), `${zone} ${year}`).toBe(offsetByIntl(zone, ms))
      }
    }
  }
})

describe('a window', () => {
  // A day has 1,440 minutes; Tuesday begins at 1,440, Sunday at 8,640.
  it.each([
    { it: 'within a day', of: window(['tue'], '09:00-12:30'), from: 1980, to: 2190 },
    { it: 'past midnight', of: window(['mon'], '22:00-02:00'), from: 1320, to: 1560 },
    { it: 'that ends when it begins lasts a day', of: window(['mon'], '08:00-08:00'), from: 480, to: 1920 },
    { it: 'past the end of the week', of: window(['sun'], '23:00-01:00'), from: 10_020, to: 10_140 },
  ])('$it', ({ of, from, to }) => {
    expect(stretches(of)).toEqual([{ from, to }])
    const open = [...openMinutes(of).keys()].filter(minute => openMinutes(of)[minute] === 1)
    expect(open).toHaveLength(to - from)
    expect(open).toContain(from)
    expect(open).not.toContain(to % 10_080)
  })

  it('counts a minute of two stretches once', () => {
    expect(openMinutes(window(['mon'], '09:00-11:00', '10:00-12:00')).reduce((sum, one) => sum + one, 0)).toBe(180)
  })
})

it('the local clock is that of the zone, and days before are of its calendar', () => {
  // Tuesday, 24 November 2026, 23:30 in Shanghai; midnight has passed in Kiritimati, so it is Wednesday there.
  const moment = at('2026-11-24T15:30Z')
  expect(localClock('Asia/Shanghai', moment).minute).toBe(1440 + 23 * 60 + 30)
  expect(localClock('Asia/Shanghai', moment).date(0)).toBe('2026-11-24')
  expect(localClock('Pacific/Kiritimati', moment).minute).toBe(2 * 1440 + 5 * 60 + 30)
  expect(localClock('Pacific/Kiritimati', moment).date(25)).toBe('2026-10-31')
})

it.each([
  ['2026-10-01', true],
  ['2026-10-07', true],
  ['2026-10-08', false],
  ['2026-09-30', false],
  ['2026-12-25', true],
])('%s is a holiday: %s', (date, holiday) => {
  expect(isHoliday(date, ['2026-10-01..2026-10-07', '2026-12-25'])).toBe(holiday)
})
