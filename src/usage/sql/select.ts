/** Columns by their expressions. */
export type Columns = readonly (readonly [sql: string, name: string])[]

/**
 * Rows of tables in one form. The names of its columns begin with `dsp_`: in some dialects a name that a query gives
 * hides a column of the table.
 */
export interface Rows {
  readonly tables: readonly TableRows[]
  /** Conditions on columns of the form: such rows count. */
  readonly where: readonly string[]
  /** More columns, made of those; each may use those before it. */
  readonly made: Columns
}

export interface TableRows {
  readonly columns: Columns
  readonly from: string
  /** A condition on the table's own columns, by which an engine skips what does not count anyway; `null`: none. */
  readonly within: string | null
}

/** A list of columns. One that is of the form has no second name: some dialects lose one of them. */
export const listOf = (columns: Columns): string =>
  columns.map(([sql, name]) => (sql === name ? name : `${sql} as ${name}`)).join(', ')

/** A query of columns of rows, as selects within selects. */
export const selectNested = ({ tables, where, made }: Rows, columns: string, join: string): string => {
  const all = tables.map(({ columns: own, from }) => `select ${listOf(own)} from ${from}`).join(' union all ')
  const some = where.length === 0 ? all : `select * from (${all}) as r where ${where.join(' and ')}`
  const rows = made.length === 0 ? some : `select *, ${listOf(made)} from (${some}) as m`
  return `select ${columns} from (${rows}) as u ${join}`
}

/**
 * The same as one select. A distributed table is then grouped where its shards are; of selects within selects it would
 * send every row to the server that was asked.
 */
export const selectFlat = ({ tables, where, made }: Rows, columns: string): string => {
  const [table, ...others] = tables
  if (!table || others.length > 0) throw new Error(`one table can be asked at a time, not ${tables.length}`)
  const conditions = [...(table.within === null ? [] : [table.within]), ...where]
  const some = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  return `with ${listOf([...table.columns, ...made])} select ${columns} from ${table.from} ${some}`
}

/** A query that sums rows by columns. */
export const selectSums = (
  rows: Rows,
  { keys, sums, join = '' }: { readonly keys: Columns; readonly sums: Columns; readonly join?: string },
  dialect: { select(rows: Rows, columns: string, join: string): string },
): string =>
  `${dialect.select(rows, listOf([...keys, ...sums]), join)} group by ${keys.map(([, name]) => name).join(', ')}`
