import { InputError, problems } from '../../errors/index.ts'
import { exact } from '../../model/number/money.ts'
import { mapRange, type Range } from '../../model/number/range.ts'
import { amount, tokens } from '../../model/result/print-exact.ts'
import type { Result } from '../../model/result/result.ts'
import type { BreakEvenFound, CurvePoint } from '../../model/result/self-hosted.ts'
import type { Scenario } from '../../model/scenario/scenario.ts'
import type { View } from '../../model/views.ts'
import type { BreakEven, ClusterVsApi } from '../cluster/break-even.ts'
import { bestAndWorst, setAgainstApi } from '../cluster/break-even-range.ts'
import { type Lever, sensitivity, sweep } from '../cluster/sweep.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'
import { type SelfHosting, selfHosting } from '../fleet/self-host.ts'
import { whyUnknown } from './describe-leg.ts'
import { describeBreakEven } from './describe-self-host.ts'
import { type PricedBook, priceOne, resultOf } from './estimate.ts'

// Useful multiples of an input.
const FACTORS = ['0.25', '0.5', '0.75', '1', '1.5', '2', '4'].map(factor => exact(factor))

/**
 * A scenario's cluster against the API over utilisation, and how break-even moves with its inputs.
 *
 * @param view - the view that the API is priced in; default: that of the budget, else cached, or headline if that is unknown
 * @returns what `dsprice breakeven --json` prints: a result with a `breakeven` key
 * @throws {InputError} NO_CLUSTER; NO_WORK; VIEW_UNKNOWN if the view is unknown; see also `estimate`
 */
export const breakEvenCurve = (
  scenario: Scenario,
  priced: PricedBook,
  { at, view: asked }: { readonly at: string; readonly view?: View | undefined },
): Result => {
  const about = { scenario: scenario.file ?? scenario.name }
  const plain = priceOne(scenario, priced, scenario.at ?? at)
  const against = asked ?? budgetView(plain)
  const own = { ...plain, ...(against ? { against } : {}) }
  const self = selfHosting(own)
  if (!self) {
    const problem = scenario.self_host
      ? { ...problems.noWork(), path: ['self_host'] }
      : { ...problems.noCluster(scenario.traffic.per === 'run'), path: ['model'] }
    throw new InputError([{ ...problem, ...about }])
  }
  const { view } = self
  const hosted = self.hosted[view]
  if (!hosted) {
    const why = whyUnknown(own.streams)[view] ?? 'it is unknown for one of its models'
    throw new InputError([{ ...problems.viewUnknown(view, why), ...about }])
  }
  const contests = bestAndWorst(setAgainstApi(self.hosting, self.self, hosted))
  return { ...resultOf([own], priced), breakeven: describeCurve(contests, self, view) }
}

/** The view that the scenario's budget limits, if it is one of the API's and is known. */
const budgetView = ({ scenario, costs }: PricedScenario): View | undefined => {
  const view = scenario.budget?.view
  return view === undefined || view === 'self_hosted' || costs[view] === null ? undefined : view
}

const describeCurve = (contests: Range<ClusterVsApi>, self: SelfHosting, view: View): BreakEvenFound => {
  const { low, high } = mapRange(contests, sweep)
  const moved = (lever: Lever): BreakEvenFound['hosted_price'] => {
    const [best, worst] = [sensitivity(contests.low, lever, FACTORS), sensitivity(contests.high, lever, FACTORS)]
    return best.flatMap(({ factor, breakEven }, i) => {
      const other = worst[i]
      return other
        ? [{ factor: Number(factor.toFixed()), break_even: describeEnds(breakEven, other.breakEven, self) }]
        : []
    })
  }
  return {
    view,
    points: low.flatMap((a, i): CurvePoint[] => {
      const b = high[i]
      return b ? [describePoint(a, b)] : []
    }),
    hosted_price: moved('hosted_price'),
    gpu_price: moved('gpu_price'),
    capacity: moved('capacity'),
  }
}

const describeEnds = (low: BreakEven, high: BreakEven, { self, hosting }: SelfHosting) => ({
  low: describeBreakEven(low, self, hosting.low.nodes),
  high: describeBreakEven(high, self, hosting.high.nodes),
})

type Point = ReturnType<typeof sweep>[number]

const describePoint = (a: Point, b: Point): CurvePoint => {
  const usd = (key: Exclude<keyof Point, 'utilisation' | 'tokensPerDay'>) => amount({ low: a[key], high: b[key] })
  return {
    utilisation: Number(a.utilisation.toFixed()),
    tokens_per_day: tokens({ low: a.tokensPerDay, high: b.tokensPerDay }),
    self_hosted_usd_per_1m: usd('selfHostedUsdPer1M'),
    hosted_usd_per_1m: usd('hostedUsdPer1M'),
    self_hosted_usd_per_day: usd('selfHostedUsdPerDay'),
    hosted_usd_per_day: usd('hostedUsdPerDay'),
  }
}
