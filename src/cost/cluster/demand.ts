import { type Exact, exact, ONE, quotient } from '../../model/number/money.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { type Spread, spreadTraffic } from '../time/spread-traffic.ts'
import type { Mix } from './capacity.ts'

/** The work that a cluster is asked to do. */
export interface Demand {
  /** Tokens per period; for a run only their proportions matter. */
  readonly mix: Mix
  /** Days in one period, averaged over the week; `null`: a run. */
  readonly days: Exact | null
  readonly spread: Spread
}

/**
 * Days in one period of a scenario; `null` for a run. There are five working days in seven days.
 *
 * @returns 50 digits
 */
export const daysOf = ({ per, weekdays_only }: Scenario['traffic']): Exact | null => {
  switch (per) {
    case 'run':
      return null
    case 'hour':
      return quotient(ONE, exact(24))
    case 'day':
      return weekdays_only ? quotient(exact(7), exact(5)) : ONE
    case 'week':
      return exact(7)
    case 'month':
      return quotient(exact(730), exact(24))
    default:
      return per satisfies never
  }
}

/** The demand of a scenario with these tokens per period. */
export const demandOf = ({ traffic }: Pick<Scenario, 'traffic'>, mix: Mix): Demand => ({
  mix,
  days: daysOf(traffic),
  spread: spreadTraffic(traffic),
})
