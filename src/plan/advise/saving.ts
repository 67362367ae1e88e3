import { costPerRequest } from '../../cost/fleet/costs.ts'
import { periodsPerMonth } from '../../cost/time/spread-traffic.ts'
import { exceeds } from '../../model/number/fraction.ts'
import { type Exact, exact, ONE, quotient } from '../../model/number/money.ts'
import { type Printed, printRange, type Range, scaleRange } from '../../model/number/range.ts'
import type { AdvisedLever } from '../../model/result/advice.ts'
import { amount, money } from '../../model/result/print-exact.ts'
import type { Trial } from './trial.ts'

/** Figures of trials, in the form that documents carry: a month, or a run. */

/** Whether one trial costs less than another by more than rounded quotients explain. */
export const isCheaper = (a: Pick<Trial, 'cost'>, b: Pick<Trial, 'cost'>): boolean => exceeds(b.cost, a.cost)

/** A cost a month; of a run, as it is. */
const monthly = ({ priced: { scenario }, ends }: Trial): Range<Exact> => {
  const periods = periodsPerMonth(scenario.traffic)
  return periods === null ? ends : scaleRange(ends, periods)
}

/** What a trial costs. */
export const figuresOf = (trial: Trial): Pick<AdvisedLever, 'view' | 'cost' | 'per_request'> => {
  const { request, traffic } = trial.priced.scenario
  const each = request && costPerRequest(trial.ends, traffic.requests)
  return { view: trial.view, cost: amount(monthly(trial)), per_request: each && amount(each) }
}

/** What one trial saves against another: printed figures subtracted, so that they add up to the digit. */
export const savingOf = (trial: Trial, base: Trial): Pick<AdvisedLever, 'saving' | 'saving_share'> => ({
  saving: differenceOf(trial, base),
  saving_share: base.cost.isZero() ? null : Number(ONE.minus(quotient(trial.cost, base.cost)).toFixed()),
})

const differenceOf = (trial: Trial, base: Trial): Printed<string> => {
  const [from, to] = [monthly(base), monthly(trial)]
  // A cluster's price varies apart from the token counts.
  const isApart = (trial.view === 'self_hosted') !== (base.view === 'self_hosted')
  const less = isApart ? { low: to.high, high: to.low } : to
  const [low, high] = [printed(from.low, less.low), printed(from.high, less.high)]
  return printRange(high.lt(low) ? { low: high, high: low } : { low, high }, money)
}

const printed = (from: Exact, to: Exact): Exact => exact(money(from)).minus(exact(money(to)))
