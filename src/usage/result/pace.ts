import { type Exact, exact, quotient } from '../../model/number/money.ts'
import { both, mapRange, type Range } from '../../model/number/range.ts'
import { NO_DAY } from '../groups/collect.ts'
import type { LocalTime } from '../groups/local-time.ts'
import type { PricedGroup } from '../price/price-group.ts'
import { totalOf } from './total.ts'

const HOUR = 3_600_000
const LEAST_HOURS = 24

/** A month to date, and its end at this pace. */
export interface Pace {
  /** Hours from the first record of the month, or `--since`, to the last, or `--until`. */
  readonly hours: Exact
  readonly monthHours: number
  /** USD in the whole month; `null`: under 24 hours there is no pace. */
  readonly end: Range<Exact> | null
}

/** Instants, milliseconds since 1970. */
interface Of {
  readonly first: number
  readonly last: number
  readonly since: number | null
  readonly until: number | null
  readonly month: { readonly from: number; readonly to: number }
}

/** A month's end at the pace of its spend: spend ÷ hours × the month's hours. */
export const paceOf = (spend: Range<Exact>, { first, last, since, until, month }: Of): Pace => {
  const inMonth = (ms: number): number => Math.min(Math.max(ms, month.from), month.to)
  const [from, to] = [inMonth(since ?? first), inMonth(until ?? last)]
  const hours = quotient(exact(Math.max(0, to - from)), exact(HOUR))
  const monthHours = (month.to - month.from) / HOUR
  const end = hours.lt(LEAST_HOURS)
    ? null
    : mapRange(spend, usd => quotient(usd.times(month.to - month.from), exact(to - from)))
  return { hours, monthHours, end }
}

/** The month of a group; of records without a time, that of `--since` and `--until`; `null`: not known. */
export const monthOfGroup = ({ group: { keys, at, end } }: PricedGroup, clock: LocalTime): string | null => {
  const [day = NO_DAY] = keys
  if (day !== NO_DAY) return day.slice(0, 7)
  if (at === null || end === null) return null
  const [first, last] = [clock.dayOf(at).slice(0, 7), clock.dayOf(end - 1).slice(0, 7)]
  return first === last ? first : null
}

/** What a month has come to, and its end at this pace. */
export interface Spent {
  /** USD of what is known; `null`: nothing is. */
  readonly spend: Range<Exact> | null
  /** By the price book, or as the source says where it tells money only. */
  readonly of: 'cost' | 'stated'
  /** Whether the spend is all of it. */
  readonly isWhole: boolean
  readonly pace: Pace
}

/**
 * The spend of a month's groups and its pace; of what the source says where it tells money only.
 *
 * @returns `null`: no records, or none whose time is known
 */
export const paceIn = (groups: readonly PricedGroup[], terms: Pick<Of, 'since' | 'until' | 'month'>): Spent | null => {
  const { amounts, stated, records, ...told } = totalOf(groups)
  const [first, last] = [told.first ?? terms.since, told.last ?? terms.until]
  if (records === 0 || first === null || last === null) return null
  const isStated = amounts.cost.records === 0 && stated.records > 0
  const { sum, records: known } = isStated ? { ...stated, sum: both(stated.sum) } : amounts.cost
  const pace = paceOf(sum, { ...terms, first, last })
  return { spend: known === 0 ? null : sum, of: isStated ? 'stated' : 'cost', isWhole: known === records, pace }
}
