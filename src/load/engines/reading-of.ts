import { type FileReading, newReading } from '../../usage/formats/tally.ts'
import type { TableReading } from '../../usage/sql/read-tables.ts'

/** What was read of a table, as of a file. */
export const readingOf = ({ table, rows, records, duplicates, bad, places }: TableReading): FileReading => ({
  ...newReading(table.name),
  ...{ values: rows, records, duplicates, bad, formats: { [table.format]: rows } },
  places: places.map(({ row, why }) => ({ file: table.name, line: row, byte: null, why })),
})
