import { InputError, problems } from '../../errors/index.ts'
import { plural } from '../../model/plural.ts'
import { type CollectOptions, hasRecordKeys, isTime, type Sums } from '../groups/collect.ts'
import { NO_CUT } from '../groups/side-counts.ts'
import { bindColumns } from './columns.ts'
import { cutIn } from './cut-buckets.ts'
import type { Engine, Row, Table } from './engine.ts'
import { hasColumn, type RowShape, reasonAt, rowsOf } from './rows.ts'
import { type Rows, selectSums } from './select.ts'
import { type AskedFor, sumBy } from './sum-by.ts'
import {
  endsQuery,
  modelsQuery,
  type Surveyed,
  spannedIn,
  spanQuery,
  surveyedIn,
  surveyQuery,
  withEnds,
} from './survey.ts'

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
  const quick = repeats.counts.size === 0 ? await readSound(shape, engine, collecting) : null
  if (quick) return quick
  const counted = rowsOf({ ...shape, also: ['source'] }, [repeats.counted])
  const surveyed = (await engine.run(surveyQuery(counted, collecting, dialect))).map(surveyedIn)
  if (isPlain && surveyed.some(({ isSound }) => !isSound)) return null
  const readings: TableReading[] = []
  for (const [source, table] of tables.entries()) {
    const own = surveyed.filter(one => one.source === source)
    const places = own.some(({ isSound }) => !isSound) ? await placesIn(shape, source, { engine, placed }) : []
    readings.push(readingOf(table, own, { places, duplicates: repeats.counts.get(source) ?? 0 }))
  }
  const inside = surveyed.filter(one => one.isSound && one.isInside)
  const outside = surveyed.filter(one => one.isSound && !one.isInside).reduce((sum, { rows }) => sum + rows, 0)
  const sums = await sumAll({ shape, engine, collecting, inside, isWhole: false, counted: repeats.counted })
  if (!sums) return null
  const cut = await cutIn(shape, { engine, asked: collecting, counted: repeats.counted })
  return { sums: { ...sums, outside, cut }, readings }
}

/** Sums by day, and by the keys of the breakdown. */
const sumAll = async (asked: AskedFor): Promise<Pick<Sums, 'days' | 'broken'> | null> => {
  const { by } = asked.collecting
  const days = await sumBy([], true, asked)
  if (days === null || !hasRecordKeys(by)) return days && { days, broken: null }
  const keys = by.filter(key => key !== 'model' && !isTime(key))
  const broken = await sumBy(keys, by.some(isTime), asked)
  return broken && { days, broken }
}

/** The usual case, in which every row counts: a smaller survey does. @returns `null`: it is another case */
const readSound = async (shape: RowShape, engine: Engine, collecting: CollectOptions): Promise<TablesRead | null> => {
  const limited = collecting.since !== null || collecting.until !== null
  const surveyed = limited ? null : spannedIn(await surveySpans(shape, engine), engine.dialect.mostDays)
  if (!surveyed?.every(({ model }) => model)) return null
  const sums = await sumAll({ shape, engine, collecting, inside: surveyed, isWhole: true, counted: '1 = 1' })
  if (!sums) return null
  const none = { places: [], duplicates: 0 }
  const readings = shape.bounds.map(({ table }, i) =>
    readingOf(
      table,
      surveyed.filter(({ source }) => source === i),
      none,
    ),
  )
  return { sums: { ...sums, outside: 0, cut: { counted: NO_CUT, left: NO_CUT } }, readings }
}

/** The answer of `spanQuery`, from the statistics of files where these tell the time. */
const surveySpans = async (shape: RowShape, { dialect, run }: Engine): Promise<readonly Row[]> => {
  const rows = rowsOf({ ...shape, also: ['source'] }, [])
  const ends = endsQuery(shape.bounds)
  if (ends === null) return run(spanQuery(rows, dialect))
  return withEnds(await run(modelsQuery(rows, dialect)), await run(ends))
}

interface Repeats {
  /** By source. */
  readonly counts: ReadonlyMap<number, number>
  /** A condition on rows: they count. */
  readonly counted: string
}

/** Finds rows whose id came before. @returns `null`: there are some, and it gave up */
const findRepeats = async (
  shape: RowShape,
  { dialect, run, prepare }: Engine,
  isPlain: boolean,
): Promise<Repeats | null> => {
  const none = { counts: new Map(), counted: '1 = 1' }
  if (!hasColumn(shape, 'id')) return none
  const ids = (also: RowShape['also']): Rows => rowsOf({ ...shape, also }, ['dsp_sound = 1', "dsp_id <> ''"])
  const [[found = '0'] = []] = await run(`select count(*) from (${dialect.repeated(ids(['id']))}) as t`)
  if (Number(found) === 0) return none
  if (isPlain) return null
  const once = shape.bounds.every(({ table }) => table.row !== null) ? dialect.once(ids(['id', 'source'])) : null
  if (!once)
    throw new InputError([problems.repeatedIds(shape.bounds.map(({ table }) => table.name).join(', '), Number(found))])
  for (const statement of once.before) await prepare(statement)
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
