import { type Exact, exact, MILLION, type Money, ONE, quotient, sum, ZERO } from '../../model/number/money.ts'
import { both, type Range } from '../../model/number/range.ts'
import type { ServingRates } from '../../model/scenario/self-host.ts'

/** Tokens of a workload by the cluster's work on them, all in the same unit. */
export interface Mix {
  /** Input tokens that miss the cache. */
  readonly miss: Exact
  /** Input tokens that hit the cache. */
  readonly hit: Exact
  readonly output: Exact
}

const DAY_S = 86_400

export const totalOf = ({ miss, hit, output }: Mix): Exact => miss.plus(hit).plus(output)

/** USD per 1M tokens of a bill for these tokens; `null` for no tokens. */
export const blendedPrice = (usd: Money, mix: Mix): Money | null => {
  const tokens = totalOf(mix)
  return tokens.isZero() ? null : quotient(usd.times(MILLION), tokens)
}

/** Sum of mixes. */
export const addMixes = (mixes: readonly Mix[]): Mix => ({
  miss: sum(mixes.map(({ miss }) => miss)),
  hit: sum(mixes.map(({ hit }) => hit)),
  output: sum(mixes.map(({ output }) => output)),
})

/** The same work without cache hits. */
export const withoutHits = ({ miss, hit, output }: Mix): Mix => ({ miss: miss.plus(hit), hit: ZERO, output })

/**
 * Tokens per day of one node at full utilisation for the workload's mix, input and output together. Rates per phase: a
 * node runs one phase at a time, so its seconds add up: miss/prefill + hit/cached_prefill + output/decode. Rates of two
 * phases are never added.
 *
 * @returns low and high, since a roofline is a band; 50 digits
 */
export const nodeCapacity = (rates: Exclude<ServingRates, { kind: 'stated' }>, mix: Mix): Range<Exact> => {
  switch (rates.kind) {
    case 'joint':
      return both(exact(rates.total).times(DAY_S))
    case 'phases':
      return both(byPhases(mix, { ...rates, times: ONE }))
    case 'roofline': {
      const times = exact(rates.times)
      const band = (factor: Exact): Exact => byPhases(mix, { ...rates, cached_prefill: rates.prefill, times: factor })
      return { low: band(quotient(ONE, times)), high: band(times) }
    }
    default:
      return rates satisfies never
  }
}

/** Divides once at the end: seconds over a common denominator. */
const byPhases = (
  { miss, hit, output }: Mix,
  rates: { readonly prefill: string; readonly cached_prefill: string; readonly decode: string; readonly times: Exact },
): Exact => {
  const [p, h, d] = [exact(rates.prefill), exact(rates.cached_prefill), exact(rates.decode)]
  const seconds = miss.times(h).times(d).plus(hit.times(p).times(d)).plus(output.times(p).times(h))
  const total = miss.plus(hit).plus(output)
  return seconds.isZero() ? ZERO : quotient(total.times(p).times(h).times(d).times(DAY_S).times(rates.times), seconds)
}
