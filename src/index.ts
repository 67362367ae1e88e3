import { type PricedCall, priceOneCall } from './cost/api/price-call.ts'
import { collect, InputError, type Problem } from './errors/index.ts'
import type { LoadedBook } from './load/book/loaded-book.ts'
import { type ReplayRequest, type ReplaySettings, replayRequests } from './load/replay/replay-requests.ts'
import { checkSchema } from './load/source/check-schema.ts'
import { objectSource } from './load/source/source.ts'
import { callSchema } from './model/call.ts'
import { parseInstant } from './model/instant.ts'
import type { MeterKey } from './model/meters.ts'
import { highOf, lowOf, type Printed } from './model/number/range.ts'
import type { Replay } from './model/result/replay.ts'
import type { UsageReport } from './model/result/usage.ts'
import { columnDecimals, formatUsd, spanned } from './report/figures/format.ts'
import { factorFor } from './tokens/index.ts'
import type { UsageRecord } from './usage/record.ts'
import { usageRun } from './usage/result/usage-run.ts'

/** The library: a typed API for what the command line does. Amounts are exact decimal strings in USD. */

/** A call to price: tokens by meter, and whose they are. */
export interface CallToPrice extends Partial<Record<MeterKey, number>> {
  readonly model: string
  /** The instant of the call; default: now. A date will do where the model has no peak hours. */
  readonly at?: string
  readonly service?: string
  readonly region?: string
}

/**
 * Prices one call exactly, by the rates in force at its instant.
 *
 * @param call - tokens by meter; they are disjoint: a token read from the cache is not in `input` too
 * @returns every line with its rate, exact USD, and the row of the book
 * @throws {InputError} UNKNOWN_KEY, INVALID by key; UNKNOWN_MODEL, NO_PRICE_AT, NO_SERVICE, NO_REGION; NO_RATE for a
 *   meter that the model has no known rate of
 * @example
 * const book = await loadBook('2026-05-15')
 * priceUsage({ model: 'deepseek-v4-pro', at: '2026-05-15', input: 1_000_000, output: 1000 }, book).total
 */
export const priceUsage = (call: CallToPrice, { book }: LoadedBook): PricedCall => {
  const source = objectSource({ ...call, at: call.at ?? new Date().toISOString() })
  const faults: Problem[] = []
  const priced = collect(faults, () => priceOneCall(checkSchema(callSchema, source), book), source.locate)
  if (priced === undefined) throw new InputError(faults)
  return priced
}

/** What `usage` is asked for beside the records. */
export interface UsageSettings {
  /** Date or instant whose month has a pace; default: today, UTC. */
  readonly at?: string
  /** IANA zone of days and months; default: UTC. */
  readonly timezone?: string
  /** First instant, and the first that no longer counts: dates (00:00 UTC) or instants. */
  readonly since?: string
  readonly until?: string
  /** Keys of the breakdown: model, day, month, or keys of the records. */
  readonly by?: readonly string[]
  /** Rows of the breakdown that are kept apart; default: all. */
  readonly top?: number
  /** Other models that the same usage is priced on. */
  readonly models?: readonly string[]
}

/**
 * Prices records of real usage, each at its own instant on the model that served it: what `dsprice usage --json` prints.
 *
 * @param records - in the disjoint form: input is what the cache neither gave nor kept
 * @throws {InputError} NO_RECORDS; UNKNOWN_MODEL, NO_PRICE_AT or NO_RATE where nothing has a price
 */
export const usage = (
  records: Iterable<UsageRecord>,
  book: LoadedBook,
  {
    at = new Date().toISOString().slice(0, 10),
    timezone = 'UTC',
    since,
    until,
    by = [],
    top,
    models = [],
  }: UsageSettings = {},
): UsageReport => {
  const ms = (given: string | undefined): number | null => (given === undefined ? null : (parseInstant(given) ?? null))
  const terms = { at, timezone, since: ms(since), until: ms(until), by, top: top ?? null, models, factorFor }
  const run = usageRun(book, terms)
  let read = 0
  for (const record of records) {
    run.add(record)
    read++
  }
  const sources = [{ name: 'records', format: 'records', records: read, conventions: {} }]
  return run.finish({ sources, malformed: 0, malformed_at: [], warnings: [] })
}

/**
 * What a prompt cache would serve of requests, and the load they make: what `dsprice replay --json` prints. A request of a
 * model that the book lacks has no price, and `at_least` is then what the others cost.
 *
 * @param requests - in any order; they are replayed by time
 * @throws {InputError} INVALID
 */
export const replay = (requests: Iterable<ReplayRequest>, book: LoadedBook, settings: ReplaySettings): Replay =>
  replayRequests(requests, book, settings)

/** An amount of a result: exact USD, a range where it is not known exactly, `null` where it is unknown. */
export type Amount = Printed<string> | null

/** The low end of an amount, exact USD; of one without a range the amount itself; `null`: unknown. */
export const low = (amount: Amount): string | null => (amount === null ? null : lowOf(amount))

/** The high end of an amount, exact USD; of one without a range the amount itself; `null`: unknown. */
export const high = (amount: Amount): string | null => (amount === null ? null : highOf(amount))

/**
 * An amount for people, rounded once and half-even, as the reports print it: `$0.7308`, `$40.00-$80.00`, `unknown`.
 *
 * @param decimals - default: two from $10 up, four from one cent up, else three significant digits
 */
export const toUsd = (amount: Amount, decimals?: number): string => {
  if (amount === null) return 'unknown'
  const places = decimals ?? columnDecimals([lowOf(amount), highOf(amount)])
  return spanned(amount, value => formatUsd(value, places))
}

export type { CallLine, PricedCall } from './cost/api/price-call.ts'
export { InputError, type Problem } from './errors/index.ts'
export {
  advise,
  compare,
  estimate,
  forecast,
  loadBook,
  loadScenario,
  type SweepOptions,
  sweep,
  withCatalogue,
} from './library.ts'
export type { LoadedBook } from './load/book/loaded-book.ts'
export type { ReplayRequest, ReplaySettings } from './load/replay/replay-requests.ts'
export type { Book, Model, Price, Provider, Rate } from './model/book/book.ts'
export type { Printed } from './model/number/range.ts'
export type { Advice, AdvisedLever, AdvisedPlan } from './model/result/advice.ts'
export type { Forecast, ForecastMonth, ForecastScenario } from './model/result/forecast.ts'
export type { Replay, ReplayRow } from './model/result/replay.ts'
export type {
  Assumption,
  Candidate,
  Comparison,
  CostLine,
  Result,
  ScenarioResult,
  Warning,
} from './model/result/result.ts'
export type { Sweep, SweptCell, SweptFigures } from './model/result/sweep.ts'
export type { UsageReport } from './model/result/usage.ts'
export type { Scenario } from './model/scenario/scenario.ts'
export type { PlainScenario } from './model/scenario/scenario-schema.ts'
export type { CostView, View } from './model/views.ts'
export type { UsageRecord } from './usage/record.ts'
