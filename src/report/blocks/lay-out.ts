import stringWidth from 'string-width'
import { greatestOf } from '../../model/number/extremes.ts'
import type { Column } from './block.ts'
import { type Indent, wrapBy } from './wrap-by.ts'

const GAP = 2

/** How far cells give way: the narrowest that a name and a text become, and whether the ends of a range stand on two lines. */
interface Give {
  readonly name: number
  readonly text: number
  readonly splits: boolean
}

const LITTLE: Give = { name: 24, text: 12, splits: false }

/** Where columns that have to stay are too wide, the first that is enough. */
const FURTHER: readonly Give[] = [
  { name: 20, text: 12, splits: false },
  { name: 20, text: 8, splits: true },
  { name: 16, text: 8, splits: true },
]

// Every row is as wide as the widest: one long name among thousands of rows would fill memory with spaces.
const MOST_PADDED = 2 ** 24

// Most text is plain; for other text string-width builds a regular expression of all emoji, which takes a while.
const PLAIN = /^[ -~]*$/

/** Terminal columns that a line takes. */
const widthOf = (line: string): number => (PLAIN.test(line) ? line.length : stringWidth(line))

const longestLine = (text: string): number => greatestOf(text.split('\n').map(line => widthOf(line)))

/** A table set in columns. */
interface Laid {
  readonly head: string
  /** Each row, which may have several lines. */
  readonly body: readonly string[]
  /** What is left out, for the reader; empty for nothing. */
  readonly told: string
}

/**
 * Sets rows in columns, at most `width` characters in total. Headings are wrapped first, then text columns shrink, then
 * optional columns are dropped, then the ends of ranges are set one below the other; if that is not enough, each row
 * becomes a block of lines. A figure is never cut.
 *
 * @param width - of the terminal; Infinity: nothing is wrapped
 */
export const layOut = (columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string => {
  const laid = layOutRows(columns, rows, width)
  if (laid === null) return stack(columns, rows)
  return [laid.head, ...laid.body, ...(laid.told === '' ? [] : [laid.told])].join('\n')
}

/** The same row by row; `null` if even the columns that have to stay are too wide. */
export const layOutRows = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): Laid | null => {
  const order = columns
    .flatMap(({ drop }, i) => (drop === undefined ? [] : [{ drop, i }]))
    .sort((a, b) => a.drop - b.drop)
    .map(({ i }) => i)
  const tries = [
    ...order.map((_, dropped) => ({ dropped, give: LITTLE })),
    ...[LITTLE, ...FURTHER].map(give => ({ dropped: order.length, give })),
  ]
  for (const { dropped, give } of tries) {
    const gone = new Set(order.slice(0, dropped))
    const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => !gone.has(i))
    const set = setColumns(
      kept(columns),
      rows.map(row => kept(columns.map((_, i) => row[i] ?? ''))),
      { width, give },
    )
    if (set === null) continue
    const names = columns.filter((_, i) => gone.has(i)).map(({ title }) => title || 'remarks')
    const told = `Left out at this width: ${names.join(', ')}.`
    return { ...set, told: names.length > 0 ? wrap(told, width, { first: '', rest: '  ' }) : '' }
  }
  return null
}

/** Characters that the widest row needs with nothing wrapped. */
export const naturalWidth = (columns: readonly Column[], rows: readonly (readonly string[])[]): number =>
  totalOf(withTitles(columns, cellWidths(columns, rows)))

/** Widths of columns whose cells are that wide. */
const withTitles = (columns: readonly Column[], cells: readonly number[]): number[] =>
  columns.map(({ title }, i) => Math.max(cells[i] ?? 0, longestLine(title)))

const cellWidths = (columns: readonly Column[], rows: readonly (readonly string[])[]): number[] =>
  columns.map((_, i) => greatestOf(rows.map(row => longestLine(row[i] ?? ''))))

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
const setColumns = (
  columns: readonly Column[],
  given: readonly (readonly string[])[],
  { width, give }: { readonly width: number; readonly give: Give },
): Pick<Laid, 'head' | 'body'> | null => {
  const rows = give.splits ? given.map(row => row.map(splitRange)) : given
  const cells = cellWidths(columns, rows)
  const headed = wrapHeadings(columns, cells, width)
  const least = columns.map(({ shortens, hangs = 0 }, i) => {
    const { title = '' } = headed[i] ?? {}
    if (shortens) return Math.max(give.name, longestLine(title))
    return Math.max(give.text, hangs + longestWord([title, ...rows.map(row => row[i] ?? '')]))
  })
  const widths = shrink(columns, withTitles(headed, cells), { least, width })
  if (totalOf(widths) > width || totalOf(widths) * rows.length > MOST_PADDED) return null
  const body = rows.map((row, r) =>
    setRow(
      row.map((cell, i) => {
        if (columns[i]?.once && rows[r - 1]?.[i] === cell) return ''
        if (columns[i]?.shortens) return shorten(cell, widths[i] ?? 0)
        return columns[i]?.wraps
          ? wrap(cell, widths[i] ?? 0, { first: '', rest: ' '.repeat(columns[i]?.hangs ?? 0) })
          : cell
      }),
      columns,
      widths,
    ),
  )
  return { head: setHead(headed, widths), body }
}

/** Headings stand on the line above the first row, also beside one of two lines. */
const setHead = (columns: readonly Column[], widths: readonly number[]): string => {
  const height = greatestOf(columns.map(({ title }) => title.split('\n').length))
  const cells = columns.map(({ title }) => '\n'.repeat(height - title.split('\n').length) + title)
  return setRow(cells, columns, widths)
}

/** A range of money with its ends one below the other. */
const splitRange = (cell: string): string => cell.replace(/(\$[\d,.]+-)(?=\$)/, '$1\n')

/** Columns with their headings wrapped to two lines, widest first, as far as the width demands it and the cells allow. */
const wrapHeadings = (columns: readonly Column[], cells: readonly number[], width: number): readonly Column[] => {
  const headed = columns.map(column => ({ ...column }))
  const tried = new Set<number>()
  while (totalOf(withTitles(headed, cells)) > width) {
    const excess = headed.map(({ title }, i) => (tried.has(i) ? 0 : longestLine(title) - (cells[i] ?? 0)))
    const widest = excess.indexOf(greatestOf(excess))
    const column = headed[widest]
    if (!column || greatestOf(excess) <= 0) break
    tried.add(widest)
    column.title = inTwoLines(column.title)
  }
  return headed
}

/** A heading in at most two lines, as narrow as that can be. */
const inTwoLines = (title: string): string => {
  for (let width = 1; width < widthOf(title); width++) {
    const set = wrap(title, width, { first: '', rest: '' })
    if (longestLine(set) <= width && set.split('\n').length <= 2) return set
  }
  return title
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
  greatestOf(cells.flatMap(cell => cell.split(/\s+/)).map(word => widthOf(word)))

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
