import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { factorFor } from '../../../src/tokens/index.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { type UsageRun, usageRun } from '../../../src/usage/result/usage-run.ts'
import type { Engine, Table } from '../../../src/usage/sql/engine.ts'
import { readTables } from '../../../src/usage/sql/read-tables.ts'
import { priced } from '../../cost/build.ts'
import { runs } from '../../laws.ts'
import { recordWith } from '../../usage/build.ts'
import { nastyBook, nastyCall } from '../../usage/nasty-log.ts'
import { openTable } from './build.ts'
import { describeInChdb, openChdb } from './chdb.ts'
import { type Cluster, describeOnServers, startCluster } from './cluster.ts'

const COLUMNS = {
  at: 'Int64',
  model: 'String',
  input: 'UInt32',
  cache_read: 'Nullable(UInt32)',
  cache_write: 'UInt32',
  output: 'Int64',
  service: 'Nullable(String)',
  batch: 'UInt8',
  stated_usd: 'Nullable(Decimal(18, 6))',
  team: 'String',
  user: 'String',
}

/** Calls as the nasty log has them, some of an unknown model, with unknown reads, or with a price of their own. */
const call = fc
  .tuple(
    nastyCall,
    fc.option(fc.constantFrom('0.25', '1.000001', '3'), { freq: 3 }),
    fc.record({ isUnknown: fc.nat(20), isUntold: fc.nat(10) }),
  )
  .map(([own, stated_usd, { isUnknown, isUntold }]) =>
    recordWith({
      ...own,
      // A table of our own columns tells none.
      region: null,
      stated_usd,
      ...(isUnknown === 0 ? { model: 'mystery' } : {}),
      ...(isUntold === 0 ? { cache_read: null } : {}),
    }),
  )

const quoted = (value: string | null): string => (value === null ? 'NULL' : `'${value}'`)
const valuesOf = ({ keys, ...own }: UsageRecord): string =>
  `(${[
    ...[own.at, quoted(own.model), own.input, own.cache_read ?? 'NULL', own.cache_write, own.output],
    ...[
      quoted(own.service),
      own.batch ? 1 : 0,
      own.stated_usd ?? 'NULL',
      quoted(keys['team'] ?? ''),
      quoted(keys['user'] ?? ''),
    ],
  ].join(', ')})`

const terms = fc.record({
  by: fc.subarray(['model', 'day', 'month', 'team', 'user']),
  timezone: fc.constantFrom('UTC', 'Asia/Kolkata', 'Europe/Berlin'),
  models: fc.constantFrom([], ['nasty-2'], ['nasty-0', 'nasty-1']),
  since: fc.constantFrom(null, Date.parse('2026-10-25T00:30Z')),
  until: fc.constantFrom(null, Date.parse('2026-11-05T11:07:23Z')),
})

/** How a table of calls is kept: in 30 parts by time, so that a query need not read all of them. */
const tableSql = (name: string): string =>
  `create table ${name} (${Object.entries(COLUMNS)
    .map(([column, type]) => `${column} ${type}`)
    .join(', ')}) engine = MergeTree partition by intDiv(at, 2592000000) order by (model, at)`

/** Holds that a log has the same report when it is read from a table as record by record. */
const holdEqual = (
  store: (records: readonly UsageRecord[]) => Promise<void>,
  open: () => Promise<{ readonly table: Table; readonly engine: Engine }>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 200 }), terms, async (records, asked) => {
      await store(records)
      const reportOf = async (read: (run: UsageRun) => Promise<void>): Promise<UsageReport | string> => {
        const run = usageRun(priced(nastyBook), { at: '2026-11-24', top: null, factorFor, ...asked })
        try {
          await read(run)
          return run.finish({ sources: [], malformed: 0, malformed_at: [], warnings: [] })
        } catch (error) {
          // Any instant without a price may stand for all of them.
          return String(error).replaceAll(/ at \S+Z/g, '')
        }
      }
      const own = await reportOf(async run => records.forEach(run.add))
      const found = await reportOf(async run => {
        const { table, engine } = await open()
        const read = await readTables([table], engine, { ...run.collecting, placed: 0 })
        if (read) run.addSums(read.sums)
      })
      expect(found).toEqual(own)
    }),
    { numRuns: runs(25), endOnFailure: true },
  )

describeOnServers('the same log', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
    await cluster.runOnBoth('create database logs')
    await cluster.runOnBoth(tableSql('logs.calls'))
    await cluster.servers[0].run(
      'create table logs.all_calls as logs.calls engine = Distributed(pair, logs, calls, rand())',
    )
  })
  afterAll(() => cluster?.stop())

  it('has the same report, record by record and on two shards', () =>
    holdEqual(
      async records => {
        for (const [i, { run }] of cluster.servers.entries()) {
          await run('drop table logs.calls')
          await run(tableSql('logs.calls'))
          // Twice as many on the second.
          const own = records.filter((_, nth) => (nth % 3 === 0 ? 0 : 1) === i)
          if (own.length > 0) await run(`insert into logs.calls values ${own.map(valuesOf).join(', ')}`)
        }
      },
      () => openTable(cluster, 'logs.all_calls'),
    ))
})

describeInChdb('the same log', () => {
  it('has the same report, record by record and in the ClickHouse of today', async () => {
    const { engine, run } = openChdb()
    run('create database logs')
    run(tableSql('logs.calls'))
    const columns = Object.entries(COLUMNS).map(([name, type]) => ({ name, type, sql: engine.dialect.name(name) }))
    const table = { name: 'calls', format: 'chdb', from: 'logs.calls', columns, has: Object.keys(COLUMNS), row: null }
    await holdEqual(
      async records => {
        run('truncate table logs.calls')
        run(`insert into logs.calls values ${records.map(valuesOf).join(', ')}`)
      },
      async () => ({ table, engine }),
    )
  })
})
