import { InputError, problems } from '../../errors/index.ts'
import type { Files } from '../../io.ts'
import { nearest } from '../../model/nearest.ts'
import { COLUMNS, isColumn } from '../../usage/sql/columns.ts'
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
