import { createRequire } from 'node:module'
import type { Connection, Result } from '@duckdb/node-bindings'
import { InputError, problems } from '../../errors/index.ts'
import { duckdb as duckdbDialect, textLiteral } from '../../usage/sql/duckdb.ts'
import type { Engine, Row } from '../../usage/sql/engine.ts'
import { type Bindings, rowsOf } from './duckdb-rows.ts'
import { privateFolder } from './private-folder.ts'

const PACKAGE = '@duckdb/node-api'

/** DuckDB in this process. */
export interface DuckdbEngine extends Engine {
  /** Removes everything that it wrote. */
  close(): void
}

export interface DuckdbOptions {
  /** Called now and then with the percentage of a query that is done. */
  readonly tellShare: (percent: number) => void
}

const TELL_MS = 100

/** @returns `null`: the package is not installed, or not for this machine */
export const openDuckdb = async (options: DuckdbOptions): Promise<DuckdbEngine | null> => {
  const duckdb = load()
  return typeof duckdb === 'string' ? null : open(duckdb, options)
}

/** DuckDB for a source that nothing else reads. @throws {InputError} NO_ENGINE */
export const needDuckdb = async (source: string, options: DuckdbOptions): Promise<DuckdbEngine> => {
  const duckdb = load()
  if (typeof duckdb === 'string') throw new InputError([problems.noEngine(source, PACKAGE, duckdb)])
  return open(duckdb, options)
}

const open = async (duckdb: Bindings, { tellShare }: DuckdbOptions): Promise<DuckdbEngine> => {
  let connection: Connection | null = null
  const folder = privateFolder(() => connection && duckdb.interrupt(connection))
  const config = duckdb.create_config()
  for (const [name, value] of Object.entries(configIn(folder.path))) duckdb.set_config(config, name, value)
  const database = await duckdb.open(':memory:', config)
  const opened = await duckdb.connect(database)
  connection = opened
  // Never a stream: that ends without an error where reading does.
  const execute = async (sql: string): Promise<Result> => {
    const timer = setInterval(() => tellShare(duckdb.query_progress(opened).percentage), TELL_MS)
    try {
      return await duckdb.query(opened, sql)
    } finally {
      clearInterval(timer)
    }
  }
  const run = async (sql: string): Promise<Row[]> =>
    rowsOf(duckdb, await execute(`select columns(*)::varchar from (${sql})`))
  for (const setting of SETTINGS) await execute(setting)
  return {
    dialect: duckdbDialect,
    run,
    prepare: async statement => {
      await execute(statement)
    },
    columns: async query =>
      (await run(`describe ${query}`)).map(([name, type]) => ({ name: name ?? '', type: type ?? '' })),
    close: () => {
      duckdb.disconnect_sync(opened)
      duckdb.close_sync(database)
      folder.remove()
    },
  }
}

/** @param folder - for what does not fit in memory; the default is beside the user's files */
const configIn = (folder: string): Readonly<Record<string, string>> => ({
  // Nothing is fetched: what is not built in is an error.
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  temp_directory: folder,
  preserve_insertion_order: 'false',
})

const SETTINGS = ["set TimeZone = 'UTC'", 'set enable_progress_bar = true', 'set enable_progress_bar_print = false']

/**
 * Its bindings alone: the rest of the package is 120 modules of types, which take a tenth of a second to load.
 *
 * @returns why it cannot be loaded, worded to follow its name
 */
const load = (): Bindings | string => {
  const find = createRequire(import.meta.url)
  let own: NodeJS.Require | null = null
  try {
    own = createRequire(find.resolve(PACKAGE))
    return own('@duckdb/node-bindings')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'MODULE_NOT_FOUND')
      return own ? `lacks its part for ${process.platform}-${process.arch}` : 'is not installed'
    if (code === 'ERR_DLOPEN_FAILED') return `cannot be loaded: ${String(error).split('\n', 1)[0]}`
    throw error
  }
}

/**
 * What DuckDB says of a source, in its first line and without the value that it could not read; any other error is ours
 * and as it is.
 */
export const toEngineProblem = (error: unknown, source: string): unknown => {
  if (!(error instanceof Error)) return error
  const [, kind = '', why = ''] = OF_ITS_OWN.exec(error.message) ?? []
  if (kind === '') return error
  const told = kind === 'Conversion' ? why.replaceAll(/'[^']*'/g, '…') : why
  return new InputError([problems.engineFailed(source, `${kind}: ${told}`.slice(0, 300))])
}

/** An error by what is in a file, or by how much of it there is. */
const OF_ITS_OWN =
  /^(IO|Invalid|Invalid Input|Out of Memory|Conversion|Out of Range|Permission|Interrupt|Not implemented|Serialization)\s*(?:Error)?: ([^\n]*)/i

/** The name of a file as SQL: a pattern's characters stand for themselves. */
export const fileLiteral = (path: string): string => textLiteral(path.replaceAll(/[*?[]/g, '[$&]'))
