import type { Difference } from '../model/result/difference.ts'
import * as words from './difference-in-words.ts'
import { EFFECTS } from './difference-in-words.ts'
import { type Column, layOut, naturalWidth, wrap } from './lay-out.ts'
import { type RenderOptions, viewOf } from './renderer.ts'

/** A difference for a terminal: each scenario that changed, then how the base's total becomes the head's. */
export const differenceTable = (difference: Difference, options: RenderOptions): string => {
  const { width, paint } = options
  const view = viewOf(options)
  const notes = [
    words.sameIn(difference),
    ...words.changedIn(difference).flatMap(entry => {
      const models = words.modelsOf(entry)
      return models === null ? [] : [`Model of ${entry.name}: ${models}.`]
    }),
    ...words.unknownIn(difference, view).map(({ name, effects, why }) => `Unknown for ${name}: ${effects}, as ${why}.`),
    ...words
      .elsewhereIn(difference, view)
      .map(({ name, views }) => `${name} changed in other views (--view): ${views}.`),
    words.booksOf(difference),
  ]
  const blocks = [
    paint.strong(wrap(words.titleOf(difference, view), width, { first: '', rest: '  ' })),
    ...scenarioBlocks(difference, options),
    totalsBlock(difference, options),
    notes
      .filter(Boolean)
      .map(note => wrap(note, width, { first: '', rest: '  ' }))
      .join('\n'),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const NAME: Column = { title: 'scenario', shortens: true }

const right = (title: string): Column => ({ title, align: 'right' })

/** One table where it fits, else costs and effects apart: neither gives up a figure. */
const scenarioBlocks = (difference: Difference, options: RenderOptions): string[] => {
  const { width } = options
  const changed = words.changedIn(difference)
  if (changed.length === 0) return []
  const cells = words.entryCells(changed, viewOf(options))
  const names = changed.map(({ name }) => name)
  const costs: Column[] = [{ title: 'USD' }, right('base'), right('head'), right('change'), right('%')]
  const effects = EFFECTS.map(right)
  const all = [NAME, ...costs, ...effects]
  const rows = changed.map((_, i) => [names[i] ?? '', ...(cells[i] ?? [])])
  if (naturalWidth(all, rows) <= width) return [layOut(all, rows, width)]
  const narrow = costs.map(column => (column.align === undefined ? { ...column, drop: 1 } : column))
  const cut = (from: number, to?: number): string[][] =>
    changed.flatMap(({ effects: split }, i) =>
      // What is new or removed is not split: it has no row among the effects.
      from > 0 && split === null ? [] : [[names[i] ?? '', ...(cells[i] ?? []).slice(from, to)]],
    )
  const split = cut(costs.length)
  return [
    layOut([NAME, ...narrow], cut(0, costs.length), width),
    ...(split.length === 0 ? [] : [layOut([NAME, ...effects], split, width)]),
  ]
}

const totalsBlock = (difference: Difference, options: RenderOptions): string => {
  const totals = words.totalsOf(difference)
  if (totals.length === 0) return ''
  const columns: Column[] = [{ title: 'Total' }, ...totals.map(({ title }) => right(title))]
  return layOut(columns, words.totalRows(difference, viewOf(options)), options.width)
}
