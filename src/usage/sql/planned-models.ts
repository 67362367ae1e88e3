import { listCard, type RateCard, type Rates } from '../../cost/rates/pick-rates.ts'
import type { Used } from '../../cost/rates/rate-spells.ts'
import type { Price, Rate } from '../../model/book/book.ts'
import { METERS, type MeterKey } from '../../model/meters.ts'
import { exact } from '../../model/number/money.ts'
import type { Served } from '../plan/models.ts'
import type { RatePlan } from '../plan/plan-rates.ts'
import { bandOf } from '../plan/tier-edges.ts'
import { bandStart, type Cards } from './group-query.ts'
import type { Surveyed } from './survey.ts'

/** What the rates of some models depend on, all together. */
export interface PlannedModels {
  readonly used: readonly Used[]
  readonly edges: readonly number[]
  /** Meters by which rows with tokens and rows without are told apart: what the two would cost differs in kind. */
  readonly apart: readonly MeterKey[]
}

/** The models of rows, and those on which their usage is priced as well. */
export const plannedModels = (
  surveyed: readonly Surveyed[],
  served: (name: string) => Served | null,
): PlannedModels => {
  const known = [...new Set(surveyed.flatMap(({ model }) => (model === null ? [] : (served(model) ?? []))))]
  const used = [...new Map(known.flatMap(one => one.used).map(one => [one.model, one])).values()]
  const edges = [...new Set(known.flatMap(one => one.edges))].sort((a, b) => a - b)
  const prices = used.flatMap(({ model }) => model.prices)
  const isMixed = prices.some(hasMixedHours)
  return {
    used,
    edges,
    apart: METERS.map(({ key }) => key).filter(meter => isMixed || prices.some(row => lacks(row, meter))),
  }
}

/**
 * Whether the cheapest hours of a row depend on what is bought: some are cheaper on one meter and dearer on another.
 * Where none are, the cheapest of a sum are the cheapest of its every part.
 */
const hasMixedHours = (row: Price): boolean => {
  const { windows = [] } = row
  const hours: readonly Rates[] = [row, ...windows]
  if (windows.length > 0 && hours.some(({ batch }) => typeof batch === 'object' && batch !== null)) return true
  const cards = hours.map(listCard)
  return cards.some((a, i) =>
    cards.slice(i + 1).some(b => {
      const orders = METERS.map(({ key }) => compareRates(billed(a, key), billed(b, key)))
      return orders.includes(-1) && orders.includes(1)
    }),
  )
}

/** A meter that is not offered is billed as input. */
const billed = (card: RateCard, meter: MeterKey): Rate => (card[meter] === 'not_offered' ? card.input : card[meter])

/** Unknown rates are told apart anyway. */
const compareRates = (a: Rate, b: Rate): number =>
  a === null || b === null || a === 'not_offered' || b === 'not_offered' ? 0 : Math.sign(exact(a).comparedTo(exact(b)))

/** Whether a row, or any rates in it, leaves a meter unknown. */
const lacks = (row: Price, meter: MeterKey): boolean => {
  const isUnknown = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false
    const { batch, [meter]: rate } = value as { readonly batch?: unknown } & Readonly<Record<string, unknown>>
    // Own rates of a batch need not have every meter that the row has: those it does not offer the batch does not either.
    const isOffered = rate !== undefined && rate !== 'not_offered'
    const isShort = isOffered && typeof batch === 'object' && batch !== null && 'input' in batch && !(meter in batch)
    return rate === null || isShort || Object.values(value).some(isUnknown)
  }
  return isUnknown(row)
}

/** Rows of a table that is written into a statement. */
const MOST_CARDS = 20_000

/** The cards of each model in a plan for all of them. @returns `null`: there are too many */
export const cardsOf = (
  models: readonly string[],
  { plan, edges }: { readonly plan: RatePlan; readonly edges: readonly number[] },
  served: (name: string) => Served | null,
): Cards | null => {
  const bands = [0, ...edges].map((_, band) => band)
  if ((plan.states.length + 1) * bands.length * models.length > MOST_CARDS) return null
  return models.flatMap(model => {
    const known = served(model)
    const first = new Map<string, readonly [number, number]>()
    // State 0 is that of buckets, whose rates depend on their start and end.
    return [null, ...plan.states].flatMap((state, i) =>
      bands.map(band => {
        const at = state && (known ? known.timeline.stateAt(state.at) : 0)
        const card = `${at} ${known ? bandOf(known.edges, bandStart(edges, band)) : 0}`
        const to = first.get(card) ?? ([i, band] as const)
        first.set(card, to)
        return [model, i, band, ...to] as const
      }),
    )
  })
}
