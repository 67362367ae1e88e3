import type { Exact } from '../../model/number/money.ts'
import { middleOf, type Printed } from '../../model/number/range.ts'
import { remembered } from '../../model/remembered.ts'
import type { Sweep, SweptCell, SweptFigures } from '../../model/result/sweep.ts'
import { formatQuantity } from '../figures/format.ts'

/** Cells of a sweep: their values as text, their costs, and which is the cheapest. */

/** A value as typed, and what a multiple comes to. @example 2x (2,400) */
export const valueText = ({ values, comes_to }: Pick<SweptCell, 'values' | 'comes_to'>, key: number): string => {
  const [value = '', outcome] = [values[key], comes_to[key]]
  if (outcome == null) return value
  return `${value} (${/^\d+(\.\d+)?$/.test(outcome) ? formatQuantity(outcome) : outcome})`
}

/** The values of a cell with their keys. @example request.output=350, cache=none */
export const keyedText = ({ keys }: Pick<Sweep, 'keys'>, { values }: Pick<SweptCell, 'values'>): string =>
  keys.map(({ key }, i) => `${key}=${values[i]}`).join(', ')

export const figuresIn = ({ cells }: Pick<Sweep, 'cells'>): SweptFigures[] =>
  cells.flatMap(({ figures }) => figures ?? [])

/** Whether every cell has the same period, so that their costs can be compared. */
export const hasOnePeriod = (sweep: Pick<Sweep, 'cells'>): boolean =>
  new Set(figuresIn(sweep).map(({ per, weekdays_only }) => `${per} ${weekdays_only}`)).size <= 1

/** The unit in which cells are compared: the period, else a month, else a request, whichever every cost has. */
export type Basis = 'costs' | 'per_month' | 'per_request'

const basisOf = remembered((sweep: Pick<Sweep, 'cells' | 'view'>): Basis | null => {
  if (hasOnePeriod(sweep)) return 'costs'
  const known = figuresIn(sweep).filter(({ costs }) => costs[sweep.view] !== null)
  const has = (basis: Basis): boolean => known.every(figures => figures[basis]?.[sweep.view] != null)
  return (['per_month', 'per_request'] as const).find(has) ?? null
})

export const basisIn = (sweep: Pick<Sweep, 'cells' | 'view'>): Basis | null => basisOf(sweep)

/** The cost of a cell in the view of the sentence, in the common unit. */
export const costIn = (sweep: Pick<Sweep, 'cells' | 'view'>, { figures }: SweptCell): Printed<string> | null => {
  const basis = basisOf(sweep)
  return (basis && figures?.[basis]?.[sweep.view]) ?? null
}

export interface Extremes {
  readonly least: SweptCell
  readonly most: SweptCell
}

/** The cheapest and the dearest cell; `null` if the cells have no common unit or no cost. */
export const extremesOf = (sweep: Pick<Sweep, 'cells' | 'view'>): Extremes | null => {
  const known = sweep.cells.flatMap(cell => {
    const cost = costIn(sweep, cell)
    return cost === null ? [] : [{ cell, cost: middleOf(cost) }]
  })
  const [first] = known
  if (!first) return null
  const pick = (isBetter: (a: Exact, b: Exact) => boolean): SweptCell =>
    known.reduce((best, one) => (isBetter(one.cost, best.cost) ? one : best), first).cell
  return { least: pick((a, b) => a.lt(b)), most: pick((a, b) => a.gt(b)) }
}

const NUMERIC = /^[+-]?\$?\d+(\.\d+)?\s*([a-z×%]|[kmb]?\/[a-z]+)?$/i

/** Whether every value of the only key is a number. */
export const isNumeric = ({ keys }: Pick<Sweep, 'keys'>): boolean =>
  keys.length === 1 && (keys[0]?.values ?? []).every(value => NUMERIC.test(value))
