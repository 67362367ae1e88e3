import { InputError, problems } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import { byMeter, type MeterKey } from '../../model/meters.ts'
import type { LocalTime } from '../groups/local-time.ts'
import type { Quoter } from '../price/price-group.ts'
import { quotesOf } from '../price/quote.ts'
import { type Leg, type Legs, legsOf } from './legs.ts'
import { shareInWindow, weightsFor } from './named-hours.ts'
import type { Observed, ObserveOptions } from './observe.ts'
import { isFarFromWhole, type ObservedTraffic, trafficOf } from './traffic.ts'

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
  /** Usage in the hours of a price, where the records name it instead of their own hours; `null`: they do not. */
  readonly named: NamedHours | null
  /** Whether the price of some leg changes by the hour. */
  readonly isHourly: boolean
}

/** The share in the window of a price, of the records and of the scenario. */
export interface NamedHours {
  readonly window: string
  readonly share: number
  readonly reached: number
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
  const mean = count === 0 ? 1 : Math.max(1, Math.round(calls / count))
  const lastDay = observed.span === null ? at.slice(0, 10) : new Date(observed.span.last).toISOString().slice(0, 10)
  const rated = { quote: quotesOf(book), at: Date.parse(lastDay) }
  const legs = legsOf(observed.mixes, rated)
  if (legs.legs.length === 0) throw new InputError([problems.noScenarioIn(legs.leftOut[0] ?? null)])
  const told = trafficOf(observed, { clock, since, until, requests: legs.calls / mean })
  const { traffic, named } = withNamedHours(told, observed, { ...rated, clock })
  // Of a run so few conversations that their calls are no whole number of them are told call by call.
  const turns = traffic.per === 'run' && isFarFromWhole(legs.calls / mean) ? 1 : mean
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
    named,
    isHourly: legs.legs.some(leg => hasHours(leg, rated)),
  }
}

const hasHours = ({ model, service, batch, region, mix }: Leg, { quote, at }: Rated): boolean => {
  const quoted = quote({ model, at, prompt: mix.band, service, batch, region })
  return !('fault' in quoted) && quoted.hours.length > 0
}

interface Rated {
  readonly quote: Quoter
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The traffic with hours by the prices that the records name, where they tell none of their own. */
const withNamedHours = (
  traffic: ObservedTraffic,
  { coarse, untold }: Observed,
  { quote, at, clock }: Rated & { readonly clock: LocalTime },
): Pick<UsageScenario, 'traffic' | 'named'> => {
  const found = coarse === null || untold.time > 0 ? null : shareInWindow(coarse, { quote, at })
  if (found === null || traffic.profile !== null) return { traffic, named: null }
  const { isWeekdaysOnly } = traffic
  const { profile, share } = weightsFor(found, { timezone: clock.timezone, isWeekdaysOnly, at })
  return { traffic: { ...traffic, profile }, named: { window: found.window.name, share: found.share, reached: share } }
}
