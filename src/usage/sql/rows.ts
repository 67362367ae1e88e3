import { METERS, type MeterKey } from '../../model/meters.ts'
import { isMissing, isNoCount, NO_END, NO_MODEL, NO_MONEY, NO_SPAN, NO_TIME } from '../reading/bad-record.ts'
import { type Bound, isKey } from './columns.ts'
import type { Reading } from './dialect.ts'
import type { Columns, Rows } from './select.ts'

/** Which columns some of the tables have, so that rows and groups need no others. */
export interface RowShape {
  readonly bounds: readonly Bound[]
  /** Keys of the records that the report is broken down by. */
  readonly keys: readonly string[]
  /** What rows have besides. */
  readonly also: readonly ('id' | 'source' | 'reason')[]
  /** Whether the model and the time of every row are known to be told, so that `sound` need not look at them. */
  readonly isTold?: boolean
}

const NULLABLE = ['cache_read', 'cache_write', 'cache_write_1h'] as const satisfies readonly MeterKey[]
export const CACHE_METERS: readonly MeterKey[] = NULLABLE

/** Whether any of the tables has a column. */
export const hasColumn = ({ bounds }: Pick<RowShape, 'bounds'>, name: string): boolean =>
  bounds.some(({ readings }) => readings.has(name))

/** The optional columns that tell records apart, where any of the tables has them. */
export const OPTIONAL = ['end', 'requests', 'service', 'batch', 'stated_usd'] as const

/** What they are called in rows. */
export const optionalColumn = (name: (typeof OPTIONAL)[number]): string => `dsp_${name === 'end' ? 'end_ms' : name}`

/**
 * The rows of all tables in one form: `dsp_at_ms`, `dsp_model`, the meters, `dsp_sound`, and what else the shape has.
 *
 * @param where - conditions on these columns: such rows count
 * @param time - in which all of them lie, if that is known
 */
export const rowsOf = (
  shape: RowShape,
  where: readonly string[],
  time: { readonly from: number; readonly to: number } | null = null,
): Rows => ({
  tables: shape.bounds.map((bound, source) => ({
    columns: columnsOf(bound, source, shape),
    from: bound.table.from,
    within: (time && bound.readings.get('at')?.within?.(time)) ?? null,
  })),
  where,
  made: [],
})

const columnsOf = ({ readings, table }: Bound, source: number, shape: RowShape): Columns => {
  const sqlOf = (name: string, absent: string): string => readings.get(name)?.value ?? absent
  return [
    [sqlOf('at', 'null'), 'dsp_at_ms'],
    [(sharedStamp(shape.bounds) && readings.get('at')?.stamp?.sql) ?? sqlOf('at', 'null'), 'dsp_at'],
    [sqlOf('model', 'null'), 'dsp_model'],
    ...METERS.map(({ key }) => [sqlOf(key, '0'), `dsp_${key}`] as const),
    ...OPTIONAL.filter(name => hasColumn(shape, name)).map(
      name => [sqlOf(name, 'null'), optionalColumn(name)] as const,
    ),
    ...shape.keys.map((key, i) => [isKey(key) ? sqlOf(key, 'null') : 'null', keyColumn(i)] as const),
    [soundOf(readings, shape), 'dsp_sound'],
    ...shape.also.flatMap((one): Columns => {
      if (one === 'id') return [[sqlOf('id', 'null'), 'dsp_id']]
      if (one === 'reason') return [[reasonOf(readings), 'dsp_reason']]
      return [
        [String(source), 'dsp_source'],
        [table.row ?? '0', 'dsp_line'],
      ]
    }),
  ]
}

/**
 * How `min` or `max` of `dsp_at` become milliseconds. It is the column of the tables as it stands, where those are of
 * one type: else it is `dsp_at_ms`.
 */
export const stampOf = ({ bounds }: Pick<RowShape, 'bounds'>): ((sql: string) => string) => {
  const stamp = sharedStamp(bounds)
  return sql => stamp?.value(sql) ?? sql
}

const sharedStamp = (bounds: readonly Bound[]): Reading['stamp'] => {
  const stamps = bounds.map(({ readings }) => readings.get('at')?.stamp)
  const [first] = stamps
  return stamps.every(stamp => stamp?.type === first?.type) ? first : undefined
}

/** The column of a key of the breakdown. */
export const keyColumn = (index: number): string => `dsp_key_${index}`

/** What can be wrong with a row, in the order in which it is looked for. */
interface Check {
  readonly name: string
  readonly bad: string
  readonly why: string
}

const checksOf = (readings: Bound['readings']): Check[] => {
  const check = (name: string, why: string): Check[] => {
    const { bad } = readings.get(name) ?? { bad: null }
    return bad === null ? [] : [{ name, bad, why }]
  }
  const isNull = (name: string, why: string): Check[] => [
    { name, bad: `${(readings.get(name) as Reading).value} is null`, why },
  ]
  return [
    ...isNull('model', NO_MODEL),
    { name: 'model', bad: `${readings.get('model')?.value} = ''`, why: NO_MODEL },
    ...check('end', NO_TIME),
    ...check('at', NO_TIME),
    ...['input', ...NULLABLE, 'output', 'reasoning', 'requests'].flatMap(name => [
      ...check(name, isNoCount(name)),
      ...(name === 'input' || name === 'output' ? isNull(name, isMissing(name)) : []),
    ]),
    ...check('stated_usd', NO_MONEY),
    ...timeChecks(readings),
  ]
}

/** As a row of our own form is checked elsewhere. */
const timeChecks = (readings: Bound['readings']): Check[] => {
  const [at, end, requests] = ['at', 'end', 'requests'].map(name => readings.get(name)?.value)
  return [
    ...(requests ? [{ name: 'requests', bad: `(${requests} > 1 and ${end ?? 'null'} is null)`, why: NO_END }] : []),
    ...(at && end ? [{ name: 'end', bad: `${end} <= ${at}`, why: NO_SPAN }] : []),
  ]
}

const soundOf = (readings: Bound['readings'], { isTold = false }: RowShape): string => {
  // A time whose ends are known is null wherever it is bad.
  const told = isTold ? ['model', ...(readings.get('at')?.ends ? ['at'] : [])] : []
  const checks = checksOf(readings).filter(({ name }) => !told.includes(name))
  return `case when ${checks.map(({ bad }) => bad).join(' or ')} then 0 else 1 end`
}

/** Every reason, numbered from 0, over all columns. */
const REASONS = [
  NO_MODEL,
  NO_TIME,
  ...['input', ...NULLABLE, 'output', 'reasoning', 'requests'].flatMap(name => [isNoCount(name), isMissing(name)]),
  NO_MONEY,
  NO_END,
  NO_SPAN,
]

const reasonOf = (readings: Bound['readings']): string =>
  `case ${checksOf(readings)
    .map(({ bad, why }) => `when ${bad} then ${REASONS.indexOf(why)}`)
    .join(' ')} end`

/** The words of a row's `reason`. */
export const reasonAt = (number: string | null): string => REASONS[Number(number)] ?? ''
