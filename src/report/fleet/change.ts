import { type Exact, exact, quotient, toDecimals } from '../../model/number/money.ts'
import { highOf, isRange, lowOf } from '../../model/number/range.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import type { SelfHosted, WouldBe, WouldBePrices } from '../../model/result/self-hosted.ts'
import type { View } from '../../model/views.ts'
import { formatCount, formatShare, formatTokens, plainUsd, spanned } from '../figures/format.ts'
import { aDay, both, spanOf, usdSpan } from './both-ends.ts'
import { meanAtMost, standingsOf } from './standing.ts'

/** The one change that would most plausibly make a cluster break even. */
export interface Change {
  /** A sentence, with the figure now beside the figure needed. */
  readonly what: string
  /** The scenario key and value to type for it, in the worst case of the ranges; `null`: no key sets it. */
  readonly set: string | null
}

interface Contest {
  readonly scenario: ScenarioResult
  readonly self: SelfHosted
  readonly view: View
}

type Needed = WouldBePrices & Partial<WouldBe>

/** Values that would each alone be enough, in the best and in the worst case for self-hosting. */
interface Target {
  readonly best: Needed
  readonly worst: Needed
  /** How it begins. */
  readonly when: string
}

/**
 * The most plausible change: a measured capacity in place of a lower stated one; else the price, of the GPUs or of the
 * API, that has to move least.
 *
 * @returns `null` if nothing has to change, or no single change is enough
 */
export const plausibleChange = (scenario: ScenarioResult, self: SelfHosted, view: View): Change | null => {
  const contest = { scenario, self, view }
  const target = targetOf(contest)
  if (!target) return null
  const found = capacityChange(contest, target) ?? priceChange(contest, target)
  return { what: `${target.when} it would break even with ${found.what}.`, set: found.set }
}

/** Break-even at the highest use where the cluster cannot reach it, else at the use that it has now. */
const targetOf = ({ self, view }: Contest): Target | null => {
  const found = self.break_even[view]
  if (!found || standingsOf(self, found).every(one => one === 'always' || one === 'reached')) return null
  const { low, high } = found
  const one = low.would_pay ?? high.would_pay
  if (one) {
    const when = `Used to ${formatShare(meanAtMost(self))}, the most that it may run at,`
    return { best: low.would_pay ?? one, worst: high.would_pay ?? one, when }
  }
  const { at_use } = self
  return at_use && view === self.hosted_view ? { best: at_use.low, worst: at_use.high, when: "At today's use" } : null
}

/** A capacity that was measured on the same GPU, for a stated one below it. */
const capacityChange = ({ scenario, self }: Contest, { best, worst }: Target): Change | null => {
  const [least, most] = [best.capacity_tokens_per_day, worst.capacity_tokens_per_day]
  const measured = self.nearest?.tokens_per_second_per_gpu
  if (self.trust !== 'stated' || measured == null || least == null || most == null) return null
  const { capacity_tokens_per_day: now, tokens_per_second_per_gpu: rate } = self
  const perGpu = (tokens: number | string): Exact =>
    quotient(exact(tokens).times(exact(lowOf(rate))), exact(lowOf(now)))
  if (perGpu(least).gt(exact(measured))) return null
  const rates = both(...([least, most].map(tokens => formatCount(toDecimals(perGpu(tokens), 0))) as [string, string]))
  const end = perGpu(most).gt(exact(measured)) ? ', enough only at best' : ''
  const what = `a capacity of ${both(formatTokens(least), formatTokens(most))} tokens ${aDay(scenario)} instead of ${formatTokens(lowOf(now))}: ${rates} tokens a second per GPU, where ${formatCount(measured)} were measured${end}`
  return { what, set: `self_host.capacity=${roundedUp(exact(most))}/day` }
}

const MILLION_TOKENS = '0.000001'

/** Tokens in whole millions, never fewer. */
const roundedUp = (tokens: Exact): string => `${toDecimals(tokens.times(MILLION_TOKENS).plus('0.5'), 0)}M`

// A rent can be negotiated, the price of an API cannot: of factors this close the rent is more plausible.
const COMPARABLE = '1.25'

/** The price that has to move by the smaller factor; of comparable ones that of the GPUs. */
const priceChange = (contest: Contest, { best, worst }: Target): Change => {
  const { self, view } = contest
  const now = view === self.hosted_view ? self.hosted_usd_per_1m : null
  const hosted: Change = {
    what: `a hosted price of ${usdSpan(best.hosted_usd_per_1m, worst.hosted_usd_per_1m)} per 1M tokens${now === null ? '' : ` instead of ${usdSpan(lowOf(now), highOf(now))}`}`,
    set: null,
  }
  const gpus = gpuChange(contest, { best, worst })
  if (!gpus) return hosted
  const rise = now === null ? null : quotient(exact(worst.hosted_usd_per_1m), exact(lowOf(now)))
  return gpus.fall === null || rise === null || gpus.fall.lte(rise.times(COMPARABLE)) ? gpus.change : hosted
}

/** The rent of the GPUs that would be enough, and by what factor it would have to fall. */
const gpuChange = (
  { scenario, self }: Contest,
  { best, worst }: Pick<Target, 'best' | 'worst'>,
): { readonly change: Change; readonly fall: Exact | null } | null => {
  const [a, b] = [best.usd_per_gpu_hour, worst.usd_per_gpu_hour]
  if (a === null || b === null || worst.usd_per_hour === null || exact(b).isZero()) return null
  const { low, high } = spanOf(a, b)
  const now = rentOf(scenario, self)
  const whole = scenario.input.self_host?.usd_per_hour !== undefined
  return {
    change: {
      what: `GPUs at ${usdInWords(low, high)} an hour${now ? ` instead of ${usdInWords(now.low, now.high)}` : ''}`,
      set: whole
        ? `self_host.usd_per_hour=${roundedDown(exact(worst.usd_per_hour))}`
        : `self_host.usd_per_gpu_hour=${roundedDown(exact(low))}`,
    },
    fall: now && quotient(exact(now.high), exact(low)),
  }
}

const usdInWords = (low: string, high: string): string => spanned({ low, high }, plainUsd, ' to ')

/** USD per GPU-hour as it is rented now; `null` where the number of nodes varies. */
const rentOf = (
  { input }: ScenarioResult,
  { nodes, gpus_per_node, usd_per_hour }: SelfHosted,
): { readonly low: string; readonly high: string } | null => {
  if (isRange(nodes) || nodes === 0) return null
  const gpus = exact(String(nodes)).times(gpus_per_node)
  const useful = exact(input.self_host?.useful_share ?? '1')
  const each = (usd: string): string => toDecimals(quotient(exact(usd).times(useful), gpus), 12)
  return { low: each(lowOf(usd_per_hour)), high: each(highOf(usd_per_hour)) }
}

/** Four significant digits, never more than the amount. */
const roundedDown = (usd: Exact): string => {
  const decimals = Math.min(12, Math.max(2, 3 - usd.e))
  return toDecimals(usd.minus(exact(`5e-${decimals + 1}`)), decimals)
}
