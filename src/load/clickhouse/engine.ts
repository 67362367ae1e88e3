import { clickhouse } from '../../usage/sql/clickhouse.ts'
import type { Engine } from '../../usage/sql/engine.ts'
import type { Session } from './session.ts'

/** The engine of a session: one table of one server, whose shards group their own rows. */
export const engineOf = ({ run }: Session): Engine => ({
  dialect: clickhouse,
  run,
  prepare: async statement => {
    await run(statement)
  },
  columns: async query =>
    (await run(`describe table (${query})`)).map(([name, type]) => ({ name: name ?? '', type: type ?? '' })),
})
