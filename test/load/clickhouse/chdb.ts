import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe } from 'vitest'
import { readAnswer } from '../../../src/load/clickhouse/read-answer.ts'
import { clickhouse } from '../../../src/usage/sql/clickhouse.ts'
import type { Engine } from '../../../src/usage/sql/engine.ts'

/** A folder in which the package `chdb` is installed: half a gigabyte, so it is no dependency. */
const folder = process.env['CHDB']

/** Tests in the ClickHouse of today, as a library; they are passed over where there is none. */
export const describeInChdb = folder === undefined ? describe.skip : describe

interface Session {
  query(sql: string): string
}

export interface Chdb {
  readonly engine: Engine
  /** Runs a statement. @returns what it prints */
  readonly run: (sql: string) => string
}

/** Opens it: there can be one in a process, which goes with it. */
export const openChdb = (): Chdb => {
  opened ??= new (createRequire(join(folder ?? '', 'package.json'))('chdb') as { Session: new () => Session }).Session()
  const session = opened
  const rowsOf = (sql: string) => {
    const rows = readAnswer(session.query(`${sql}\nformat JSONCompact`))
    if (!rows) throw new Error(`no answer to ${sql}`)
    return rows
  }
  const engine: Engine = {
    dialect: clickhouse,
    run: async sql => rowsOf(sql),
    prepare: async sql => {
      rowsOf(sql)
    },
    columns: async query =>
      rowsOf(`describe table (${query})`).map(([name, type]) => ({ name: name ?? '', type: type ?? '' })),
  }
  return { engine, run: sql => session.query(sql) }
}

let opened: Session | undefined
