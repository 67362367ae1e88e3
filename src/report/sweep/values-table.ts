import type { Sweep, SweptCell } from '../../model/result/sweep.ts'
import { ALL_VIEWS, type CostView, VIEW_KEYS, viewLabel } from '../../model/views.ts'
import { left, right, strong, type Table, type Text } from '../blocks/block.ts'
import { amount, figures as amountsIn } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { aPeriod } from '../figures/period.ts'
import { extremesOf, figuresIn, hasOnePeriod, valueText } from './cells.ts'
import { requestIn } from './in-words.ts'

/** Columns that a narrow terminal drops, first to last; the month and the request of the answer stay. */
const DROPS: Readonly<Partial<Record<CostView, number>>> = { cached_ideal: 1, batch: 2, batch_cached: 3, headline: 4 }

/** The views that any cell knows; the view of the sentence among them. */
export const shownViews = (sweep: Sweep): readonly CostView[] => {
  const all = figuresIn(sweep)
  return ALL_VIEWS.filter(view => all.some(({ costs }) => costs[view] != null))
}

/** The views of the API that no cell knows. */
export const hiddenViews = (sweep: Sweep): readonly CostView[] => {
  const shown = shownViews(sweep)
  return VIEW_KEYS.filter(view => !shown.includes(view))
}

type Known = NonNullable<SweptCell['figures']>

interface Cost {
  readonly title: string
  readonly drop?: number | undefined
  readonly of: (figures: Known) => Known['costs'][CostView] | undefined
  readonly isAnswer: boolean
}

/** A row for each value, with every known view, and the month and the request in the view of the sentence. */
export const valuesTable = (sweep: Sweep): Table => {
  const { cells, keys, view } = sweep
  const extremes = extremesOf(sweep)
  const all = figuresIn(sweep)
  const costs: Cost[] = [
    ...shownViews(sweep).map(key => ({
      title: viewLabel(key),
      drop: key === view ? undefined : DROPS[key],
      of: (figures: Known) => figures.costs[key],
      isAnswer: key === view,
    })),
    ...extraColumns(sweep),
  ]
  const decimals = costs.map(({ of }) => columnDecimals(amountsIn(all.map(of))))
  const periods = hasOnePeriod(sweep) ? [] : [left('per')]
  return {
    kind: 'table',
    columns: [
      left(keys[0]?.key ?? '', { wraps: true }),
      ...periods,
      ...costs.map(({ title, drop }) => right(title, drop === undefined ? {} : { drop })),
    ],
    rows: cells.map(cell => [
      valueText(cell, 0),
      ...periods.map(() => periodOf(cell)),
      ...costs.map(({ of, isAnswer }, i): Text => {
        const text = amount((cell.figures && of(cell.figures)) ?? null, decimals[i])
        if (!isAnswer) return text
        return cell === extremes?.least && extremes.least !== extremes.most ? { as: 'good', text } : strong(text)
      }),
    ]),
  }
}

const periodOf = ({ figures }: SweptCell): string => {
  if (!figures) return ''
  return figures.per === 'day' && figures.weekdays_only ? 'working day' : aPeriod(figures.per).replace(/^an? /, '')
}

/** The month and the request, in the view of the sentence. */
export const extraColumns = (sweep: Sweep): Cost[] => {
  const { view } = sweep
  const all = figuresIn(sweep)
  const has = (key: 'per_month' | 'per_request'): boolean => all.some(figures => figures[key]?.[view] != null)
  const isMonthly = all.every(({ per }) => per === 'month')
  return [
    ...(has('per_month') && !isMonthly
      ? [{ title: 'a month', of: (one: Known) => one.per_month?.[view], isAnswer: false }]
      : []),
    ...(has('per_request')
      ? [{ title: `a ${requestIn(sweep)}`, of: (one: Known) => one.per_request?.[view], isAnswer: false }]
      : []),
  ]
}
