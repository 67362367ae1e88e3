import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { readColumnsFile } from '../../../src/load/engines/columns-file.ts'
import { readSources } from '../../../src/load/engines/read-sources.ts'
import { readReport } from '../../../src/load/usage/read-usage.ts'
import type { Book } from '../../../src/model/book/book.ts'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { factorFor } from '../../../src/tokens/index.ts'
import { type UsageOptions, usageRun } from '../../../src/usage/result/usage-run.ts'
import { priced } from '../../cost/build.ts'
import { fakeIo } from '../../fake-io.ts'

/** Runs SQL in a DuckDB of its own: how the tests write Parquet. */
export const openWriter = async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run("set TimeZone = 'UTC'")
  return {
    run: (sql: string) => connection.run(sql),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** A folder for the files of a test. */
export const openFolder = (name: string) => {
  const path = mkdtempSync(join(tmpdir(), `dsprice-${name}-`))
  return {
    path,
    file: (name: string, content?: string | Uint8Array): string => {
      const file = join(path, name)
      if (content !== undefined) writeFileSync(file, content)
      return file
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export interface Asked extends Partial<UsageOptions> {
  readonly book: Book
  readonly columns?: string
  /** Bytes from which on CSV goes to DuckDB; left out: never. */
  readonly largeFrom?: number
}

/** What `usage` says of files. */
export const usageOfFiles = async (
  paths: readonly string[],
  { book, columns, largeFrom = Number.POSITIVE_INFINITY, ...options }: Asked,
): Promise<UsageReport> => {
  const io = fakeIo('/')
  const run = usageRun(priced(book), {
    ...{ at: '2026-11-24', timezone: 'UTC', since: null, until: null, by: [], top: null, models: [], factorFor },
    ...options,
  })
  const reading = await readSources(paths, io, {
    columns: columns === undefined ? null : readColumnsFile(columns, io),
    largeFrom,
    collecting: run.collecting,
    visit: run.add,
    addSums: run.addSums,
    tellShare: () => {},
  })
  return run.finish(readReport(reading))
}
