import { InputError, problems } from '../../errors/index.ts'
import { nearest } from '../../model/nearest.ts'
import { KEYS, NEEDED } from '../sessions/plain.ts'
import type { Dialect, Reading } from './dialect.ts'
import type { Meant, Table } from './engine.ts'

/** Every column of our own form, and what it holds; besides these `tag.NAME`, which is a text. */
export const COLUMNS = {
  at: 'instant',
  end: 'instant',
  model: 'text',
  input: 'count',
  cache_read: 'count',
  cache_write: 'count',
  cache_write_1h: 'count',
  output: 'count',
  reasoning: 'count',
  requests: 'count',
  service: 'text',
  batch: 'text',
  id: 'text',
  stated_usd: 'money',
  user: 'text',
  team: 'text',
  project: 'text',
  conversation: 'text',
} as const satisfies Record<string, 'instant' | 'text' | 'count' | 'money'>

/** Whether reports can be grouped by a column of our own form. */
export const isKey = (name: string): boolean => KEYS.some(key => key === name) || isTag(name)

const isTag = (name: string): boolean => /^tag\../.test(name)

/** Whether our own form has a column of this name. */
export const isColumn = (name: string): boolean => Object.hasOwn(COLUMNS, name) || isTag(name)

/** A table, and how our columns are read from it, by their names. */
export interface Bound {
  readonly table: Table
  readonly readings: ReadonlyMap<string, Reading>
}

/** @throws {InputError} NO_COLUMN for each column that is needed and not there, or is of a type that cannot be read */
export const bindColumns = (table: Table, dialect: Dialect): Bound => {
  const faults = NEEDED.filter(name => !table.columns.some(one => one.name === name)).map(name =>
    problems.noColumn(table.name, name, nearest(name, table.has)),
  )
  const readings = new Map<string, Reading>()
  for (const column of table.columns) {
    const reading = readingOf(column, dialect)
    if (reading) readings.set(column.name, reading)
    else faults.push(problems.columnType(table.name, column.name, column.type))
  }
  if (faults.length > 0) throw new InputError(faults)
  return { table, readings }
}

const readingOf = ({ name, sql, type }: Meant, dialect: Dialect): Reading | null => {
  const kind = Object.hasOwn(COLUMNS, name) ? COLUMNS[name as keyof typeof COLUMNS] : 'text'
  return kind === 'text' ? { value: dialect.text(sql, type), bad: null } : dialect[kind](sql, type)
}
