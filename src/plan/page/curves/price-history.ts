import { findModel } from '../../../cost/rates/price-at.ts'
import { span } from '../../../cost/rates/span.ts'
import { servedModels } from '../../../cost/workload/serving.ts'
import type { Book, Model, Price, Rate } from '../../../model/book/book.ts'
import { exact } from '../../../model/number/money.ts'
import type { Scenario } from '../../../model/scenario/scenario.ts'

/** Meters whose history is shown. */
export const HISTORY_METERS = ['input', 'cache_read', 'output'] as const
export type HistoryMeter = (typeof HISTORY_METERS)[number]

/** Rates of a model from one moment to another. */
export interface HistoryStep {
  /** Milliseconds since 1970, half-open; `null`: without an end. */
  readonly from: number
  readonly to: number | null
  /** USD per 1M tokens outside every window; `null`: unknown. */
  readonly rates: Readonly<Record<HistoryMeter, Rate>>
  /** The highest rate of its windows, if the row has hours; `null`: it has none, or one is unknown. */
  readonly atMost: Readonly<Record<HistoryMeter, string | null>>
  /** Announced, not yet in force. */
  readonly isAhead: boolean
  /** Id in the book's sources. */
  readonly source: string
}

/** The list rates of a model over time, for ordinary calls with short prompts. */
export interface PriceHistory {
  readonly model: string
  readonly steps: readonly HistoryStep[]
}

/** The price history of every model that serves a scenario. @param at - milliseconds since 1970 */
export const priceHistories = (scenario: Scenario, book: Book, at: number): PriceHistory[] => {
  const models = servedModels(scenario).flatMap(name => findModel(book, name) ?? [])
  return [...new Set(models)].map(model => priceHistory(model, at))
}

/** The price history of one model, oldest first. */
export const priceHistory = ({ id, prices }: Model, at: number): PriceHistory => ({
  model: id,
  steps: prices.map(row => stepOf(row, at)).sort((a, b) => a.from - b.from),
})

const stepOf = (row: Price, at: number): HistoryStep => {
  const { from, to } = span(row)
  return {
    from,
    to: Number.isFinite(to) ? to : null,
    rates: perMeter(meter => row[meter]),
    atMost: perMeter(meter => highest(row, meter)),
    isAhead: from > at,
    source: row.source,
  }
}

const perMeter = <T>(of: (meter: HistoryMeter) => T): Record<HistoryMeter, T> => ({
  input: of('input'),
  cache_read: of('cache_read'),
  output: of('output'),
})

const highest = ({ windows = [], ...row }: Price, meter: HistoryMeter): string | null => {
  if (windows.length === 0) return null
  let most: string | null = null
  for (const rate of [row[meter], ...windows.map(window => window[meter])]) {
    if (rate === null || rate === 'not_offered') return null
    if (most === null || exact(rate).gt(most)) most = rate
  }
  return most
}
