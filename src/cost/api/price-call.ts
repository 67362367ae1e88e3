import { at, InputError, problems } from '../../errors/index.ts'
import type { Book } from '../../model/book/book.ts'
import type { Call } from '../../model/call.ts'
import { byMeter, METERS, type MeterKey } from '../../model/meters.ts'
import { exact } from '../../model/number/money.ts'
import { windowAt } from '../rates/peak-share.ts'
import { listCard, pickRates, pickTier, type RateCard } from '../rates/pick-rates.ts'
import { type Offer, offerAt } from '../rates/price-at.ts'
import { STANDARD } from '../rates/served-row.ts'
import { moment } from '../time/week.ts'
import { priceUsage, totalCost } from './price-usage.ts'

/** What one meter of a call costs: quantity × rate = cost. */
export interface CallLine {
  readonly meter: MeterKey
  /** Tokens. */
  readonly quantity: number
  /** USD per 1M tokens. */
  readonly rate: string
  readonly unit: '1M tokens'
  /** Exact USD. */
  readonly cost: string
}

/** One call, priced, and the row of the book that priced it. */
export interface PricedCall {
  /** The model's id in the book. */
  readonly model: string
  readonly at: string
  readonly service: string
  readonly region: string | null
  /** Exact USD, every digit: the sum of the lines. */
  readonly total: string
  /** One line for each meter with tokens. */
  readonly lines: readonly CallLine[]
  /** The length of prompts whose rates apply, such as `> 200000`; `null`: the row's own rates. */
  readonly tier: string | null
  /** The hours whose rates apply; `null`: the model has one rate all day. */
  readonly window: string | null
  /** First day of the row. */
  readonly row_from: string
  /** The row's source: its id among the book's `sources`. */
  readonly source: string
  /** What the source is called. */
  readonly source_title: string
}

/**
 * Prices one call exactly, at the rates in force at its instant: quantity × rate ÷ 1,000,000, meter by meter.
 *
 * @param call - tokens by meter, disjoint: the prompt is the sum of all but the output, and decides the tier
 * @returns exact USD, never rounded
 * @throws {InputError} UNKNOWN_MODEL, NO_PRICE_AT, NO_SERVICE, NO_REGION; NO_RATE for a meter without a known rate:
 *   a missing price is never $0; INVALID for a date where the rate depends on the hour
 */
export const priceOneCall = (call: Call, book: Book): PricedCall => {
  const { service = STANDARD, region = null } = call
  const offer = offerAt(book, call.model, call.at, { service, region })
  const { row, model } = offer
  const { ms, plainDate } = moment(call.at)
  if (plainDate && row.windows?.length) throw new InputError([at(['at'], needsInstant(model.id, call.at))])
  const window = windowAt(row, offer.provider, ms)
  const tier = pickTier(row, call.input + call.cache_read + call.cache_write + call.cache_write_1h)
  const lines = linesOf(call, offer, { tier, card: listCard(pickRates(row, tier, window)) })
  const applied = tier === null ? undefined : row.tiers?.[tier]
  return {
    model: model.id,
    ...{ at: call.at, service, region },
    total: totalCost(lines).toFixed(),
    lines: lines.map(({ meter, rate, cost }) => ({
      ...{ meter, quantity: call[meter], rate, unit: '1M tokens' },
      cost: cost.toFixed(),
    })),
    tier: applied ? `${applied.operator} ${applied.threshold}` : null,
    window: row.windows?.length ? (window?.name ?? row.base_window ?? 'other hours') : null,
    row_from: row.from,
    source: row.source,
    source_title: book.sources[row.source]?.title ?? row.source,
  }
}

const needsInstant = (model: string, date: string) =>
  problems.invalid(
    `must be an instant, as the rates of ${model} depend on the hour, got "${date}"`,
    `write the time as well, such as ${date}T09:00Z`,
  )

/** @throws {InputError} NO_RATE for every meter without a known rate */
const linesOf = (call: Call, offer: Offer, { tier, card }: { tier: number | null; card: RateCard }) => {
  const { model, row, longPrompts, terms } = offer
  const named = terms.service === STANDARD ? undefined : terms.service
  if (tier !== null && longPrompts !== null) throw new InputError([problems.noLongPrompts(longPrompts)])
  const lacking = METERS.flatMap(({ key }) => {
    const rate = card[key]
    if (call[key] === 0 || (rate !== null && rate !== 'not_offered')) return []
    const why =
      rate === null
        ? `the price book does not know it${row.note ? `: ${row.note}` : ''}`
        : 'it is not offered, so no call is billed for it'
    return [at([key], problems.noRate(model.id, { meter: key, service: named }, why))]
  })
  if (lacking.length > 0) throw new InputError(lacking)
  const lines = priceUsage(
    byMeter(meter => exact(call[meter])),
    card,
  )
  if ('missing' in lines) throw new Error(`no rate of ${lines.missing}, though all were looked for`)
  return lines
}
