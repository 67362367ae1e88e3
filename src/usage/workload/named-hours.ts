import { offsetMinutes, openMinutes, WEEK } from '../../cost/time/week.ts'
import type { Window } from '../../model/book/book.ts'
import type { MeterKey } from '../../model/meters.ts'
import { exact, quotient, toDecimals, ZERO } from '../../model/number/money.ts'
import type { Served } from '../plan/models.ts'
import { namedBy, quotesFor } from '../price/candidates.ts'
import type { Quoter } from '../price/price-group.ts'
import type { RecordRates } from '../record.ts'
import { costOf } from './rated-tokens.ts'

const HOURS = 24
const DAYS = 7
/** Weights are per cent of the calls. */
const WHOLE = 100
const WEIGHT_DECIMALS = 4

/** Buckets of more than an hour that have their rates in common. */
export interface Coarse {
  readonly served: Served
  readonly service: string | null
  readonly batch: boolean
  readonly region: string | null
  readonly at: number
  readonly end: number
  readonly rates: RecordRates | null
  readonly tokens: Record<MeterKey, number>
}

/** Usage within the hours of a price. */
export interface InWindow {
  readonly window: Window
  /** Share of the tokens, each kind by its price outside these hours. */
  readonly share: number
}

/**
 * The share of usage in the hours of a price, as the prices tell it that the records name.
 *
 * @param at - the day whose hours count, milliseconds since 1970
 * @returns `null`: no price has hours, or of some record they are not known
 */
export const shareInWindow = (
  buckets: readonly Coarse[],
  { quote, at }: { readonly quote: Quoter; readonly at: number },
): InWindow | null => {
  let window: Window | null = null
  let [inside, all] = [ZERO, ZERO]
  for (const bucket of buckets) {
    const { served, service, batch, region } = bucket
    const asked = { model: served.model.id, prompt: 0, service, batch, region }
    const now = quote({ ...asked, at })
    if ('fault' in now) continue
    const [own, ...more] = now.offer.row.windows ?? []
    const usual = now.hours.at(-1)
    if (!own || !usual) continue
    if (more.length > 0 || (window !== null && !isSame(window, own))) return null
    window = own
    const found = quotesFor({ instants: bucket.served.timeline.statesIn(bucket.at, bucket.end), prompts: [0] }, spot =>
      quote({ ...asked, ...spot }),
    )
    const names = 'fault' in found ? [] : [...new Set(namedBy(bucket.rates, found).map(one => one.window))]
    if (names.length !== 1) return null
    const cost = costOf(bucket, usual.rates)
    all = all.plus(cost)
    if (names[0] === own.name) inside = inside.plus(cost)
  }
  return window === null || all.isZero() ? null : { window, share: quotient(inside, all).toNumber() }
}

const isSame = (a: Window, b: Window): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Weights of the hours of a day. */
export interface Weights {
  readonly profile: readonly number[]
  /** The share in the window that they come to: what was asked for, or the nearest that such a week can have. */
  readonly share: number
}

/**
 * Weights of the hours of a day by which a share of the traffic lies in a window: even within it, and outside it.
 *
 * @param at - instant whose clocks count, milliseconds since 1970
 */
export const weightsFor = (
  { window, share }: InWindow,
  {
    timezone,
    isWeekdaysOnly,
    at,
  }: { readonly timezone: string; readonly isWeekdaysOnly: boolean; readonly at: number },
): Weights => {
  const open = openMinutes(window)
  const ahead = offsetMinutes(window.timezone, at) - offsetMinutes(timezone, at)
  const days = isWeekdaysOnly ? DAYS - 2 : DAYS
  // The part of an hour that lies in the window, on average over the days.
  const parts = Array.from({ length: HOURS }, (_, hour) => {
    let minutes = 0
    for (let day = 0; day < days; day++) {
      for (let minute = 0; minute < 60; minute++) {
        minutes += open[((day * HOURS + hour) * 60 + minute + ahead + WEEK) % WEEK] ?? 0
      }
    }
    return minutes / (60 * days)
  })
  const sumOf = (of: (part: number) => number): number => parts.reduce((sum, part) => sum + of(part), 0)
  // A weight is a × part + b × (1 − part): its share in the window is (a × square + b × mixed) ÷ (a × within + b × without).
  const [square, mixed] = [sumOf(part => part * part), sumOf(part => part * (1 - part))]
  const [within, without] = [sumOf(part => part), sumOf(part => 1 - part)]
  const a = Math.max(0, share * without - mixed)
  const b = Math.max(0, square - share * within)
  const total = a * within + b * without
  return {
    profile: parts.map(part => rounded((WHOLE * (a * part + b * (1 - part))) / total)),
    share: (a * square + b * mixed) / total,
  }
}

const rounded = (weight: number): number => Number(toDecimals(exact(String(weight)), WEIGHT_DECIMALS))
