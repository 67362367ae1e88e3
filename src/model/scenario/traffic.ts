import * as z from 'zod/mini'
import { entryOf } from '../entry-of.ts'
import { positiveExpectedSize } from '../expected-size.ts'
import { nearest } from '../nearest.ts'
import { timezone } from '../time.ts'
import { doc, fault } from '../units.ts'
import { calendarMonth, growthRate } from './growth.ts'

/** How many requests come in, and when. */

/** How requests are spread over a day: evenly, 09–19 local time, or 24 hourly weights. */
const profileSchema = z.lazy(() =>
  z.union(
    [
      z.enum(['flat', 'office-hours']),
      z.array(z.number().check(z.nonnegative())).check(
        z.length(24, fault('must have 24 hourly weights', 'write flat, office-hours, or a list of 24 numbers')),
        z.refine(weights => weights.some(weight => weight > 0), fault('must have a weight above 0', 'write flat')),
      ),
    ],
    fault('must be flat, office-hours, or 24 hourly weights', 'write profile: office-hours'),
  ),
)

export const PERIODS = ['run', 'hour', 'day', 'week', 'month'] as const

/** Words for other periods, and what to write instead. */
const OTHER_PERIODS: Readonly<Record<string, string>> = {
  second: 'hour, and 3600 times the requests',
  minute: 'hour, and 60 times the requests',
  hourly: 'hour',
  daily: 'day',
  weekday: 'day, and weekdays_only: true',
  'working day': 'day, and weekdays_only: true',
  weekly: 'week',
  fortnight: 'week, and half the requests',
  monthly: 'month',
  quarter: 'month, and a third of the requests',
  year: 'month, and a twelfth of the requests',
}

const SHORT_PERIODS: Readonly<Record<string, string>> = {
  s: 'second',
  sec: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
}

/** The nearest right word for a period that is none. */
const nearestPeriod = (given: unknown): string => {
  const word = String(given).toLowerCase().replace(/s$/, '')
  const whole = entryOf(SHORT_PERIODS, word) ?? word
  return entryOf(OTHER_PERIODS, whole) ?? nearest(whole, [...PERIODS, ...Object.keys(OTHER_PERIODS)])[0] ?? 'day'
}

const period = z.enum(PERIODS, {
  error: ({ input }) => {
    const near = nearestPeriod(input)
    return fault(`must be one of ${PERIODS.join(', ')}`, `write ${entryOf(OTHER_PERIODS, near) ?? near}`)
  },
})

export const trafficSchema = z.strictObject({
  requests: doc(z._default(positiveExpectedSize, 1), 'Requests (conversations, if turns > 1) per period', '20K'),
  per: doc(z._default(period, 'run'), 'Period of `requests`; a run has no clock'),
  profile: doc(
    z._default(profileSchema, 'flat'),
    'flat, office-hours (09–19 local, even), or 24 hourly weights',
    'office-hours',
  ),
  timezone: doc(z._default(timezone, 'UTC'), 'Time zone of the profile', 'Asia/Singapore'),
  weekdays_only: doc(z._default(z.boolean(), false), 'No traffic at weekends; `per: day` then means per working day'),
  growth: z.optional(
    doc(
      growthRate,
      'For dsprice forecast: how much more traffic each month has than the one before; other commands leave it aside. Default: none',
      '8%/month',
    ),
  ),
  growth_from: z.optional(
    doc(
      calendarMonth,
      'For dsprice forecast: the month of which `requests` are stated, and from which they grow; default: the month of `at`',
      '2027-01',
    ),
  ),
})
