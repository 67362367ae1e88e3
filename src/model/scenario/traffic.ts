import * as z from 'zod/mini'
import { positiveExpectedSize } from '../expected-size.ts'
import { timezone } from '../time.ts'
import { doc, fault } from '../units.ts'

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

export const trafficSchema = z.strictObject({
  requests: doc(z._default(positiveExpectedSize, 1), 'Requests (conversations, if turns > 1) per period', '20K'),
  per: doc(z._default(z.enum(PERIODS), 'run'), 'Period of `requests`; a run has no clock'),
  profile: doc(
    z._default(profileSchema, 'flat'),
    'flat, office-hours (09–19 local, even), or 24 hourly weights',
    'office-hours',
  ),
  timezone: doc(z._default(timezone, 'UTC'), 'Time zone of the profile', 'Asia/Singapore'),
  weekdays_only: doc(z._default(z.boolean(), false), 'No traffic at weekends; `per: day` then means per working day'),
})
