import type { Column } from './block.ts'
import { layOut, wrap } from './lay-out.ts'
import type { RenderOptions } from './renderer.ts'

const INDENT = '  '

/**
 * Rows below the name in their first column, which is shown once, each with the number of what its last column says,
 * and that below them all.
 *
 * @param rows - cells as they are printed
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
  const lines = layOut(
    columns,
    numbered.map(row => row.slice(1)),
    width - INDENT.length,
  ).split('\n')
  // Too narrow for a table: each line is a block of its own, under no heading.
  if (lines.length !== rows.length + 1 || !head)
    return [layOut([...(head ? [head] : []), ...columns], numbered, width), ...notes].join('\n')
  const [titles = '', ...body] = lines
  const set = body.flatMap((line, i) => {
    const [name = '', before] = [rows[i]?.[0], rows[i - 1]?.[0]]
    return [...(name === before ? [] : [paint.strong(name)]), `${INDENT}${line}`]
  })
  return [`${INDENT}${titles}`, ...set, ...notes].join('\n')
}
