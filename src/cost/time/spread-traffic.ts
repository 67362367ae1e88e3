import { type Exact, exact, exponential, ONE, quotient, sum, toDecimals, ZERO } from '../../model/number/money.ts'
import { remembered } from '../../model/remembered.ts'
import type { Traffic } from '../../model/scenario/scenario.ts'

/** One local hour of the plain week, with its share of the traffic. */
export interface Hour {
  /** Hour of the week, 0–167, from Monday 00:00 local time. */
  readonly hour: number
  /** Its weight; the weights of all hours add up to `total` of the spread. */
  readonly weight: Exact
}

/** How the traffic of a week is spread over its hours. */
export interface Spread {
  readonly hours: readonly Hour[]
  readonly total: Exact
  /** Requests a week; `null` for a run, which has no clock. */
  readonly perWeek: Exact | null
}

const MONTH_HOURS = 730
const WEEK_HOURS = 168

/** Hours of one period; `null` for a run. A month is 730 hours everywhere. */
export const PERIOD_HOURS = { run: null, hour: 1, day: 24, week: WEEK_HOURS, month: MONTH_HOURS } as const

/** How many of a scenario's periods are in a month; `null` for a run. A week of 168 hours has five working days. */
export const periodsPerMonth = ({ per, weekdays_only }: Traffic): Exact | null => {
  const hours = PERIOD_HOURS[per]
  if (hours === null) return null
  if (per === 'day' && weekdays_only) return quotient(exact(5 * MONTH_HOURS), exact(WEEK_HOURS))
  return quotient(exact(MONTH_HOURS), exact(hours))
}

const perWeek = ({ requests, per, weekdays_only }: Traffic): Exact | null => {
  const hours = PERIOD_HOURS[per]
  if (hours === null) return null
  if (per === 'day' && weekdays_only) return exact(requests * 5)
  return quotient(exact(requests).times(WEEK_HOURS), exact(hours))
}

/** The 24 hourly weights of a profile. */
export const hourWeights = (profile: Traffic['profile']): number[] => {
  if (profile === 'flat') return Array<number>(24).fill(1)
  if (profile === 'office-hours') return Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 19 ? 1 : 0))
  return [...profile]
}

/** Spreads traffic over one plain Monday-to-Sunday week without holidays. */
export const spreadTraffic = remembered((traffic: Traffic): Spread => {
  const day = hourWeights(traffic.profile)
  const days = traffic.weekdays_only ? 5 : 7
  const hours: Hour[] = []
  // Hours of equal weight share one figure, so that what depends on it is computed once.
  const exactly = new Map(day.map(weight => [weight, exact(String(weight))]))
  for (let hour = 0; hour < days * 24; hour++) {
    const weight = exactly.get(day[hour % 24] ?? 0)
    if (weight && !weight.isZero()) hours.push({ hour, weight })
  }
  return { hours, total: sum(hours.map(({ weight }) => weight)), perWeek: perWeek(traffic) }
})

/**
 * The chance that a request finds a prefix left by one earlier request. Requests begin as a Poisson process, hour by
 * hour: 1 − e^(−λW), averaged by requests.
 *
 * @param windowSeconds - W: how long one conversation keeps the prefix warm, seconds; if only some requests use this
 *   prefix, or for different times, the mean over all requests of the traffic
 * @returns the chance over some hours, each with the fraction that counts, 0–1, if this many earlier requests in a row
 *   must have come in time: a probability rounded to 9 decimals, so that every machine agrees
 */
export const warmChance = (spread: Spread, windowSeconds: Exact): Chance => {
  const { perWeek, total } = spread
  if (!perWeek) throw new Error('a run has no arrival rate')
  const chances = new Map<Exact, Exact>()
  const chanceAt = (weight: Exact): Exact => {
    const known = chances.get(weight)
    if (known) return known
    // λ = requests of this hour / 3600 s
    const arrivals = quotient(perWeek.times(weight).times(windowSeconds), total.times(3600))
    const chance = ONE.minus(exponential(arrivals.negated()))
    chances.set(weight, chance)
    return chance
  }
  return remember((parts, earlier) => {
    const fractions = new Map<Exact, Exact>()
    for (const { hour, fraction } of parts) {
      fractions.set(hour.weight, (fractions.get(hour.weight) ?? ZERO).plus(fraction))
    }
    let requests = ZERO
    let warm = ZERO
    for (const [weight, fraction] of fractions) {
      const chance = chanceAt(weight)
      const share = weight.times(fraction)
      requests = requests.plus(share)
      warm = warm.plus(share.times(earlier === 1 ? chance : chance.times(chance)))
    }
    return requests.isZero() ? ZERO : exact(toDecimals(quotient(warm, requests), 9))
  })
}

/** The chance that a request finds a prefix in some hours, if this many earlier requests must have come in time. */
export type Chance = (parts: readonly { readonly hour: Hour; readonly fraction: Exact }[], earlier: 1 | 2) => Exact

/** Caches a chance: every size of request asks for the same hours. */
const remember = (chance: Chance): Chance => {
  const one = remembered((parts: Parameters<Chance>[0]) => chance(parts, 1))
  const two = remembered((parts: Parameters<Chance>[0]) => chance(parts, 2))
  return (parts, earlier) => (earlier === 1 ? one(parts) : two(parts))
}
