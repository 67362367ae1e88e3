import type { DuckDBConnection } from '@duckdb/node-api'
import { InputError, problems } from '../../errors/index.ts'
import { duckdb } from '../../usage/sql/duckdb.ts'
import type { Engine } from '../../usage/sql/engine.ts'
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

/** @returns `null`: the package is not installed */
export const openDuckdb = async ({ tellShare }: DuckdbOptions): Promise<DuckdbEngine | null> => {
  const api = await load()
  if (!api) return null
  let connection: DuckDBConnection | null = null
  const folder = privateFolder(() => connection?.interrupt())
  const instance = await api.DuckDBInstance.create(':memory:', {
    // Nothing is fetched: what is not built in is an error.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // The default is a folder beside the user's files.
    temp_directory: folder.path,
    preserve_insertion_order: 'false',
  })
  const opened = await instance.connect()
  connection = opened
  for (const setting of SETTINGS) await opened.run(setting)
  const run = async (sql: string) => {
    const timer = setInterval(() => tellShare(opened.progress.percentage), TELL_MS)
    try {
      // Never a stream: that ends without an error where reading does.
      const reader = await opened.runAndReadAll(sql)
      return reader.getRowsJson().map(row => row.map(value => (value === null ? null : String(value))))
    } finally {
      clearInterval(timer)
    }
  }
  return {
    dialect: duckdb,
    run,
    columns: async query =>
      (await run(`describe ${query}`)).map(([name, type]) => ({ name: name ?? '', type: type ?? '' })),
    close: () => {
      opened.closeSync()
      instance.closeSync()
      folder.remove()
    },
  }
}

const SETTINGS = ["set TimeZone = 'UTC'", 'set enable_progress_bar = true', 'set enable_progress_bar_print = false']

const load = async (): Promise<typeof import('@duckdb/node-api') | null> => {
  try {
    return await import('@duckdb/node-api')
  } catch (error) {
    if (error instanceof Error && 'code' in error && /MODULE_NOT_FOUND/.test(String(error.code))) return null
    throw error
  }
}

/** DuckDB for a source that nothing else reads. @throws {InputError} NO_ENGINE */
export const needDuckdb = async (source: string, options: DuckdbOptions): Promise<DuckdbEngine> => {
  const engine = await openDuckdb(options)
  if (!engine) throw new InputError([problems.noEngine(source, PACKAGE)])
  return engine
}

/** What DuckDB says of a source, in its first line; any other error is ours and as it is. */
export const toEngineProblem = (error: unknown, source: string): unknown => {
  if (!(error instanceof Error)) return error
  const [, kind = '', why = ''] =
    /^(IO|Invalid Input|Out of Memory|Conversion|Out of Range|Permission|Interrupt|Not implemented)\s*(?:Error)?: ([^\n]*)/i.exec(
      error.message,
    ) ?? []
  return kind === '' ? error : new InputError([problems.engineFailed(source, `${kind}: ${why}`.slice(0, 300))])
}

/** The name of a file as SQL: a pattern's characters stand for themselves. */
export const fileLiteral = (path: string): string => `'${path.replaceAll(/[*?[]/g, '[$&]').replaceAll("'", "''")}'`
