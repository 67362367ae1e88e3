import type { Column } from './block.ts'
import { layOut, layOutRows, wrap } from './lay-out.ts'
import type { RenderOptions } from './renderer.ts'

const INDENT = '  '

/**
 * Groups rows under the name in their first column, which is shown once. The last column becomes numbered notes below
 * the table, and each row has the number of its note.
 *
 * @param rows - cells as printed
 */
export const groupedTable = (
  [head, ...columns]: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, paint }: Pick<RenderOptions, 'width' | 'paint'>,
): string => {
  const lasts = [...new Set(rows.map(row => row.at(-1) ?? ''))]
  const numberOf = new Map(lasts.map((last, i) => [last, i + 1]))
  const numbered = rows.map(row => [...row.slice(0, -1), `[${numberOf.get(row.at(-1) ?? '')}]`])
  const notes = lasts.map((last, i) => wrap(`[${i + 1}] ${last}`, width, { first: '', rest: '    ' }))
  const laid = layOutRows(
    columns,
    numbered.map(row => row.slice(1)),
    width - INDENT.length,
  )
  // Too narrow for a table: each row is a block of its own, without a heading.
  if (laid === null || !head)
    return [layOut([...(head ? [head] : []), ...columns], numbered, width), ...notes].join('\n')
  const indented = (lines: string): string => lines.replace(/^/gm, INDENT)
  const set = laid.body.flatMap((lines, i) => {
    const [name = '', before] = [rows[i]?.[0], rows[i - 1]?.[0]]
    return [...(name === before ? [] : [paint.strong(name)]), indented(lines)]
  })
  return [indented(laid.head), ...set, ...(laid.told === '' ? [] : [laid.told]), ...notes].join('\n')
}
