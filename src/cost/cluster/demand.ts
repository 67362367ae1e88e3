import { type Exact, exact, ONE, quotient } from '../../model/number/money.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import { type Spread, spreadTraffic } from '../time/spread-traffic.ts'
import type { Mix } from './capacity.ts'

/** What a cluster is asked to do. */
export interface Demand {
  /** Tokens per period, of which only the proportions matter to a run. */
  readonly mix: Mix
  /** Days of one period, as the mean over the week has it; `null`: a run. */
  readonly days: Exact | null
  readonly spread: Spread
}

/**
 * How many days one period of a scenario is; `null` for a run. A working day comes five times in seven days.
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

/** The demand of a scenario of these tokens per period. */
export const demandOf = ({ traffic }: Pick<Scenario, 'traffic'>, mix: Mix): Demand => ({
  mix,
  days: daysOf(traffic),
  spread: spreadTraffic(traffic),
})
