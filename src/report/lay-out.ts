import Table from 'cli-table3'
import stringWidth from 'string-width'

/** How a column is set: figures to the right and never cut, text to the left and wrapped where it must be. */
export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be wrapped down to a few words where the terminal is narrow. */
  readonly wraps?: boolean
}

const GAP = 2
const NARROWEST = 12

const EMPTY = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

const longestLine = (text: string): number => Math.max(...text.split('\n').map(line => stringWidth(line)))

/**
 * Sets rows in columns no wider than `width` characters: text columns give way, figures never do.
 *
 * @param width - of the terminal; Infinity where nothing is wrapped
 */
export const layOut = (columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string => {
  const natural = columns.map(({ title }, i) =>
    Math.max(longestLine(title), ...rows.map(row => longestLine(row[i] ?? ''))),
  )
  const widths = shrink(columns, natural, {
    least: columns.map((_, i) => longestWord(rows.map(row => row[i] ?? ''))),
    width,
  })
  // The gap belongs to the cell: right-aligned figures keep theirs on the right.
  const gapped = (row: readonly string[]): string[] =>
    row.map((cell, i) => (columns[i]?.align === 'right' && i < columns.length - 1 ? `${cell}${' '.repeat(GAP)}` : cell))
  const table = new Table({
    head: gapped(columns.map(({ title }) => title)),
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: widths.map((own, i) => own + (i === widths.length - 1 ? 0 : GAP)),
    wordWrap: true,
    wrapOnWordBoundary: true,
    chars: EMPTY,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  for (const row of rows) table.push(gapped(columns.map((_, i) => row[i] ?? '')))
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}

const longestWord = (cells: readonly string[]): number =>
  Math.max(NARROWEST, ...cells.flatMap(cell => cell.split(/\s+/)).map(word => stringWidth(word)))

/** Takes what is too much from the columns that wrap, the widest first, never below their longest word. */
const shrink = (
  columns: readonly Column[],
  natural: readonly number[],
  { least, width }: { least: readonly number[]; width: number },
): number[] => {
  const widths = [...natural]
  const total = (): number => widths.reduce((sum, own) => sum + own, 0) + GAP * (columns.length - 1)
  while (total() > width) {
    let widest = -1
    for (const [i, { wraps }] of columns.entries()) {
      const own = widths[i] ?? 0
      if (wraps && own > (least[i] ?? 0) && own > (widths[widest] ?? 0)) widest = i
    }
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

/** Wraps a paragraph at spaces; later lines are indented. */
export const wrap = (text: string, width: number, { first, rest }: { first: string; rest: string }): string => {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(' ')) {
    if (!empty && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line)
      line = rest
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line].join('\n')
}
