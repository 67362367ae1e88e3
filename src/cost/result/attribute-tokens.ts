import { type Exact, exact, type Money, ONE, quotient, sum, ZERO } from '../../model/number/money.ts'
import { remembered } from '../../model/remembered.ts'
import { count, perHosted, share } from '../../model/result/print-exact.ts'
import type { ScenarioResult } from '../../model/result/result.ts'
import { COUNTED_LENGTHS, type Length, type Part, type Request } from '../../model/scenario/counted.ts'
import type { View } from '../../model/views.ts'
import type { StreamRange } from '../api/price-range.ts'
import { totalCost } from '../api/price-usage.ts'
import type { PricedScenario } from '../fleet/price-scenario.ts'
import { allCalls, type CallRange } from '../workload/measure-workload.ts'

/** Selects parts of a prompt by kind and by whether they were counted exactly. */
type Wanted = (part: Pick<Part, 'kind' | 'exact'>) => boolean

const NUMBER = { kind: 'number', exact: true } as const

type Parts = Exclude<Length, number>

/** Cached means of a length's selected parts: every view of every leg asks for them. */
const knownMeans = remembered((_: Parts) => new Map<Wanted, Exact>())

/** Mean tokens of a length's selected parts. */
const meanTokens = (length: Length, wanted: Wanted): Exact => {
  if (typeof length === 'number') return wanted(NUMBER) ? exact(length) : ZERO
  const means = knownMeans(length)
  const mean = means.get(wanted) ?? meanOfParts(length, wanted)
  means.set(wanted, mean)
  return mean
}

const meanOfParts = ({ parts }: Parts, wanted: Wanted): Exact =>
  sum(
    parts
      .filter(wanted)
      .map(({ samples }) => quotient(sum(samples.map(tokens => exact(tokens))), exact(samples.length))),
  )

/** The calls whose prompts are added up, and whether they send earlier reasoning again. */
interface Sent {
  readonly extent: CallRange
  readonly keeps: boolean
}

/**
 * Mean tokens of the selected parts in all prompts of one request of a stream. Each length counts as often as it is
 * sent: under `history`, turn k is sent again in every later call.
 */
export const promptTokens = (request: Request, wanted: Wanted, { extent, keeps }: Sent): Exact => {
  const { history, turn, output, reasoning, answer_overhead } = request
  const { times, of, first, last } = extent
  const calls = last - first + 1
  // The number of earlier calls, summed over all calls: that is how often an earlier answer is sent again.
  const again = history ? (calls * (first + last - 2)) / 2 : 0
  const answers = meanTokens(output, wanted)
    .minus(keeps ? ZERO : meanTokens(reasoning, wanted))
    .plus(meanTokens(answer_overhead, wanted))
  const once = EACH_CALL.map(key => meanTokens(request[key], wanted))
  const sent = sum(once)
    .times(calls)
    .plus(meanTokens(turn, wanted).times(calls + again))
    .plus(answers.times(again))
  return times === of ? sent : quotient(sent.times(times), exact(of))
}

/** Lengths that every call sends once. */
const EACH_CALL = ['start_overhead', 'shared', 'session', 'context', 'end_overhead'] as const

/** Tokens of all prompts of one request. @param keeps - whether earlier reasoning is sent again */
export const allPrompts = (request: Request, keeps: boolean): Exact =>
  promptTokens(request, isAny, { extent: allCalls(request), keeps })

/** Mean prompt and output of one call, tokens. @param keeps - whether earlier reasoning is sent again */
export const meanCall = (request: Request, keeps: boolean): { readonly prompt: number; readonly output: number } => ({
  prompt: quotient(allPrompts(request, keeps), exact(request.turns)).toNumber(),
  output: meanTokens(request.output, isAny).toNumber(),
})

/** The cost of a stream and its estimated part, over both ends of the band. */
interface Resting {
  readonly estimated: Money
  readonly total: Money
}

const sentIn = ({ stream, keeps }: StreamRange['low']): Sent => ({ extent: stream.extent, keeps })

const restOnEstimates = ({ scenario: { request, totals }, low, high }: StreamRange, view: View): Resting | null => {
  const [a, b] = [low.views[view], high.views[view]]
  if (!('lines' in a && 'lines' in b)) return null
  const total = a.cost.plus(b.cost)
  // Exact counts have one end and no estimated part.
  if (low === high) return { estimated: ZERO, total }
  const [prompt, output] = request
    ? [promptShare(request, sentIn(low)), outputShare(request)]
    : totals?.band
      ? [ONE, ONE]
      : [ZERO, ZERO]
  const written = totalCost([...a.lines, ...b.lines].filter(({ meter }) => meter === 'output'))
  return { estimated: total.minus(written).times(prompt).plus(written.times(output)), total }
}

/**
 * The part of each view's cost that rests on estimated counts: the prompt's cost by the estimated share of its tokens,
 * and the output's by its own, over both ends of the band.
 *
 * @returns shares from 0 to 1; `null` if the cost is unknown or zero
 */
export const estimatedShares = ({ apiStreams, nonApiCost }: PricedScenario): ScenarioResult['estimated_share'] =>
  perHosted(view => {
    const parts = apiStreams.map(stream => restOnEstimates(stream, view))
    const known = parts.flatMap(part => part ?? [])
    if (known.length < parts.length || nonApiCost === null) return null
    // Both ends of the band are included.
    return share(
      sum(known.map(({ estimated }) => estimated)),
      sum([nonApiCost.low, nonApiCost.high, ...known.map(({ total }) => total)]),
    )
  })

const isEstimate: Wanted = ({ exact }) => !exact
const isAny: Wanted = () => true

const part = (some: Exact, all: Exact): Exact => (all.isZero() ? ZERO : quotient(some, all))

const promptShare = (request: Request, calls: Sent): Exact =>
  part(promptTokens(request, isEstimate, calls), promptTokens(request, isAny, calls))

const outputShare = ({ output }: Request): Exact => part(meanTokens(output, isEstimate), meanTokens(output, isAny))

/** Tokens per period that chat template and tool definitions add to the prompts; `null` if there are none. */
export const describeOverhead = (priced: PricedScenario): ScenarioResult['overhead'] => {
  const of = (kind: Part['kind']) => {
    const wanted: Wanted = part => part.kind === kind
    const found = priced.streams.flatMap(({ scenario: { request, traffic }, low }) => {
      if (!request || !hasKind(request, kind)) return []
      const sent = promptTokens(request, wanted, sentIn(low))
      return [sent.times(low.stream.share).times(traffic.requests)]
    })
    return found.length === 0 ? null : count(sum(found))
  }
  return { template: of('template'), tools: of('tools') }
}

const hasKind = (request: Request, kind: Part['kind']): boolean =>
  COUNTED_LENGTHS.some(key => {
    const length = request[key]
    return typeof length !== 'number' && length.parts.some(part => part.kind === kind)
  })
