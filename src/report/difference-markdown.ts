import { markdownTable } from 'markdown-table'
import type { Difference } from '../model/result/difference.ts'
import * as words from './difference-in-words.ts'
import { EFFECTS } from './difference-in-words.ts'
import { code, codeCell } from './markup.ts'
import { type RenderOptions, viewOf } from './renderer.ts'

/** A difference as GitHub-flavoured Markdown. */
export const differenceMarkdown = (difference: Difference, options: RenderOptions): string => {
  const view = viewOf(options)
  const changed = words.changedIn(difference)
  const same = words.sameIn(difference)
  const notes = [
    ...changed.flatMap(entry => {
      const models = words.modelsOf(entry)
      return models === null ? [] : [`- Model of ${code(entry.name)}: ${code(models)}`]
    }),
    ...words
      .unknownIn(difference, view)
      .map(({ name, effects, why }) => `- Unknown for ${code(name)}: ${effects}, as ${code(why, 200)}`),
    ...words.elsewhereIn(difference, view).map(({ name, views }) => `- ${code(name)} changed in other views: ${views}`),
    ...difference.warnings.map(({ what, fix }) => `- Warning: ${code(what, 200)}; ${code(fix, 200)}`),
  ]
  const blocks = [
    `## ${code(words.titleOf(difference, view), 200)}`,
    scenarioTable(difference, options),
    totalsTable(difference, options),
    ...(same === '' ? [] : [same]),
    notes.join('\n'),
    code(words.booksOf(difference), 200),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const scenarioTable = (difference: Difference, options: RenderOptions): string => {
  const changed = words.changedIn(difference)
  if (changed.length === 0) return ''
  const cells = words.entryCells(changed, viewOf(options))
  const rows = changed.map(({ name }, i) => [codeCell(name), ...(cells[i] ?? [])])
  const head = ['Scenario', 'USD', 'Base', 'Head', 'Change', '%', ...EFFECTS]
  const figures = head.slice(2).map(() => 'r')
  return markdownTable([head, ...rows], { align: ['l', 'l', ...figures], alignDelimiters: false })
}

const totalsTable = (difference: Difference, options: RenderOptions): string => {
  const totals = words.totalsOf(difference)
  if (totals.length === 0) return ''
  const head = ['Total', ...totals.map(({ title }) => title)]
  return markdownTable([head, ...words.totalRows(difference, viewOf(options))], {
    align: ['l', ...totals.map(() => 'r')],
    alignDelimiters: false,
  })
}
