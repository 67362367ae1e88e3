import { exact } from '../../model/number/money.ts'
import { addRanges, highOf, lowOf, type Printed, printRange } from '../../model/number/range.ts'
import type { Cause } from '../../model/result/cause.ts'
import type { DiffEntry, Difference } from '../../model/result/difference.ts'
import type { CostView } from '../../model/views.ts'
import { left, name, names, right, type Table, type Text, textParts } from '../blocks/block.ts'
import { causeWords, largestCauses, roundedEffects } from '../figures/causes.ts'
import { isNothing, signed } from '../figures/difference.ts'
import { changedIn, movesDecimals, periodOf } from './in-words.ts'

// Beyond this number, the smallest causes of a scenario are one row.
const MOST_CAUSES = 12

/** What the workload effect of each scenario comes from: rows that add up to it as it is printed. */
export const causesTables = (difference: Difference, view: CostView): Table[] => {
  const entries = changedIn(difference)
  const decimals = movesDecimals(entries, view)
  const rows = entries.flatMap(entry =>
    rowsOf(entry, { view, decimals }).map(({ words, cell }) => [name(entry.name), words, periodOf(entry), cell]),
  )
  if (rows.length === 0) return []
  return [
    {
      kind: 'table',
      compact: true,
      columns: [
        { ...names('scenario'), once: true },
        left('why the workload changed', { wraps: true }),
        left('USD'),
        right('effect'),
      ],
      rows,
    },
  ]
}

/** The largest cause of the only scenario that changed, with the figure that its row of the table has. */
export const largestCause = (difference: Difference, view: CostView): Text[] => {
  const [entry, ...others] = changedIn(difference)
  if (!entry || others.length > 0) return []
  const [cause, ...more] = largestCauses(entry.causes?.[view], 2)
  if (!cause || more.length === 0) return []
  const rows = rowsOf(entry, { view, decimals: movesDecimals([entry], view) })
  return rows
    .filter(row => row.cause === cause)
    .map(({ words, cell }): Text => ['Largest cause: ', ...textParts(words), `, ${cell} ${periodOf(entry)}.`])
}

/** A row as printed. */
interface Told extends Pick<Row, 'words' | 'cause'> {
  readonly cell: string
}

const rowsOf = (
  { causes }: DiffEntry,
  { view, decimals }: { readonly view: CostView; readonly decimals: number },
): Told[] => {
  const found = merged((causes?.[view] ?? []).filter(({ effect }) => !isNothing(effect)))
  const rounded = roundedEffects(
    found.map(({ effect }) => effect),
    decimals,
  )
  return found.map(({ words, cause }, i) => ({ words, cause, cell: inColumn(rounded[i] ?? '0', decimals) }))
}

/** An effect that is only rounded away is not shown as none. */
const inColumn = (effect: Printed<string>, decimals: number): string =>
  isNothing(effect) ? '~$0' : signed(effect, decimals)

interface Row {
  readonly words: Text
  readonly effect: Printed<string>
  /** `null` for the smaller causes together. */
  readonly cause: Cause | null
}

/** The largest causes in the schema's order, and the others as one row. */
const merged = (causes: readonly Cause[]): Row[] => {
  const largest = new Set(causes.length <= MOST_CAUSES ? causes : largestCauses(causes, MOST_CAUSES - 1))
  const others = causes.filter(one => !largest.has(one))
  const rest = addRanges(others.map(({ effect }) => ({ low: exact(lowOf(effect)), high: exact(highOf(effect)) })))
  return [
    ...causes.flatMap(one => (largest.has(one) ? [{ words: causeWords(one), effect: one.effect, cause: one }] : [])),
    ...(others.length === 0
      ? []
      : [
          { words: `${others.length} smaller causes`, effect: printRange(rest, value => value.toFixed()), cause: null },
        ]),
  ]
}
