import { stringify } from 'csv-stringify/sync'

/**
 * Rows as CSV. A name that a spreadsheet would run as a formula is prefixed with `'`; a number below zero is a number.
 * A line that a CI runner would read as a command starts with a quote.
 *
 * @param columns - the header; left out: the keys of the rows
 */
export const toCsv = (rows: readonly object[], columns?: readonly string[]): string =>
  stringify([...rows], {
    header: true,
    ...(columns ? { columns: [...columns] } : {}),
    escape_formulas: true,
    quoted_match: /^\s*::/,
    cast: { string: value => (/^-\d+(\.\d+)?$/.test(value) ? { value, escape_formulas: false } : value) },
  })
