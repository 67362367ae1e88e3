import { type Exact, exact, ONE, quotient, toDecimals } from '../../model/number/money.ts'
import { isRange, type Printed, type Range } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { formatUsd, plainUsd, spanned } from '../figures/format.ts'
import { aPeriod } from '../figures/period.ts'

/** Two texts, or just one if they are equal. */
export const both = (low: string, high: string): string => (low === high ? low : `${low} to ${high}`)

/** Two amounts, the smaller first. */
export const spanOf = (a: string, b: string): Range<string> =>
  exact(a).lte(exact(b)) ? { low: a, high: b } : { low: b, high: a }

/** Two amounts of USD, the smaller first. */
export const usdSpan = (a: string, b: string): string => {
  const { low, high } = spanOf(a, b)
  return both(formatUsd(low), formatUsd(high))
}

/** How often a figure is counted: the scenario's period, and its name. */
type Paced = Pick<ScenarioResult, 'per' | 'periods_per_month' | 'input'>

const DAYS_PER_MONTH = quotient(exact(365), exact(12))

/** Calendar days in a scenario's period: 7/5 for a working day. */
const daysIn = ({ per, periods_per_month, input }: Paced): Exact =>
  periods_per_month === null || (per === 'day' && !input.traffic.weekdays_only)
    ? ONE
    : quotient(DAYS_PER_MONTH, exact(periods_per_month))

/** USD a calendar day, in words as USD a period of the scenario; of a run, which has no period, a day. */
export const daily = (scenario: Paced, usd: Printed<string>): string => {
  const days = daysIn(scenario)
  const amount = spanned(usd, one => formatUsd(exact(one).times(days).toFixed()))
  return `${amount} ${scenario.per === 'run' ? 'a day' : aPeriod(scenario.per, scenario.input)}`
}

/** The day that volumes and capacities are counted in, so that it is not taken for the scenario's period. */
export const aDay = ({ per, input }: Pick<ScenarioResult, 'per' | 'input'>): string =>
  per === 'day' && input.traffic.weekdays_only ? 'a calendar day' : 'a day'

/** Turns USD a period into USD a month; `null` for a run, and where the period is a month. */
export const perMonth = ({
  per,
  periods_per_month,
}: Pick<ScenarioResult, 'per' | 'periods_per_month'>): ((usd: Printed<string>) => Printed<string>) | null => {
  if (periods_per_month === null || per === 'month') return null
  const monthly = (one: string): string => toDecimals(exact(one).times(exact(periods_per_month)), 12)
  return usd => (isRange(usd) ? { low: monthly(usd.low), high: monthly(usd.high) } : monthly(usd))
}

/** USD a period and in brackets a month. @example $66.79 a working day ($1,451 a month) */
export const paced = (scenario: Paced, usd: Printed<string>): string => {
  const monthly = perMonth(scenario)
  const period = `${spanned(usd, plainUsd)} ${aPeriod(scenario.per, scenario.input)}`
  return monthly ? `${period} (${spanned(monthly(usd), plainUsd)} a month)` : period
}
