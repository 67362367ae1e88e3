import { InputError, problems } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { byMeter, type MeterKey } from '../../model/meters.ts'
import { quotesOf } from '../price/quote.ts'
import { type Legs, legsOf } from './legs.ts'
import type { Observed, ObserveOptions } from './observe.ts'
import { type ObservedTraffic, trafficOf } from './traffic.ts'

/** A scenario that reproduces usage, with what its numbers come from. */
export interface UsageScenario {
  /** The day whose prices hold. */
  readonly at: string
  readonly timezone: string
  readonly legs: Legs
  readonly traffic: ObservedTraffic
  /** Conversations, or calls where `turns` is 1, per period; `null`: calls are not counted. */
  readonly requests: number | null
  readonly turns: number
  /** Tokens of a mean call, or of a period where calls are not counted; whole numbers. */
  readonly tokens: Readonly<Record<MeterKey, number>>
  readonly reasoning: number
  readonly observed: Observed
}

/**
 * The scenario behind usage.
 *
 * @param at - date whose prices hold where no record tells its time
 * @throws {InputError} NO_RECORDS where no record has tokens; the fault of a model where none has a price
 */
export const usageScenario = (
  observed: Observed,
  {
    book,
    at,
    clock,
    since,
    until,
  }: Pick<ObserveOptions, 'clock' | 'since' | 'until'> & { readonly book: Book; readonly at: string },
): UsageScenario => {
  const { count, calls } = observed.conversations
  const turns = count === 0 ? 1 : Math.max(1, Math.round(calls / count))
  const lastDay = observed.span === null ? at.slice(0, 10) : new Date(observed.span.last).toISOString().slice(0, 10)
  const legs = legsOf(observed.mixes, { quote: quotesOf(book), at: Date.parse(lastDay) })
  if (legs.legs.length === 0) throw new InputError([problems.noScenarioIn(legs.leftOut[0] ?? null)])
  const traffic = trafficOf(observed, { clock, since, until, requests: legs.calls / turns })
  const parts = legs.isCounted ? legs.calls : traffic.periods
  const whole = (tokens: number): number => Math.round(tokens / parts)
  return {
    at: lastDay,
    timezone: clock.timezone,
    legs,
    traffic,
    requests: legs.isCounted ? Math.max(1, Math.round(legs.calls / turns / traffic.periods)) : null,
    turns: legs.isCounted ? turns : 1,
    tokens: byMeter(meter => whole(legs.tokens[meter])),
    reasoning: whole(legs.reasoning),
    observed,
  }
}
