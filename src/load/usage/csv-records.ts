import { LINE_LIMIT } from './split-lines.ts'

/** What a CSV file is read into. */
export interface CsvVisitor {
  row(fields: Readonly<Record<string, string>>, line: number, byte: number): void
  bad(why: string, line: number, byte: number): void
}

export interface CsvReader {
  line(text: string, line: number, byte: number): void
  end(): void
}

/**
 * Reads CSV with commas and quotes (RFC 4180), a line at a time. Our own, as each row needs its place and a bound, and
 * a file that is read line by line anyway needs no second splitter: a record ends with the line on which its quotes
 * are even.
 */
export const csvRecords = (visitor: CsvVisitor): CsvReader => {
  let columns: readonly string[] | null = null
  let held: { readonly texts: string[]; readonly line: number; readonly byte: number; size: number } | null = null
  const give = (text: string, line: number, byte: number): void => {
    const cells = cellsOf(text)
    if (columns === null) columns = cells
    else if (cells.length > columns.length) visitor.bad('it has more cells than there are columns', line, byte)
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
      const isOdd = hasOddQuotes(text)
      if (held) {
        held.texts.push(text)
        held.size += text.length
        if (isOdd) {
          giveHeld()
          return
        }
        if (held.size <= LINE_LIMIT) return
        visitor.bad('a quote in it does not end', held.line, held.byte)
        held = null
        return
      }
      if (isOdd) held = { texts: [text], line, byte, size: text.length }
      else if (text !== '') give(text, line, byte)
    },
    end: () => {
      if (held) visitor.bad('a quote in it does not end', held.line, held.byte)
      held = null
    },
  }
}

const hasOddQuotes = (text: string): boolean => {
  let odd = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd
  return odd
}

const CELL = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y

/** The cells of a record. */
export const cellsOf = (text: string): string[] => {
  if (!text.includes('"')) return text.split(',')
  const cells: string[] = []
  CELL.lastIndex = 0
  for (let at = 0; at <= text.length; at = CELL.lastIndex) {
    const found = CELL.exec(text)
    if (!found) {
      // Text after a closing quote: taken as it stands, to the next comma.
      const comma = text.indexOf(',', at)
      cells.push(comma < 0 ? text.slice(at) : text.slice(at, comma))
      if (comma < 0) break
      CELL.lastIndex = comma + 1
      continue
    }
    cells.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'))
    if (!found[0].endsWith(',') || CELL.lastIndex > text.length) break
  }
  return cells
}

const rowOf = (columns: readonly string[], cells: readonly string[]): Record<string, string> => {
  const row: Record<string, string> = Object.create(null)
  for (let i = 0; i < columns.length; i++) row[columns[i] ?? ''] = cells[i] ?? ''
  return row
}
