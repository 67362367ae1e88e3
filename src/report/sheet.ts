import { entryOf } from '../model/entry-of.ts'
import { exact } from '../model/number/money.ts'
import { guarded, printableIn } from '../model/printable.ts'
import type { FormatOf } from './index.ts'
import { toJson } from './json.ts'
import type { Column } from './lay-out.ts'
import type { RenderOptions } from './renderer.ts'

/** One table of a price book, in words for people and as data for programs. */
export interface Sheet {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
  /** What `--json` prints. */
  readonly data: unknown
}

/** Sets a sheet in any format; but for JSON, which has escapes of its own, all its texts are made printable. */
export const renderSheet = async (
  { data, ...sheet }: Sheet,
  format: FormatOf<'sheet'>,
  options: RenderOptions,
): Promise<string> =>
  format === 'json' ? toJson(data) : guarded(await setSheet(printableIn(sheet), format, options), { colours: true })

const setSheet = async (
  { title, columns, rows, notes }: Omit<Sheet, 'data'>,
  format: Exclude<FormatOf<'sheet'>, 'json'>,
  { width, paint }: RenderOptions,
): Promise<string> => {
  const heads = columns.map(column => column.title)
  switch (format) {
    case 'csv': {
      const { toCsv } = await import('./csv.ts')
      return toCsv(rows.map(row => Object.fromEntries(heads.map((head, i) => [head || 'note', bare(row[i] ?? '')]))))
    }
    case 'markdown': {
      const [{ markdownTable }, { cell, plain }] = await Promise.all([import('markdown-table'), import('./markup.ts')])
      const align = columns.map(column => (column.align === 'right' ? 'r' : 'l'))
      const set = markdownTable([heads.map(cell), ...rows.map(row => row.map(cell))], { align })
      return `${[`## ${plain(title)}`, set, ...notes.map(plain)].join('\n\n')}\n`
    }
    case 'table': {
      const { layOut, wrap } = await import('./lay-out.ts')
      const blocks = [paint.strong(wrap(title, width, { first: '', rest: '  ' })), layOut(columns, rows, width)]
      if (notes.length > 0) blocks.push(notes.map(note => wrap(note, width, { first: '', rest: '  ' })).join('\n'))
      return `${blocks.join('\n\n')}\n`
    }
    default:
      return format satisfies never
  }
}

const MARKS: Readonly<Record<string, string>> = { '-': 'not_offered', '?': 'unknown' }

/** A cell as programs read it: figures without their dress, and words for the marks. */
const bare = (cell: string): string => {
  if (/^\$?[\d,]+(\.\d+)?$/.test(cell)) return exact(cell.replace(/[$,]/g, '')).toFixed()
  return entryOf(MARKS, cell) ?? cell
}
