import type { StreamRange } from '../../cost/api/price-range.ts'
import { hasWork, type PricedCluster, priceCluster } from '../../cost/fleet/price-cluster.ts'
import { perHour } from '../../cost/rates/calendar-bands.ts'
import { type CalendarMonth, lengthOf, type Pace } from '../../cost/time/calendar-month.ts'
import { type Exact, exact, ONE, quotient, ZERO } from '../../model/number/money.ts'
import type { SelfHost } from '../../model/scenario/self-host.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * A cluster's bill for a calendar month: whole nodes for the busiest hour of the month, every hour of it paid, and the
 * fixed monthly cost once.
 *
 * @param streams - the month's work
 * @returns `null`: there is no work
 * @throws {InputError} TOO_MUCH
 */
export const hostMonth = (
  self: SelfHost,
  { stretches }: CalendarMonth,
  streams: readonly StreamRange[],
): PricedCluster | null => {
  if (!hasWork(streams)) return null
  const days = quotient(exact(lengthOf(stretches)), exact(DAY_MS))
  const hours = weightsOf(stretches)
  return priceCluster(self, mix => ({ mix, days, hours, monthDays: days }), streams)
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** The traffic of each hour; of each part of an hour, where a clock change leaves half of one. */
const weightsOf = (stretches: CalendarMonth['stretches']): Exact[] => {
  const unit = stretches.reduce((all, { from, to }) => divisor(all, to - from), HOUR_MS)
  const known = new Map<Pace | null, Exact>([[null, ZERO]])
  return stretches.flatMap(({ from, to, pace }) => {
    const weight = known.get(pace) ?? (pace ? perHour(pace, ONE) : ZERO)
    known.set(pace, weight)
    return Array<Exact>((to - from) / unit).fill(weight)
  })
}
