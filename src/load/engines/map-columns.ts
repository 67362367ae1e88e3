import { InputError, problems } from '../../errors/index.ts'
import { isColumn } from '../../usage/sql/columns.ts'
import type { Engine, Meant, Table } from '../../usage/sql/engine.ts'
import type { ColumnsFile } from './columns-file.ts'

/** What ClickHouse takes in a condition too, and yet multiplies rows. */
const MULTIPLIES = /\barrayJoin\b/i

/**
 * Finds our columns in a relation: by the file, which then names all that is read; else by their own names.
 *
 * @throws {InputError} INVALID for an expression that the engine refuses, located
 */
export const mapColumns = async (
  from: string,
  engine: Engine,
  file: ColumnsFile | null,
): Promise<Pick<Table, 'columns' | 'has'>> => {
  const own = await engine.columns(`select * from ${from}`)
  const has = own.map(({ name }) => name)
  if (file === null) {
    const columns = own
      .filter(({ name }) => isColumn(name))
      .map(one => ({ ...one, sql: engine.dialect.name(one.name) }))
    return { columns, has }
  }
  const columns: Meant[] = []
  const faults = []
  for (const [name, expression] of file.mapping) {
    const sql = `(${expression})`
    try {
      const [{ type } = { type: '' }, ...more] = await engine.columns(`select ${sql} as x from ${from}`)
      if (more.length > 0) throw new Error('it gives several columns')
      if (MULTIPLIES.test(expression)) throw new Error('it makes several rows of one')
      // A condition may have no aggregate, window or list of rows: with these a row would not be one record.
      await engine.columns(`select 1 as x from ${from} where ${sql} is null`)
      columns.push({ name, sql, type })
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // A server that is lost says nothing of the expression.
      if (error instanceof InputError && error.problems.some(({ code }) => code !== 'SERVER_REFUSES')) throw error
      const [why = ''] = error.message.split('\n')
      const near = has.length > 0 ? `use its columns: ${has.slice(0, 20).join(', ')}` : 'correct the expression'
      faults.push(
        file.source.locate({
          ...problems.invalid(`is no expression of this source: ${why.slice(0, 200)}`, near),
          path: [name],
        }),
      )
    }
  }
  if (faults.length > 0) throw new InputError(faults)
  return { columns, has }
}
