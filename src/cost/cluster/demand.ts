import { type Exact, exact, quotient } from '../../model/number/money.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { PERIOD_HOURS, spreadTraffic } from '../time/spread-traffic.ts'
import type { Mix } from './capacity.ts'
import { hoursOfWeek } from './size-fleet.ts'

/** The work that a cluster is asked to do. */
export interface Demand {
  /** Tokens per period; for a run only their proportions matter. */
  readonly mix: Mix
  /** Days in one period, averaged over the week; `null`: a run. */
  readonly days: Exact | null
  /** Weights of every hour of a week, or of a calendar month, those without traffic included. */
  readonly hours: readonly Exact[]
  /** Days that share one month's fixed cost; left out: of a month of 730 hours. */
  readonly monthDays?: Exact
}

/**
 * Days in one period of a scenario; `null` for a run. There are five working days in seven days.
 *
 * @returns 50 digits
 */
export const daysOf = ({ per, weekdays_only }: Scenario['traffic']): Exact | null => {
  const hours = PERIOD_HOURS[per]
  if (hours === null) return null
  return per === 'day' && weekdays_only ? quotient(exact(7), exact(5)) : quotient(exact(hours), exact(24))
}

/** The demand of a scenario with these tokens per period. */
export const demandOf = ({ traffic }: Pick<Scenario, 'traffic'>, mix: Mix): Demand => ({
  mix,
  days: daysOf(traffic),
  hours: hoursOfWeek(spreadTraffic(traffic)),
})
