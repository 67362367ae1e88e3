import { InputError } from '../../errors/index.ts'
import type { Io } from '../../io.ts'
import type { FileReading } from '../../usage/formats/tally.ts'
import { plain } from '../../usage/sessions/plain.ts'
import type { Table } from '../../usage/sql/engine.ts'
import { readTables } from '../../usage/sql/read-tables.ts'
import { isAddress } from '../clickhouse/address.ts'
import { findSources } from '../usage/find-sources.ts'
import { MOST_PLACED, type Reading, readUsage } from '../usage/read-usage.ts'
import type { ColumnsFile } from './columns-file.ts'
import { type DuckdbEngine, fileLiteral, needDuckdb, openDuckdb, toEngineProblem } from './duckdb-engine.ts'
import { mapColumns } from './map-columns.ts'
import { LARGE, plainCsv } from './plain-csv.ts'
import { readingOf } from './reading-of.ts'
import type { SourceOptions } from './source-options.ts'

type SourceFiles = Pick<Io, 'cwd' | 'kind' | 'real' | 'glob' | 'pieces' | 'size' | 'env'>

/**
 * Reads usage from tables in ClickHouse and from files, in this order.
 *
 * @throws {InputError} NO_COLUMN, what `readTable` throws, and what `readFiles` throws
 */
export const readSources = async (
  names: readonly string[],
  files: SourceFiles,
  options: SourceOptions,
): Promise<Reading> => {
  const addresses = [...new Set(names.filter(isAddress))]
  const paths = names.filter(name => !isAddress(name))
  if (addresses.length === 0) return readFiles(paths, files, options)
  const { readClickhouse } = await import('./read-clickhouse.ts')
  const tables = await readClickhouse(addresses, files, options)
  if (paths.length === 0) return { ...tables, left: [] }
  const rest = await readFiles(paths, files, options)
  return { ...tables, files: [...tables.files, ...rest.files], left: rest.left }
}

/**
 * Reads usage from files: Parquet through DuckDB, large CSV files of our own form too if that is installed and reads
 * them as we do, and everything else record by record.
 *
 * @throws {InputError} NO_ENGINE, ENGINE_FAILED, NO_COLUMN and what `readUsage` throws
 */
const readFiles = async (names: readonly string[], files: SourceFiles, options: SourceOptions): Promise<Reading> => {
  const { paths, left } = await findSources(names, files)
  const kinds = new Map(paths.map(path => [path, kindOf(path, files, options)]))
  const parquet = paths.filter(path => kinds.get(path) === 'parquet')
  const large = paths.filter(path => kinds.get(path) === 'large')
  const readings = new Map<string, FileReading>()
  const keep = (found: readonly FileReading[]): void => {
    for (const reading of found) readings.set(reading.file, reading)
  }
  if (parquet.length + large.length > 0)
    keep(await readByEngine({ parquet, large, isOnly: paths.length === 1 }, files, options))
  const rest = paths.filter(path => !readings.has(path))
  if (rest.length > 0) keep((await readUsage(rest, files, options)).files)
  return { files: paths.flatMap(path => readings.get(path) ?? []), left }
}

const MAGIC = Buffer.from('PAR1')

const kindOf = (
  path: string,
  { pieces }: SourceFiles,
  { format, largeFrom = LARGE }: SourceOptions,
): 'parquet' | 'large' | null => {
  if (path === '-' || (format !== undefined && format !== plain.name)) return null
  try {
    for (const { bytes, all } of pieces(path, MAGIC.length)) {
      if (MAGIC.equals(bytes.subarray(0, MAGIC.length))) return 'parquet'
      return all !== null && all >= largeFrom ? 'large' : null
    }
  } catch {
    // Whoever reads the file says why it cannot be read.
  }
  return null
}

interface Paths {
  readonly parquet: readonly string[]
  readonly large: readonly string[]
  /** Whether there is one source alone, so that no id of it can stand in another. */
  readonly isOnly: boolean
}

const readByEngine = async (
  { parquet, large, isOnly }: Paths,
  files: SourceFiles,
  options: SourceOptions,
): Promise<FileReading[]> => {
  const tables = large.flatMap(path => {
    const table = plainCsv(path, files)
    return table && (isOnly || !table.has.includes('id')) ? [table] : []
  })
  const [first] = parquet
  if (first === undefined && tables.length === 0) return []
  const engine = first === undefined ? await openDuckdb(options) : await needDuckdb(first, options)
  if (!engine) return []
  try {
    const found: FileReading[] = []
    for (const table of tables) found.push(...(await readPlain(table, engine, options)))
    return [...found, ...(await readParquet(parquet, engine, { files, options }))]
  } finally {
    engine.close()
  }
}

const readPlain = async (table: Table, engine: DuckdbEngine, options: SourceOptions): Promise<FileReading[]> => {
  try {
    const read = await readTables([table], engine, { ...options.collecting, placed: 0, isPlain: true })
    if (!read) return []
    options.addSums(read.sums)
    return read.readings.map(one => readingOf(one, table.name))
  } catch (error) {
    // A line that DuckDB refuses may be one that we read, or place.
    if (toEngineProblem(error, table.name) instanceof InputError) return []
    throw error
  }
}

const readParquet = async (
  paths: readonly string[],
  engine: DuckdbEngine,
  { files, options }: { readonly files: SourceFiles; readonly options: SourceOptions },
): Promise<FileReading[]> => {
  if (paths.length === 0) return []
  const tables: Table[] = []
  for (const path of paths) {
    try {
      tables.push(await parquetTable(path, files.real(path), { engine, columns: options.columns }))
    } catch (error) {
      throw toEngineProblem(error, path)
    }
  }
  try {
    const read = await readTables(tables, engine, { ...options.collecting, placed: MOST_PLACED })
    if (read) options.addSums(read.sums)
    return (read?.readings ?? []).map(one => readingOf(one, 'Parquet'))
  } catch (error) {
    throw toEngineProblem(error, paths.join(', '))
  }
}

const parquetTable = async (
  name: string,
  path: string,
  { engine, columns }: { readonly engine: DuckdbEngine; readonly columns: ColumnsFile | null },
): Promise<Table> => {
  // The names of folders are none of its columns.
  const file = `${fileLiteral(path)}, hive_partitioning = false`
  const mapped = await mapColumns(`read_parquet(${file})`, engine, columns)
  // Rows are numbered by a column of that name, unless the file has its own.
  if (mapped.has.some(column => column.toLowerCase() === ROW_NUMBER))
    return { name, format: 'parquet', from: `read_parquet(${file})`, ...mapped, row: null }
  const from = `read_parquet(${file}, ${ROW_NUMBER} = true)`
  return { name, format: 'parquet', from, ...mapped, row: `${ROW_NUMBER} + 1` }
}

const ROW_NUMBER = 'file_row_number'
