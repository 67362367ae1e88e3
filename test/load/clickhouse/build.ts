import { readAddress } from '../../../src/load/clickhouse/address.ts'
import { engineOf } from '../../../src/load/clickhouse/engine.ts'
import { findTable } from '../../../src/load/clickhouse/find-table.ts'
import { openSession } from '../../../src/load/clickhouse/session.ts'
import { isColumn } from '../../../src/usage/sql/columns.ts'
import type { Engine, Meant, Table } from '../../../src/usage/sql/engine.ts'
import type { Cluster } from './cluster.ts'
import { PASSWORD } from './server-files.ts'

/** A table of the first server and what answers for it; without a mapping its columns have our own names. */
export const openTable = async (
  { servers: [{ port }] }: Cluster,
  name: string,
  { user = 'reader', mapping }: { readonly user?: string; readonly mapping?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly table: Table; readonly engine: Engine }> => {
  const session = await openSession({
    address: readAddress(`clickhouse://${user}@127.0.0.1:${port}/${name}`),
    password: PASSWORD,
  })
  const engine = engineOf(session)
  const { from, columns } = await findTable(session)
  const own = columns
    .filter(column => isColumn(column.name))
    .map(column => [column.name, engine.dialect.name(column.name)])
  const meant: Meant[] = []
  for (const [name = '', sql = ''] of mapping ? Object.entries(mapping) : own) {
    const [{ type } = { type: '' }] = await engine.columns(`select (${sql}) as x from ${from}`)
    meant.push({ name, sql: `(${sql})`, type })
  }
  const table = { name, format: 'clickhouse', from, columns: meant, has: columns.map(column => column.name), row: null }
  return { table, engine }
}
