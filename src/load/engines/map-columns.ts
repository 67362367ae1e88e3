import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { nearest } from '../../model/nearest.ts'
import { COLUMNS, isColumn } from '../../usage/sql/columns.ts'
import type { Engine, Meant, Table } from '../../usage/sql/engine.ts'
import { readText } from '../files/read-text.ts'
import type { Source } from '../source/places.ts'
import { parseSource } from '../source/source.ts'

const LIMIT = 2 ** 20

/** Our columns by the expressions that give them, and where those stand. */
export interface ColumnsFile {
  readonly source: Source
  readonly mapping: ReadonlyMap<string, string>
}

/**
 * Reads a file for `--columns`: our columns by expressions in the SQL of the source.
 *
 * @throws {InputError} every problem at once, located: UNKNOWN_KEY, INVALID
 */
export const readColumnsFile = (path: string, files: Pick<Files, 'read'>): ColumnsFile => {
  const source = parseSource(path, readText(path, files, LIMIT), Object.keys(COLUMNS))
  const { data } = source
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new InputError([
      source.locate(problems.invalid('must be columns with expressions', 'write model: model_name')),
    ])
  }
  const entries = Object.entries(data)
  const faults = entries.flatMap(([name, value]) => {
    if (!isColumn(name)) {
      const known = [...Object.keys(COLUMNS), 'tag.NAME']
      return [source.locate({ ...problems.unknownKey(name, nearest(name, known), known), path: [name] })]
    }
    if (typeof value === 'string' && value.trim() !== '') return []
    if (typeof value === 'number' || typeof value === 'boolean') return []
    const problem = problems.invalid('must be an expression of SQL', `write ${name}: its_column`)
    return [source.locate({ ...problem, path: [name] })]
  })
  if (faults.length > 0) throw new InputError(faults)
  return { source, mapping: new Map(entries.map(([name, value]) => [name, String(value)])) }
}

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
      const [{ type } = { type: '' }] = await engine.columns(`select ${sql} as x from ${from}`)
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
