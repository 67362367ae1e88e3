import { type Exact, exact, ONE, quotient, toDecimals } from '../../model/number/money.ts'
import { isRange, type Printed, type Range } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { formatUsd, plainUsd, spanned } from '../figures/format.ts'
import { aPeriod, aRequest } from '../figures/period.ts'

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

/** Turns USD a period into USD a month; `null` for a run. */
export const perMonth = ({ periods_per_month }: Pick<ScenarioResult, 'periods_per_month'>): Turn | null =>
  periods_per_month === null ? null : turned(one => one.times(exact(periods_per_month)))

/** Turns USD a period into USD a request; `null` where only totals are known. */
export const perRequest = ({ requests, per_request }: Pick<ScenarioResult, 'requests' | 'per_request'>): Turn | null =>
  per_request ? turned(one => quotient(one, exact(requests))) : null

type Turn = (usd: Printed<string>) => Printed<string>

const turned = (of: (usd: Exact) => Exact): Turn => {
  const turn = (one: string): string => toDecimals(of(exact(one)), 12)
  return usd => (isRange(usd) ? { low: turn(usd.low), high: turn(usd.high) } : turn(usd))
}

/** Another unit that a cost of a period is given in, in words: `a month`. */
interface OtherUnit {
  readonly name: string
  readonly of: Turn
}

type Counted = Paced & Pick<ScenarioResult, 'requests' | 'per_request'>

/** A month and a request, as far as they say more than the period, for a cost that is no view of the scenario. */
export const unitsBeside = (scenario: Counted): OtherUnit[] => {
  const { per, requests, input } = scenario
  const [month, request] = [perMonth(scenario), perRequest(scenario)]
  return [
    ...(month && per !== 'month' ? [{ name: 'a month', of: month }] : []),
    ...(request && !(per === 'run' && requests === 1) ? [{ name: aRequest(input), of: request }] : []),
  ]
}

/**
 * USD a period and in brackets a month and a request.
 *
 * @example $66.79 a working day ($1,451 a month, $0.0083 a conversation)
 */
export const paced = (scenario: Counted, usd: Printed<string>): string => {
  const period = `${spanned(usd, plainUsd)} ${aPeriod(scenario.per, scenario.input)}`
  const beside = unitsBeside(scenario).map(({ name, of }) => `${spanned(of(usd), plainUsd)} ${name}`)
  return beside.length === 0 ? period : `${period} (${beside.join(', ')})`
}
