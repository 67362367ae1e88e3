import { LINE_LIMIT } from './split-lines.ts'

/** What a CSV file is read into. */
export interface CsvVisitor {
  row(fields: Readonly<Record<string, string>>, line: number, byte: number): void
  bad(why: string, line: number, byte: number): void
  /** Called once, before the first row. */
  header?(columns: readonly string[]): void
}

export interface CsvReader {
  line(text: string, line: number, byte: number): void
  end(): void
}

/**
 * Reads CSV with commas and quotes (RFC 4180), a line at a time. Our own, as each row needs its place and a bound, and
 * a file that is read line by line anyway needs no second splitter: a record ends with the line at whose end no cell is
 * open. A quote opens a cell at its start alone; elsewhere in a cell without quotes it is text.
 */
export const csvRecords = (visitor: CsvVisitor): CsvReader => {
  let columns: readonly string[] | null = null
  let held: { readonly texts: string[]; readonly line: number; readonly byte: number; size: number } | null = null
  const give = (text: string, line: number, byte: number): void => {
    const cells = cellsOf(text)
    if (columns === null) {
      columns = cells
      visitor.header?.(columns)
    } else if (cells.length > columns.length) visitor.bad('it has more cells than there are columns', line, byte)
    else visitor.row(rowOf(columns, cells), line, byte)
  }
  const giveHeld = (): void => {
    if (!held) return
    const { texts, line, byte } = held
    held = null
    give(texts.join('\n'), line, byte)
  }
  return {
    line: (given, line, byte) => {
      const text = given.endsWith('\r') ? given.slice(0, -1) : given
      const isOpen = endsInQuotes(text, held !== null)
      if (held) {
        held.texts.push(text)
        held.size += text.length
        if (!isOpen) {
          giveHeld()
          return
        }
        if (held.size <= LINE_LIMIT) return
        visitor.bad('a quote in it does not end', held.line, held.byte)
        held = null
        return
      }
      if (isOpen) held = { texts: [text], line, byte, size: text.length }
      else if (text !== '') give(text, line, byte)
    },
    end: () => {
      if (held) visitor.bad('a quote in it does not end', held.line, held.byte)
      held = null
    },
  }
}

/** The quote that closes a cell. @param from - behind the one that opens it @returns -1: it stays open */
const closing = (text: string, from: number): number => {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

/** Whether a cell is open at the end of a line. @param isOpen - whether one was at its start */
const endsInQuotes = (text: string, isOpen: boolean): boolean => {
  const opens = !isOpen && text.startsWith('"')
  let at = opens ? 1 : 0
  if (!isOpen && !opens) {
    at = text.indexOf(',"') + 2
    if (at < 2) return false
  }
  for (;;) {
    const end = closing(text, at)
    if (end < 0) return true
    at = text.indexOf(',"', end + 1) + 2
    if (at < 2) return false
  }
}

/** The cells of a record. What follows a closing quote is taken as it stands, with the quotes, to the next comma. */
export const cellsOf = (text: string): string[] => {
  if (!text.includes('"')) return text.split(',')
  const cells: string[] = []
  for (let at = 0; ; ) {
    const close = text[at] === '"' ? closing(text, at + 1) : -1
    const comma = text.indexOf(',', Math.max(at, close + 1))
    const end = comma < 0 ? text.length : comma
    const isQuoted = close >= 0 && close + 1 === end
    cells.push(isQuoted ? text.slice(at + 1, close).replaceAll('""', '"') : text.slice(at, end))
    if (comma < 0) return cells
    at = comma + 1
  }
}

const rowOf = (columns: readonly string[], cells: readonly string[]): Record<string, string> => {
  const row: Record<string, string> = Object.create(null)
  for (let i = 0; i < columns.length; i++) row[columns[i] ?? ''] = cells[i] ?? ''
  return row
}
