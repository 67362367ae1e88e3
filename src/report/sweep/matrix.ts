import type { Sweep, SweptCell } from '../../model/result/sweep.ts'
import { viewLabel } from '../../model/views.ts'
import { left, right, type Table, type Text } from '../blocks/block.ts'
import { amount, figures as amountsIn } from '../figures/amounts.ts'
import { columnDecimals } from '../figures/format.ts'
import { costIn, extremesOf, valueText } from './cells.ts'

/** The values of the first key as rows, those of the second as columns; too wide for that, a row for each pair. */
export const matrixTable = (sweep: Sweep): Table => {
  const { cells, keys } = sweep
  const [first, second] = keys
  const count = second?.values.length ?? 1
  const rows = (first?.values ?? []).map((_, i) => cells.slice(i * count, (i + 1) * count))
  const textOf = costTexts(sweep)
  return {
    kind: 'table',
    columns: [
      left(`${first?.key} \\ ${second?.key}`, { wraps: true }),
      ...(rows[0] ?? []).map(cell => right(valueText(cell, 1))),
    ],
    rows: rows.map(row => [row[0] ? valueText(row[0], 0) : '', ...row.map(textOf)]),
    narrow: [pairsTable(sweep, textOf)],
  }
}

const pairsTable = (sweep: Sweep, textOf: (cell: SweptCell) => Text): Table => ({
  kind: 'table',
  columns: [
    ...sweep.keys.map(({ key }, i) => left(key, { wraps: true, ...(i === 0 ? { once: true } : {}) })),
    right(viewLabel(sweep.view)),
  ],
  rows: sweep.cells.map(cell => [...sweep.keys.map((_, i) => valueText(cell, i)), textOf(cell)]),
})

/** Costs with the decimals of them all; the cheapest stands out. */
const costTexts = (sweep: Sweep): ((cell: SweptCell) => Text) => {
  const extremes = extremesOf(sweep)
  const decimals = columnDecimals(amountsIn(sweep.cells.map(cell => costIn(sweep, cell))))
  return cell => {
    const text = amount(costIn(sweep, cell), decimals)
    return cell === extremes?.least && extremes.least !== extremes.most ? { as: 'good', text } : text
  }
}
