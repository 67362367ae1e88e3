import { InputError, problems } from '../../errors/index.ts'
import { plural } from '../../model/plural.ts'
import { type CollectOptions, hasRecordKeys, isTime, type Sums } from '../groups/collect.ts'
import type { Summed } from '../groups/group.ts'
import { bindColumns } from './columns.ts'
import type { Engine, Row, Table } from './engine.ts'
import { type Grouped, groupQuery, LONGEST } from './group-query.ts'
import { plannedModels } from './planned-models.ts'
import { hasColumn, type RowShape, reasonAt, rowsOf } from './rows.ts'
import { type Rows, selectSums } from './select.ts'
import { sumsIn } from './sums.ts'
import { type Part, partsOf, type Surveyed, surveyedIn, surveyQuery } from './survey.ts'
import { planTime } from './time-plan.ts'

/** What was found in one table. */
export interface TableReading {
  readonly table: Table
  readonly rows: number
  /** Rows that count, also outside the time asked for. */
  readonly records: number
  readonly duplicates: number
  readonly bad: number
  /** The first rows that cannot be read; where rows have no order, each reason with how many have it. */
  readonly places: readonly { readonly row: number | null; readonly why: string }[]
}

export interface TablesRead {
  readonly sums: Sums
  readonly readings: readonly TableReading[]
}

export interface ReadTablesOptions {
  /** How many rows that cannot be read are placed, of each table. */
  readonly placed: number
  /** Gives up at the first row that cannot be read or comes again. */
  readonly isPlain?: boolean
}

/** Groups that one report can hold in memory. */
const MOST_GROUPS = 400_000

/**
 * Sums the usage in tables by an engine: a survey says which models there are and when, their rates are planned, and
 * queries group the rows by what decides rates. Every query is checked against the survey's count.
 *
 * @returns `null`: it gave up
 * @throws {InputError} NO_COLUMN; REPEATED where rows that come again cannot be told from the first; TOO_MANY_GROUPS
 */
export const readTables = async (
  tables: readonly Table[],
  engine: Engine,
  { placed, isPlain = false, ...collecting }: ReadTablesOptions & CollectOptions,
): Promise<TablesRead | null> => {
  const { dialect } = engine
  const shape: RowShape = { bounds: tables.map(table => bindColumns(table, dialect)), keys: [], also: [] }
  const repeats = await findRepeats(shape, engine, isPlain)
  if (repeats === null) return null
  const counted = rowsOf({ ...shape, also: ['source'] }, [repeats.counted])
  const surveyed = (await engine.run(surveyQuery(counted, collecting, dialect))).map(surveyedIn)
  const bad = surveyed.filter(({ isSound }) => !isSound)
  if (isPlain && bad.length > 0) return null
  const readings: TableReading[] = []
  for (const [source, table] of tables.entries()) {
    const own = surveyed.filter(one => one.source === source)
    const places = own.some(({ isSound }) => !isSound) ? await placesIn(shape, source, { engine, placed }) : []
    readings.push(readingOf(table, own, { places, duplicates: repeats.counts.get(source) ?? 0 }))
  }
  const inside = surveyed.filter(one => one.isSound && one.isInside)
  const outside = surveyed.filter(one => one.isSound && !one.isInside).reduce((sum, { rows }) => sum + rows, 0)
  const asked = { shape, engine, collecting, inside, counted: repeats.counted }
  const days = await sumBy([], true, asked)
  const { by } = collecting
  const keys = by.filter(key => key !== 'model' && !isTime(key))
  const broken = hasRecordKeys(by) ? await sumBy(keys, by.some(isTime), asked) : null
  return { sums: { days, broken, outside }, readings }
}

interface Repeats {
  /** By source. */
  readonly counts: ReadonlyMap<number, number>
  /** A condition on rows: they count. */
  readonly counted: string
}

/** Finds rows whose id came before. @returns `null`: there are some, and it gave up */
const findRepeats = async (shape: RowShape, { dialect, run }: Engine, isPlain: boolean): Promise<Repeats | null> => {
  const none = { counts: new Map(), counted: '1 = 1' }
  if (!hasColumn(shape, 'id')) return none
  const ids = (also: RowShape['also']): Rows => rowsOf({ ...shape, also }, ['dsp_sound = 1', 'dsp_id is not null'])
  const [[found = '0'] = []] = await run(`select count(*) from (${dialect.repeated(ids(['id']))}) as t`)
  if (Number(found) === 0) return none
  if (isPlain) return null
  const once = shape.bounds.every(({ table }) => table.row !== null) ? dialect.once(ids(['id', 'source'])) : null
  if (!once)
    throw new InputError([problems.repeatedIds(shape.bounds.map(({ table }) => table.name).join(', '), Number(found))])
  for (const statement of once.before) await run(statement)
  const counts = new Map((await run(once.counts)).map(([source, n]) => [Number(source), Number(n)]))
  return { counts, counted: once.counted }
}

