import type { Used } from '../../cost/rates/rate-spells.ts'
import type { Price } from '../../model/book/book.ts'
import { METERS, type MeterKey } from '../../model/meters.ts'
import type { Served } from '../plan/models.ts'
import type { Surveyed } from './survey.ts'

/** What the rates of some models depend on, all together. */
export interface PlannedModels {
  readonly used: readonly Used[]
  readonly edges: readonly number[]
  /** Meters that some rates of theirs do not tell. */
  readonly lacking: readonly MeterKey[]
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
  return { used, edges, lacking: METERS.map(({ key }) => key).filter(meter => prices.some(row => lacks(row, meter))) }
}

/** Whether a row, or any rates in it, leaves a meter unknown. */
const lacks = (row: Price, meter: MeterKey): boolean => {
  const isUnknown = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false
    const { batch, [meter]: rate } = value as { readonly batch?: unknown } & Readonly<Record<string, unknown>>
    // Own rates of a batch need not have every meter that the row has.
    const isShort = typeof batch === 'object' && batch !== null && 'input' in batch && !(meter in batch)
    return rate === null || isShort || Object.values(value).some(isUnknown)
  }
  return isUnknown(row)
}
