import type { Printed } from '../../model/number/range.ts'
import type { Result } from '../../model/result/result.ts'
import { VIEW_KEYS, viewLabel } from '../../model/views.ts'
import { left, right, type Table } from '../blocks/block.ts'
import { amount, costsOf } from '../figures/amounts.ts'
import { columnDecimals, formatUsd } from '../figures/format.ts'

/** The sums of several scenarios in every view: runs, months, and each tag. */
export const totalsTable = (result: Result): Table => {
  const rows = totalRows(result)
  const decimals = columnDecimals(
    rows.flatMap(({ sums }) => [...costsOf(sums, VIEW_KEYS), ...Object.values(sums.at_least)]),
  )
  return {
    kind: 'table',
    columns: [left('Total', { wraps: true }), ...VIEW_KEYS.map(view => right(viewLabel(view)))],
    rows: rows.map(({ title, sums }) => [
      `${title} (${sums.scenarios})`,
      ...VIEW_KEYS.map(view => total(sums.costs[view], sums.at_least[view], decimals)),
    ]),
  }
}

/** A total with an unknown part is "at least". */
const total = (cost: Printed<string> | null, atLeast: string | undefined, decimals: number): string => {
  if (cost !== null) return amount(cost, decimals)
  return atLeast === undefined ? 'N/A' : `≥ ${formatUsd(atLeast, decimals)}`
}

/** The rows of the totals, each with its sums. */
const totalRows = ({ totals }: Result) =>
  [
    { title: 'All runs, once each', sums: totals.run },
    { title: 'A month of 730 hours', sums: totals.per_month },
    ...Object.entries(totals.by_tag).flatMap(([tag, { run, per_month }]) => [
      { title: `${tag}, runs`, sums: run },
      { title: `${tag}, a month`, sums: per_month },
    ]),
  ].flatMap(({ title, sums }) => (sums ? [{ title, sums }] : []))
