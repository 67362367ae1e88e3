import type { Difference } from '../../model/result/difference.ts'
import type { CostView } from '../../model/views.ts'
import {
  type Block,
  type Column,
  heading,
  left,
  name,
  names,
  notes,
  quote,
  right,
  type Table,
  type Text,
} from '../blocks/block.ts'
import { type RenderOptions, viewOf } from '../blocks/renderer.ts'
import { causesTables, largestCause } from './causes-table.ts'
import * as words from './in-words.ts'
import { EFFECTS } from './in-words.ts'

/** A difference: each scenario that changed, then the steps from the base's total to the head's. */
export const differenceBlocks = (difference: Difference, options: Pick<RenderOptions, 'view'>): Block[] => {
  const view = viewOf(options)
  const same = words.sameIn(difference)
  return [
    titleBlock(difference, view),
    ...scenarioTables(difference, view),
    ...causesTables(difference, view),
    ...totalsTables(difference, view),
    notes([
      ...(same === '' ? [] : [same]),
      { items: remarks(difference, view) },
      {
        title: 'Warnings',
        items: difference.warnings.map(({ what, fix }) => [quote(what), '; ', quote(fix)]),
        onStderr: true,
      },
      quote(words.booksOf(difference)),
    ]),
  ]
}

/** The answer, then what is compared. */
const titleBlock = (difference: Difference, view: CostView): Block => {
  const [title, answer] = [quote(words.titleOf(difference, view)), words.answerOf(difference, view)]
  return answer === null ? heading(title) : heading(answer, { notes: [title, ...largestCause(difference, view)] })
}

const remarks = (difference: Difference, view: CostView): Text[] => [
  ...words
    .renamedIn(difference)
    .map((one): Text => [name(one.name), ' is compared with ', name(one.base_name ?? ''), ', as it was called.']),
  ...words.changedIn(difference).flatMap((entry): Text[] => {
    const models = words.changedModels(entry)
    return models === null ? [] : [['Model of ', name(entry.name), ': ', quote(models), '.']]
  }),
  ...words
    .unknownIn(difference, view)
    .map((one): Text => ['Unknown for ', name(one.name), `: ${one.effects}, as `, quote(one.why), '.']),
  ...words
    .elsewhereIn(difference, view)
    .map((one): Text => [name(one.name), ` changed in other views (--view): ${one.views}.`]),
]

const NAME = names('scenario')
const COSTS: readonly Column[] = [left('USD'), right('base'), right('head'), right('change'), right('%')]

/** One table if it fits, else costs and effects in separate tables, so that neither loses a figure. */
const scenarioTables = (difference: Difference, view: CostView): Table[] => {
  const changed = words.changedIn(difference)
  if (changed.length === 0) return []
  const cells = words.entryCells(changed, view)
  const effects = EFFECTS.map(effect => right(effect))
  const rows = (from: number, to?: number): Text[][] =>
    changed.flatMap((entry, i) =>
      // A new or removed scenario has no effects, so it has no row among them.
      from > 0 && entry.effects === null ? [] : [[name(entry.name), ...(cells[i] ?? []).slice(from, to)]],
    )
  const split = rows(COSTS.length)
  return [
    {
      kind: 'table',
      compact: true,
      columns: [NAME, ...COSTS, ...effects],
      rows: rows(0),
      narrow: [
        { kind: 'table', columns: [NAME, ...COSTS], rows: rows(0, COSTS.length) },
        ...(split.length === 0 ? [] : [{ kind: 'table', columns: [NAME, ...effects], rows: split } as const]),
      ],
    },
  ]
}

const totalsTables = (difference: Difference, view: CostView): Table[] => {
  const totals = words.totalsOf(difference)
  if (totals.length === 0) return []
  return [
    {
      kind: 'table',
      compact: true,
      columns: [left('Total'), ...totals.map(({ title }) => right(title))],
      rows: words.totalRows(difference, view),
    },
  ]
}
