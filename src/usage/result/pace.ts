import { type Exact, exact, quotient } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'

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