/** The first rows of a table that cannot be read. */
const placesIn = async (
  shape: RowShape,
  source: number,
  { engine, placed }: { readonly engine: Engine; readonly placed: number },
): Promise<TableReading['places']> => {
  const bounds = shape.bounds.slice(source, source + 1)
  if (bounds.some(({ table }) => table.row === null)) return reasonsIn({ ...shape, bounds }, engine)
  const rows = rowsOf({ ...shape, bounds, also: ['source', 'reason'] }, ['dsp_sound = 0'])
  const query = engine.dialect.select(rows, 'dsp_line, dsp_reason', '')
  return (await engine.run(`${query} order by dsp_line limit ${placed}`)).map(([line = null, reason = null]) => ({
    row: Number(line),
    why: reasonAt(reason),
  }))
}

/** Why rows of a table without an order cannot be read. */
const reasonsIn = async (shape: RowShape, { dialect, run }: Engine): Promise<TableReading['places']> => {
  const rows = rowsOf({ ...shape, also: ['reason'] }, ['dsp_sound = 0'])
  const asked = { keys: [['dsp_reason', 'dsp_reason']], sums: [['count(*)', 'dsp_of_n']] } as const
  const found = await run(`${selectSums(rows, asked, dialect)} order by dsp_of_n desc, dsp_reason`)
  return found.map(([reason = null, n]) => ({ row: null, why: `${reasonAt(reason)} (${plural(Number(n), 'row')})` }))
}

const readingOf = (
  table: Table,
  own: readonly Surveyed[],
  { places, duplicates }: Pick<TableReading, 'places' | 'duplicates'>,
): TableReading => {
  const count = (some: readonly Surveyed[]): number => some.reduce((sum, { rows }) => sum + rows, 0)
  const bad = count(own.filter(({ isSound }) => !isSound))
  return { table, rows: count(own) + duplicates, records: count(own) - bad, duplicates, bad, places }
}

interface AskedFor {
  readonly shape: RowShape
  readonly engine: Engine
  readonly collecting: CollectOptions
  readonly inside: readonly Surveyed[]
  readonly counted: string
}

/** Sums the rows that count, part by part. @param keys - of the records */
const sumBy = async (keys: readonly string[], byDay: boolean, asked: AskedFor): Promise<Summed[]> => {
  const { engine, collecting, inside } = asked
  const { used, edges, lacking } = plannedModels(inside, collecting.served)
  const timeless = inside.filter(({ span }) => span === null).reduce((sum, { rows }) => sum + rows, 0)
  const parts = partsOf(inside, engine.dialect.mostDays)
  const found: Summed[] = []
  const also: RowShape['also'] = asked.counted === '1 = 1' ? [] : ['source']
  const grouped = { shape: { ...asked.shape, keys, also }, edges, lacking }
  for (const part of parts) {
    const time = clipped(part, collecting)
    const plan = planTime(used, time, byDay ? collecting.clock : null)
    found.push(...(await ask({ ...grouped, plan }, time, { ...asked, rows: part.rows })))
  }
  if (timeless > 0) found.push(...(await ask({ ...grouped, plan: null }, null, { ...asked, rows: timeless })))
  if (found.length > MOST_GROUPS) throw new InputError([problems.tooManyGroups(collecting.by, MOST_GROUPS)])
  return found
}

/** What lies in a part and in the time asked for. */
const clipped = ({ from, to }: Part, { since, until }: CollectOptions): Pick<Part, 'from' | 'to'> => ({
  from: Math.max(from, since ?? from),
  to: Math.min(to, until ?? to),
})

const ask = async (
  grouped: Grouped,
  time: Pick<Part, 'from' | 'to'> | null,
  { engine, collecting, counted, rows }: AskedFor & { readonly rows: number },
): Promise<Summed[]> => {
  const where = time ? `dsp_at_ms >= ${time.from} and dsp_at_ms < ${time.to}` : 'dsp_at_ms is null'
  const some = rowsOf(grouped.shape, ['dsp_sound = 1', where, counted], time)
  const { before, sql, columns } = groupQuery(some, grouped, engine.dialect)
  for (const statement of before) await engine.run(statement)
  const answer = await engine.run(`${sql} limit ${MOST_GROUPS + 1}`)
  if (answer.length > MOST_GROUPS) throw new InputError([problems.tooManyGroups(collecting.by, MOST_GROUPS)])
  if (engine.dialect.wraps) refuseWrapping(answer, columns)
  const sums = sumsIn(answer, columns, grouped)
  const summed = sums.reduce((sum, { records }) => sum + records, 0)
  if (summed !== rows) throw new InputError([problems.countsDiffer(rows, summed)])
  return sums
}

/** A sum of counts below 2^53 each cannot wrap unless there are very many of them. */
const refuseWrapping = (answer: readonly Row[], columns: readonly string[]): void => {
  const n = columns.indexOf('n')
  const longest = LONGEST.map(name => columns.indexOf(`longest_${name}`)).filter(at => at >= 0)
  for (const row of answer) {
    const rows = BigInt(row[n] ?? 0)
    if (longest.some(at => rows * BigInt(row[at] ?? 0) >= 2n ** 63n)) throw new InputError([problems.sumsTooLarge()])
  }
}
