import stringWidth from 'string-width'
import { greatestOf } from '../../model/number/extremes.ts'
import type { Column } from './block.ts'
import { type Indent, wrapBy } from './wrap-by.ts'

const GAP = 2
const NARROWEST = 12
const SHORTEST_NAME = 24

// Every row is as wide as the widest: one long name among thousands of rows would fill memory with spaces.
const MOST_PADDED = 2 ** 24

// Most text is plain; for other text string-width builds a regular expression of all emoji, which takes a while.
const PLAIN = /^[ -~]*$/

/** Terminal columns that a line takes. */
const widthOf = (line: string): number => (PLAIN.test(line) ? line.length : stringWidth(line))

const longestLine = (text: string): number => greatestOf(text.split('\n').map(line => widthOf(line)))

/**
 * Sets rows in columns, at most `width` characters in total. Text columns shrink first, then optional columns are
 * dropped; if that is not enough, each row becomes a block of lines. A figure is never cut.
 *
 * @param width - of the terminal; Infinity: nothing is wrapped
 */
export const layOut = (columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string => {
  const order = columns
    .flatMap(({ drop }, i) => (drop === undefined ? [] : [{ drop, i }]))
    .sort((a, b) => a.drop - b.drop)
  for (let dropped = 0; dropped <= order.length; dropped++) {
    const gone = new Set(order.slice(0, dropped).map(({ i }) => i))
    const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => !gone.has(i))
    const set = setColumns(
      kept(columns),
      rows.map(row => kept(columns.map((_, i) => row[i] ?? ''))),
      width,
    )
    if (set === null) continue
    const names = columns.filter((_, i) => gone.has(i)).map(({ title }) => title || 'remarks')
    const told = `Left out at this width: ${names.join(', ')}.`
    return names.length > 0 ? `${set}\n${wrap(told, width, { first: '', rest: '  ' })}` : set
  }
  return stack(columns, rows)
}

/** Characters that the widest row needs with nothing wrapped. */
export const naturalWidth = (columns: readonly Column[], rows: readonly (readonly string[])[]): number =>
  totalOf(naturalWidths(columns, rows))

const naturalWidths = (columns: readonly Column[], rows: readonly (readonly string[])[]): number[] =>
  columns.map(({ title }, i) => greatestOf([longestLine(title), ...rows.map(row => longestLine(row[i] ?? ''))]))

/** Each row as a block of `title: value` lines. */
const stack = (columns: readonly Column[], rows: readonly (readonly string[])[]): string =>
  rows
    .map(row =>
      columns
        .flatMap(({ title }, i) => (row[i] ? [title === '' ? row[i] : `${title}: ${row[i]}`] : []))
        .map((line, i) => (i === 0 ? line : `  ${line}`))
        .join('\n'),
    )
    .join('\n')

/** The columns side by side; `null` if they are too wide. */
const setColumns = (columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string | null => {
  const natural = naturalWidths(columns, rows)
  const least = columns.map(({ title, shortens }, i) =>
    shortens ? SHORTEST_NAME : longestWord([title, ...rows.map(row => row[i] ?? '')]),
  )
  const widths = shrink(columns, natural, { least, width })
  if (totalOf(widths) > width || totalOf(widths) * rows.length > MOST_PADDED) return null
  const set = (cells: readonly string[]): string => setRow(cells, columns, widths)
  const body = rows.map((row, r) =>
    set(
      row.map((cell, i) => {
        if (columns[i]?.once && rows[r - 1]?.[i] === cell) return ''
        if (columns[i]?.shortens) return shorten(cell, widths[i] ?? 0)
        return columns[i]?.wraps ? wrap(cell, widths[i] ?? 0, { first: '', rest: '' }) : cell
      }),
    ),
  )
  return [set(columns.map(({ title }) => title)), ...body].join('\n')
}

/** One row: the lines of its cells side by side, figures right-aligned. */
const setRow = (cells: readonly string[], columns: readonly Column[], widths: readonly number[]): string => {
  const lines = cells.map(paintedLines)
  const height = greatestOf(lines.map(({ length }) => length))
  const line = (i: number): string =>
    lines
      .map((own, c) => {
        const text = own[i] ?? ''
        const rest = ' '.repeat(Math.max(0, (widths[c] ?? 0) - widthOf(text)))
        return columns[c]?.align === 'right' ? rest + text : text + rest
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  return Array.from({ length: height }, (_, i) => line(i)).join('\n')
}

const ESCAPE = '\u001b\\[\\d+m'
const PAINTED = new RegExp(`^(${ESCAPE})(.*)(${ESCAPE})$`, 's')

/** Lines of a cell. Colours are applied to each wrapped line separately, since other cells stand between them. */
const paintedLines = (cell: string): string[] => {
  if (!cell.includes('\n')) return [cell]
  const [, on = '', text = cell, off = ''] = PAINTED.exec(cell) ?? []
  return text.split('\n').map(line => `${on}${line}${off}`)
}

const shorten = (name: string, width: number): string => {
  if (widthOf(name) <= width) return name
  const half = (width - 1) / 2
  return `${name.slice(0, Math.ceil(half))}…${name.slice(-Math.floor(half))}`
}

const totalOf = (widths: readonly number[]): number =>
  widths.reduce((sum, own) => sum + own, 0) + GAP * (widths.length - 1)

const longestWord = (cells: readonly string[]): number =>
  greatestOf([NARROWEST, ...cells.flatMap(cell => cell.split(/\s+/)).map(word => widthOf(word))])

/** Takes the excess width from the columns that wrap, widest first, but never below their longest word. */
const shrink = (
  columns: readonly Column[],
  natural: readonly number[],
  { least, width }: { least: readonly number[]; width: number },
): number[] => {
  const widths = [...natural]
  while (totalOf(widths) > width) {
    let widest = -1
    for (const [i, { wraps, shortens }] of columns.entries()) {
      const own = widths[i] ?? 0
      if ((wraps || shortens) && own > (least[i] ?? 0) && own > (widths[widest] ?? 0)) widest = i
    }
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

/** Wraps a paragraph at spaces and indents its later lines. */
export const wrap = (text: string, width: number, indent: Indent): string => wrapBy(text, { width, widthOf, ...indent })
