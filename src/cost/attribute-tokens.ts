import { type Exact, exact, quotient, sum, ZERO } from '../model/money.ts'
import type { ScenarioResult } from '../model/result.ts'
import { COUNTED_LENGTHS, type Length, type Part, type Request, type Scenario } from '../model/scenario.ts'
import type { Bounds } from './price-bounds.ts'
import { costOf } from './price-usage.ts'
import { count, perView, share } from './print-exact.ts'

/** What a part of a prompt is asked for: its kind, whether it was counted exactly. */
type Wanted = (part: Pick<Part, 'kind' | 'exact'>) => boolean

const NUMBER = { kind: 'number', exact: true } as const

/** Mean tokens of the wanted parts of a length. */
const meanOf = (length: Length, wanted: Wanted): Exact => {
  if (typeof length === 'number') return wanted(NUMBER) ? exact(length) : ZERO
  return sum(
    length.parts
      .filter(wanted)
      .map(({ samples }) => quotient(sum(samples.map(tokens => exact(tokens))), exact(samples.length))),
  )
}

/**
 * Mean tokens that the wanted parts put into all prompts of one request: each length as often as it is sent, under
 * `history` turn k again in every later call.
 */
export const promptTokens = (request: Request, wanted: Wanted): Exact => {
  const { turns, history, shared, session, turn, output, reasoning, answer_overhead } = request
  const again = history ? (turns * (turns - 1)) / 2 : 0
  const answers = meanOf(output, wanted).minus(meanOf(reasoning, wanted)).plus(meanOf(answer_overhead, wanted))
  return meanOf(shared, wanted)
    .plus(meanOf(session, wanted))
    .times(turns)
    .plus(meanOf(turn, wanted).times(turns + again))
    .plus(answers.times(again))
}

/**
 * How much of each view's cost rests on estimated counts: the prompt's cost by the estimated share of its tokens, and
 * the output's by its own, over both ends of the band.
 *
 * @returns shares from 0 to 1; `null` where the cost is unknown or nothing
 */
export const estimatedShares = ({ scenario: { request }, low, high }: Bounds): ScenarioResult['estimated_share'] => {
  const [prompt, output] = request ? [promptShare(request), outputShare(request)] : [ZERO, ZERO]
  return perView(view => {
    const [a, b] = [low.views[view], high.views[view]]
    if (!('lines' in a && 'lines' in b)) return null
    const lines = [...a.lines, ...b.lines]
    const written = costOf(lines.filter(({ meter }) => meter === 'output'))
    const total = costOf(lines)
    return share(total.minus(written).times(prompt).plus(written.times(output)), total)
  })
}

const isEstimate: Wanted = ({ exact }) => !exact
const isAny: Wanted = () => true

const part = (some: Exact, all: Exact): Exact => (all.isZero() ? ZERO : quotient(some, all))

const promptShare = (request: Request): Exact => part(promptTokens(request, isEstimate), promptTokens(request, isAny))

const outputShare = ({ output }: Request): Exact => part(meanOf(output, isEstimate), meanOf(output, isAny))

/** Tokens per period that the chat template and the tool definitions put into the prompts; `null` where there are none. */
export const overheadOf = ({ request, traffic }: Scenario): ScenarioResult['overhead'] => {
  const of = (kind: Part['kind']) => {
    if (!request || !hasKind(request, kind)) return null
    return count(promptTokens(request, part => part.kind === kind).times(traffic.requests))
  }
  return { template: of('template'), tools: of('tools') }
}

const hasKind = (request: Request, kind: Part['kind']): boolean =>
  COUNTED_LENGTHS.some(key => {
    const length = request[key]
    return typeof length !== 'number' && length.parts.some(part => part.kind === kind)
  })
