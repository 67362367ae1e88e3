import { METERS, type MeterKey } from '../../model/meters.ts'
import { isMissing, isNoCount, NO_MODEL, NO_MONEY, NO_TIME } from '../reading/bad-record.ts'
import type { Bound } from './columns.ts'
import type { Reading } from './dialect.ts'

/** Which columns some of the tables have, so that rows and groups need no others. */
export interface RowShape {
  readonly bounds: readonly Bound[]
  /** Keys of the records that the report is broken down by. */
  readonly keys: readonly string[]
  /** What rows have besides. */
  readonly also: readonly ('id' | 'source' | 'reason')[]
}

const NULLABLE = ['cache_read', 'cache_write', 'cache_write_1h'] as const satisfies readonly MeterKey[]
export const CACHE_METERS: readonly MeterKey[] = NULLABLE

/** Whether any of the tables has a column. */
export const hasColumn = ({ bounds }: Pick<RowShape, 'bounds'>, name: string): boolean =>
  bounds.some(({ readings }) => readings.has(name))

/** The optional columns that tell records apart, where any of the tables has them. */
export const OPTIONAL = ['end', 'requests', 'service', 'batch', 'stated_usd'] as const

/** What they are called in rows: SQL has other uses for some of their names. */
export const optionalColumn = (name: (typeof OPTIONAL)[number]): string => (name === 'end' ? 'end_ms' : name)

/** The rows of all tables in one form: `at_ms`, `model`, the meters, `sound`, and what else the shape has. */
export const rowsOf = (shape: RowShape): string =>
  shape.bounds
    .map((bound, source) => `select ${columnsOf(bound, source, shape)} from ${bound.table.from}`)
    .join(' union all ')

const columnsOf = ({ readings, table }: Bound, source: number, shape: RowShape): string => {
  const sqlOf = (name: string, absent: string): string => readings.get(name)?.value ?? absent
  const columns = [
    [sqlOf('at', 'null'), 'at_ms'],
    [sqlOf('model', 'null'), 'model'],
    ...METERS.map(({ key }) => [sqlOf(key, '0'), key]),
    ...OPTIONAL.filter(name => hasColumn(shape, name)).map(name => [sqlOf(name, 'null'), optionalColumn(name)]),
    ...shape.keys.map((key, i) => [sqlOf(key, 'null'), keyColumn(i)]),
    [soundOf(readings), 'sound'],
    ...shape.also.flatMap(one => {
      if (one === 'id') return [[sqlOf('id', 'null'), 'id']]
      if (one === 'reason') return [[reasonOf(readings), 'reason']]
      return [
        [String(source), 'source'],
        [table.row ?? '0', 'line'],
      ]
    }),
  ]
  return columns.map(([sql, name]) => `${sql} as ${name}`).join(', ')
}

/** The column of a key of the breakdown. */
export const keyColumn = (index: number): string => `key_${index}`

/** What can be wrong with a row, in the order in which it is looked for. */
interface Check {
  readonly bad: string
  readonly why: string
}

const checksOf = (readings: Bound['readings']): Check[] => {
  const check = (name: string, why: string): Check[] => {
    const { bad } = readings.get(name) ?? { bad: null }
    return bad === null ? [] : [{ bad, why }]
  }
  const isNull = (name: string, why: string): Check[] => [
    { bad: `${(readings.get(name) as Reading).value} is null`, why },
  ]
  return [
    ...isNull('model', NO_MODEL),
    ...check('end', NO_TIME),
    ...check('at', NO_TIME),
    ...['input', ...NULLABLE, 'output', 'reasoning', 'requests'].flatMap(name => [
      ...check(name, isNoCount(name)),
      ...(name === 'input' || name === 'output' ? isNull(name, isMissing(name)) : []),
    ]),
    ...check('stated_usd', NO_MONEY),
  ]
}

const soundOf = (readings: Bound['readings']): string => {
  const checks = checksOf(readings)
  return `case when ${checks.map(({ bad }) => bad).join(' or ')} then 0 else 1 end`
}

/** Every reason, numbered from 0, over all columns. */
const REASONS = [
  NO_MODEL,
  NO_TIME,
  ...['input', ...NULLABLE, 'output', 'reasoning', 'requests'].flatMap(name => [isNoCount(name), isMissing(name)]),
  NO_MONEY,
]

const reasonOf = (readings: Bound['readings']): string =>
  `case ${checksOf(readings)
    .map(({ bad, why }) => `when ${bad} then ${REASONS.indexOf(why)}`)
    .join(' ')} end`

/** The words of a row's `reason`. */
export const reasonAt = (number: string | null): string => REASONS[Number(number)] ?? ''
