import { type FileReading, newReading } from '../../usage/formats/tally.ts'
import type { TableReading } from '../../usage/sql/read-tables.ts'

/** What was read of a table, as of a file. @param comparedIn - the tables among which ids were compared */
export const readingOf = (
  { table, rows, records, duplicates, bad, places }: TableReading,
  comparedIn: string,
): FileReading => ({
  ...newReading(table.name),
  ...{ values: rows, records, duplicates, bad, formats: { [table.format]: rows } },
  comparedIn: table.columns.some(({ name }) => name === 'id') ? comparedIn : null,
  places: places.map(({ row, why }) => ({ file: table.name, line: row, byte: null, why })),
})
