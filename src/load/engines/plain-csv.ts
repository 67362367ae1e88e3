import type { Io } from '../../io.ts'
import { FORMATS } from '../../usage/formats/index.ts'
import { nearColumns } from '../../usage/sessions/near-columns.ts'
import { NEEDED, plain } from '../../usage/sessions/plain.ts'
import { isColumn } from '../../usage/sql/columns.ts'
import { duckdb } from '../../usage/sql/duckdb.ts'
import type { Table } from '../../usage/sql/engine.ts'
import { cellsOf } from '../usage/csv-records.ts'
import { fileLiteral } from './duckdb-engine.ts'

/** Bytes from which on an engine is faster than loading it takes. */
export const LARGE = 32 * 2 ** 20

const PIECE = 2 ** 22
const [NEWLINE, RETURN, QUOTE, NUL] = [10, 13, 34, 0]

/**
 * A CSV file of our own form as a table, if its every line is a row of cells between commas and nothing else: no quote,
 * no carriage return. What an engine reads otherwise than we do is left to us. `null`: it is not such a file.
 */
export const plainCsv = (path: string, { pieces, real }: Pick<Io, 'pieces' | 'real'>): Table | null => {
  let header: readonly string[] | null = null
  for (const { bytes } of pieces(path, PIECE)) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    if (buffer.includes(QUOTE) || buffer.includes(RETURN) || buffer.includes(NUL)) return null
    if (header) continue
    header = headerIn(buffer)
    if (!header) return null
  }
  return header && tableOf(path, real(path), header)
}

const headerIn = (bytes: Buffer): readonly string[] | null => {
  const end = bytes.indexOf(NEWLINE)
  const names = end < 0 ? [] : cellsOf(bytes.toString('utf8', 0, end))
  const isTold = new Set(names).size === names.length
  const row = Object.fromEntries(names.map(name => [name, '']))
  const format = FORMATS.find(({ shapes }) => shapes.some(one => one.form === 'csv' && one.recognises(row)))
  const isCall = NEEDED.every(name => names.includes(name))
  // Columns that may be meant for others are told by our reader.
  return isTold && isCall && format === plain && nearColumns(row).length === 0 ? names : null
}

const tableOf = (name: string, path: string, header: readonly string[]): Table => {
  const column = (i: number): string => `c${i}`
  const types = header.map((_, i) => `'${column(i)}': 'VARCHAR'`).join(', ')
  const form = "auto_detect = false, header = false, skip = 1, delim = ',', quote = '', escape = '', new_line = '\\n'"
  return {
    name,
    format: plain.name,
    from: `read_csv(${fileLiteral(path)}, ${form}, max_line_size = ${PIECE}, columns = {${types}})`,
    columns: header.flatMap((own, i) =>
      isColumn(own) ? [{ name: own, sql: duckdb.name(column(i)), type: 'VARCHAR' }] : [],
    ),
    has: header,
    row: null,
  }
}
