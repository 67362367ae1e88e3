import type { ScenarioResult } from '../model/result/result.ts'
import { viewLabel } from '../model/views.ts'
import * as words from './in-words.ts'
import { type Column, layOut, naturalWidth, wrap } from './lay-out.ts'
import type { RenderOptions } from './renderer.ts'

type Options = Pick<RenderOptions, 'width' | 'paint'>

/** Every line of a scenario: quantity × rate = cost, and where the rate is from. */
export const explainBlock = (scenario: ScenarioResult, options: Options): string => {
  const { width, paint } = options
  const columns: Column[] = [
    { title: 'view', once: true },
    ...(scenario.routing ? [{ title: 'model', shortens: true, once: true }] : []),
    { title: 'meter' },
    { title: 'quantity', align: 'right' },
    { title: 'rate', align: 'right' },
    { title: 'cost', align: 'right' },
    { title: 'row' },
  ]
  const rows = scenario.lines.map(line => {
    const { quantity, rate, cost } = words.worked(line)
    const served = scenario.routing ? [line.model] : []
    return [viewLabel(line.view), ...served, line.meter, quantity, rate, cost, paint.dim(words.origin(line))]
  })
  const title = paint.strong(
    wrap(`${scenario.name}, ${words.servedBy(scenario)}: quantity × rate = cost`, width, { first: '', rest: '  ' }),
  )
  const fits = naturalWidth(columns, rows) <= width
  return `${title}\n${fits ? layOut(columns, rows, width) : grouped(columns, rows, options)}`
}

/** Lines below the name of their view, each with the number of its row, and the rows below them all. */
const grouped = (
  [view, ...columns]: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, paint }: Options,
): string => {
  const origins = [...new Set(rows.map(row => row.at(-1) ?? ''))]
  const numberOf = new Map(origins.map((origin, i) => [origin, i + 1]))
  const numbered = rows.map(row => [...row.slice(0, -1), `[${numberOf.get(row.at(-1) ?? '')}]`])
  const notes = origins.map((origin, i) => wrap(`[${i + 1}] ${origin}`, width, { first: '', rest: '    ' }))
  const lines = layOut(
    columns,
    numbered.map(row => row.slice(1)),
    width - INDENT.length,
  ).split('\n')
  // Too narrow for a table: each line is a block of its own, under no heading.
  if (lines.length !== rows.length + 1 || !view)
    return [layOut([...(view ? [view] : []), ...columns], numbered, width), ...notes].join('\n')
  const [head = '', ...body] = lines
  const set = body.flatMap((line, i) => {
    const [name = '', before] = [rows[i]?.[0], rows[i - 1]?.[0]]
    return [...(name === before ? [] : [paint.strong(name)]), `${INDENT}${line}`]
  })
  return [`${INDENT}${head}`, ...set, ...notes].join('\n')
}

const INDENT = '  '
