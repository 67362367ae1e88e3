import { middleOf } from '../../model/number/range.ts'
import { counted } from '../../model/plural.ts'
import type { UsageReport, UsageRow } from '../../model/result/usage.ts'
import {
  type Block,
  heading,
  left,
  name,
  names,
  notes,
  quote,
  right,
  type Table,
  warningList,
} from '../blocks/block.ts'
import type { RenderOptions } from '../blocks/renderer.ts'
import { amount, figures } from '../figures/amounts.ts'
import { columnDecimals, formatCount } from '../figures/format.ts'
import { provenance } from '../figures/provenance.ts'
import * as words from './in-words.ts'
import { linesTable } from './lines-table.ts'

/** Days and models with a difference that are shown. */
const MOST_DIFFERENCES = 10

/** Real usage: what it cost, by model and by the keys asked for, beside what the source says and on other models. */
export const usageBlocks = (report: UsageReport, { explain }: Pick<RenderOptions, 'explain'>): Block[] => {
  const { breakdown, elsewhere, warnings, unpriced, lines } = report
  const isByModel = breakdown?.by.join() === 'model'
  return [
    heading(words.answerOf(report)),
    ...(isByModel ? [] : [rowTable('By model', ['model'], { rows: report.by_model, total: report.total })]),
    ...(breakdown ? [breakdownTable(breakdown, isByModel ? report.total : undefined)] : []),
    ...(elsewhere.length > 0 ? [elsewhereTable(report)] : []),
    ...differencesTable(report),
    ...(explain && lines ? [linesTable(lines)] : []),
    notes([
      ...words.leverNotes(report),
      ...words.basisNotes(report),
      ...(explain && !lines ? ['Saved without its lines: dsprice usage --explain has them.'] : []),
      ...(unpriced.length > 0 ? [{ title: 'Without a price', items: words.unpricedNotes(report).map(quote) }] : []),
      ...(warnings.length > 0 ? [warningList(warnings)] : []),
      quote(provenance(report.pricing)),
    ]),
  ]
}

type Figures = Omit<UsageRow, 'keys'>

interface Rows {
  readonly rows: readonly UsageRow[]
  readonly total?: Figures
  readonly others?: (Figures & { readonly rows: number }) | null
}

const rowTable = (title: string, keys: readonly string[], { rows, total, others }: Rows): Table => {
  const all: readonly Figures[] = [...rows, ...(total ? [total] : []), ...(others ? [others] : [])]
  const isCounted = all.every(({ requests }) => requests !== null)
  const isStated = all.some(({ stated }) => stated !== null)
  const decimals = columnDecimals(figures(all.flatMap(row => [row.cost, row.at_least, row.stated, row.headline])))
  const cells = (row: Figures): string[] => [
    formatCount(isCounted ? (row.requests ?? row.records) : row.records),
    words.promptOf(row),
    words.outputOf(row),
    row.headline === null ? 'unknown' : amount(row.headline, decimals),
    words.costOf(row, decimals),
    ...(isStated
      ? [
          row.stated === null ? '' : amount(row.stated, decimals),
          row.difference === null ? '' : words.differenceOf(row.difference, decimals),
        ]
      : []),
  ]
  const label = (text: string): string[] => [text, ...keys.slice(1).map(() => '')]
  return {
    kind: 'table',
    title,
    compact: true,
    columns: [
      ...keys.map(key => names(key)),
      right(isCounted ? 'requests' : 'records'),
      right('tokens in'),
      right('out', { drop: 3 }),
      right('headline', { drop: 1 }),
      right('cost'),
      // The differences have a table of their own.
      ...(isStated ? [right('stated'), right('difference', { drop: 2 })] : []),
    ],
    ...(total && rows.length > 1 ? { marked: rows.length + (others ? 1 : 0) } : {}),
    rows: [
      ...rows.map(row => [...row.keys.map(name), ...cells(row)]),
      ...(others ? [[...label(`${counted(others.rows, 'other')}`), ...cells(others)]] : []),
      ...(total && rows.length > 1 ? [[...label('total'), ...cells(total)]] : []),
    ],
  }
}

const breakdownTable = ({ by, rows, others }: NonNullable<UsageReport['breakdown']>, total?: Figures): Table =>
  rowTable(`By ${by.join(' and ')}`, by, { rows, others, ...(total ? { total } : {}) })

const elsewhereTable = ({ elsewhere }: UsageReport): Table => {
  const decimals = columnDecimals(figures(elsewhere.flatMap(({ at_least, served }) => [at_least, served])))
  const ranked = [...elsewhere].sort((a, b) => middleOf(a.at_factor ?? '0').comparedTo(middleOf(b.at_factor ?? '0')))
  return {
    kind: 'table',
    title: 'The same usage on other models',
    columns: [names('model'), right('cost'), right('as served'), left('note', { wraps: true })],
    rows: ranked.map(row => [
      row.model,
      words.costOf(row, decimals),
      row.served === null ? 'unknown' : amount(row.served, decimals),
      elsewhereNote(row),
    ]),
  }
}

const elsewhereNote = (row: UsageReport['elsewhere'][number]): string =>
  [
    row.exact ? '' : 'tokens converted, an estimate',
    row.as_standard > 0
      ? `${counted(row.as_standard, 'record')} at standard rates: no such service, batch or region`
      : '',
    row.as_input.length > 0 ? `${row.as_input.join(', ')} billed as input` : '',
    row.reason ?? '',
  ]
    .filter(Boolean)
    .join('; ')

const differencesTable = ({ differences }: UsageReport): Table[] => {
  const size = (row: (typeof differences)[number]) => middleOf(row.difference ?? '0').abs()
  const found = differences.filter(row => row.difference !== null && !size(row).isZero())
  if (found.length === 0) return []
  const shown = [...found].sort((a, b) => size(b).comparedTo(size(a))).slice(0, MOST_DIFFERENCES)
  const decimals = columnDecimals(figures(shown.flatMap(row => [row.cost, row.stated, row.difference])))
  const more = found.length - shown.length
  return [
    {
      kind: 'table',
      title: `Where the source says another cost${more > 0 ? `, the largest ${shown.length} of ${formatCount(found.length)} (--json has all)` : ''}`,
      compact: true,
      columns: [left('day'), names('model'), right('cost'), right('stated'), right('difference')],
      rows: shown.map(({ day, model, cost, stated, difference }) => [
        day,
        name(model),
        cost === null ? 'unknown' : amount(cost, decimals),
        amount(stated, decimals),
        difference === null ? '' : words.differenceOf(difference, decimals),
      ]),
    },
  ]
}
