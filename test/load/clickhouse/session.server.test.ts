import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { type Address, readAddress } from '../../../src/load/clickhouse/address.ts'
import { findTable } from '../../../src/load/clickhouse/find-table.ts'
import { openSession, type Session } from '../../../src/load/clickhouse/session.ts'
import { type Cluster, describeOnServers, startCluster } from './cluster.ts'
import { PASSWORD } from './server-files.ts'

const MODES = ['timeout', 'read', 'group_by', 'sort', 'result', 'set', 'join', 'transfer', 'distinct'] as const
const setting = (mode: string): string => `${mode}_overflow_mode`
const beyond = (mode: string): string => (mode === 'group_by' ? 'any' : 'break')
const xml = (name: string, value: string): string => `<${name}>${value}</${name}>`

/** A profile for each overflow mode, once for a user who may set nothing, once for one who may. */
const PROFILES = Object.fromEntries(
  [1, 2].flatMap(readonly => [
    ...MODES.map(mode => [
      `${mode}_${readonly}`,
      xml('readonly', `${readonly}`) + xml(setting(mode), beyond(mode)) + xml('max_rows_to_read', '1000'),
    ]),
    [`skip_${readonly}`, xml('readonly', `${readonly}`) + xml('skip_unavailable_shards', '1')],
  ]),
)

/** A query of some seconds. */
const SLOW = 'select toString(sum(cityHash64(number))) from (select number from system.numbers limit 2000000000)'
const SUM = 'select toString(count()), toString(sum(input)) from logs.all_calls'

describeOnServers('a session on two shards', () => {
  let cluster: Cluster
  const at = (user: string, rest = 'logs.all_calls'): Address =>
    readAddress(`clickhouse://${user}@127.0.0.1:${cluster.servers[0].port}/${rest}`)
  const open = (user: string, rest?: string, grace?: number): Promise<Session> =>
    openSession({ address: at(user, rest), password: PASSWORD, grace })

  beforeAll(async () => {
    cluster = await startCluster(PROFILES)
    await cluster.runOnBoth('create database logs')
    await cluster.runOnBoth(
      'create table logs.calls (ts DateTime, model String, input UInt32, output Nullable(UInt32)) engine = MergeTree partition by toYYYYMM(ts) order by (model, ts)',
    )
    for (const engine of ['ReplacingMergeTree', 'SummingMergeTree']) {
      await cluster.runOnBoth(
        `create table logs.${engine} (ts DateTime, model String, input UInt32) engine = ${engine} partition by toYYYYMM(ts) order by (model, ts)`,
      )
    }
    const [first] = cluster.servers
    await cluster.runOnBoth(
      "insert into logs.calls select toDateTime('2026-06-01 00:00:00') + number % 2592000, 'demo', 1000, 10 from system.numbers limit 1000000",
    )
    for (const table of ['calls', 'ReplacingMergeTree', 'SummingMergeTree']) {
      await first.run(
        `create table logs.all_${table} as logs.${table} engine = Distributed(pair, logs, ${table}, rand())`,
      )
    }
    await first.run('create view logs.seen as select * from logs.calls')
    await first.run("create table logs.merged as logs.calls engine = Merge(logs, '^calls$')")
  })
  afterAll(() => cluster?.stop())

  it.each(['reader', 'analyst', 'default'])('%s gets all rows, as text', async user => {
    const { run } = await open(user)
    // 2 shards × 1,000,000 rows of 1,000 tokens.
    expect(await run(SUM)).toEqual([['2000000', '2000000000']])
    expect(await run("select null, toInt64(-5), 'a\\tb\\n\"'")).toEqual([[null, '-5', 'a\tb\n"']])
  })

  it.each(['analyst', 'default'])('%s can only read', async user => {
    const { run } = await open(user)
    for (const sql of ['create table logs.mine (a UInt8) engine = Memory', 'drop table logs.calls']) {
      await expect(run(sql)).rejects.toThrow(/readonly mode/)
    }
  })

  describe.each(MODES)('a profile with %s_overflow_mode', mode => {
    it('is refused where the user may set nothing', async () => {
      await expect(open(`${mode}_1`)).rejects.toThrow(`sets ${setting(mode)} = ${beyond(mode)}`)
    })

    it('is overridden where the user may set it, also on the shards', async () => {
      const { run } = await open(`${mode}_2`)
      const sql = `select distinct hostName(), value from cluster('pair', system, settings) where name = '${setting(mode)}'`
      expect((await run(sql)).map(([, value]) => value)).toEqual(['throw'])
    })
  })

  it('a limit that would cut the sum is an error, and not a part of it', async () => {
    const silent = await cluster.servers[0]
      .run(`${SUM} settings max_rows_to_read = 1000, read_overflow_mode = 'break'`)
      .catch(() => '')
    expect(silent).not.toBe('2000000\t2000000000\n')
    const { run } = await open('read_2')
    await expect(run(SUM)).rejects.toThrow(/over a limit of this user.*\(code 158\)/)
  })

  it('skip_unavailable_shards in a profile is refused, or overridden', async () => {
    await expect(open('skip_1')).rejects.toThrow('sets skip_unavailable_shards = 1')
    const { run } = await open('skip_2')
    await cluster.servers[1].kill()
    try {
      await expect(run(SUM)).rejects.toThrow(/a shard did not answer.*\(code 279\)/)
    } finally {
      await cluster.servers[1].start()
    }
    expect(await run(SUM)).toEqual([['2000000', '2000000000']])
  })

  it('a shard that is killed in mid-query is an error', async () => {
    const { run } = await open('reader')
    const asked = run(
      'select toString(sum(cityHash64(number, input))) from logs.all_calls array join range(600) as number',
    ).then(
      () => 'an answer',
      error => String(error),
    )
    await sleep(300)
    await cluster.servers[1].kill()
    try {
      expect(await asked).toMatch(/a shard did not answer.*\(code (32|210|279)\)/)
    } finally {
      await cluster.servers[1].start()
    }
  })

  it('a shard that is frozen ends the query when its time is up, and the other is told', async () => {
    const { run } = await open('reader', 'logs.all_calls?timeout=1', 500)
    cluster.servers[1].freeze()
    try {
      await expect(run(SUM)).rejects.toThrow(/a query did not end within 1 s/)
    } finally {
      cluster.servers[1].thaw()
    }
    await expect.poll(() => running(cluster), { timeout: 10_000 }).toBe('0\n')
  })

  it.each(['reader', 'default'])('a query that nobody waits for any more is ended: %s', async user => {
    const { run } = await open(user, 'logs.all_calls?timeout=1', -500)
    await expect(run(SLOW)).rejects.toThrow(/a query did not end within 1 s/)
    await expect.poll(() => running(cluster), { timeout: 3_000 }).toBe('0\n')
  })

  it('the server itself ends what takes longer than it may, where the user may set that', async () => {
    const { run } = await open('analyst', 'logs.all_calls?timeout=1')
    await expect(run(SLOW)).rejects.toThrow(/took too long.*\(code 159\)/)
  })

  it('an error after the first rows is an error', async () => {
    const { run } = await open('reader')
    await expect(
      run('select number, throwIf(number = 900000) from (select number from system.numbers limit 1000000)'),
    ).rejects.toThrow(/code 395/)
  })

  describe('tables', () => {
    const found = async (rest: string, user = 'reader') => findTable(await open(user, rest))

    it('has its columns with their types', async () => {
      expect(await found('logs.all_calls')).toEqual({
        columns: [
          { name: 'ts', type: 'DateTime' },
          { name: 'model', type: 'String' },
          { name: 'input', type: 'UInt32' },
          { name: 'output', type: 'Nullable(UInt32)' },
        ],
        from: 'logs.all_calls',
        warnings: [],
      })
    })

    it.each(['ReplacingMergeTree', 'all_ReplacingMergeTree'])('%s counts twice, so FINAL is asked for', async table => {
      for (const user of ['reader', 'analyst']) {
        await expect(found(`logs.${table}`, user)).rejects.toThrow(/there again until it is merged/)
      }
      expect(await found(`logs.${table}?final=1`)).toMatchObject({ from: `logs.${table} final` })
    })

    it.each(['SummingMergeTree', 'all_SummingMergeTree'])('%s has sums', async table => {
      await expect(found(`logs.${table}`)).rejects.toThrow(/the sum of many calls/)
    })

    it('of other engines are refused, and a view is warned of', async () => {
      await expect(found('logs.merged')).rejects.toThrow(/the engine Merge holds is not known/)
      expect((await found('logs.seen')).warnings).toMatchObject([{ code: 'ENGINE_UNKNOWN' }])
    })
  })

  describe('errors', () => {
    const failure = (asked: Promise<unknown>) =>
      asked.then(
        () => null,
        error => (error instanceof InputError ? error.problems[0] : error),
      )

    it('a wrong password or user', async () => {
      const wrong = openSession({ address: at('reader'), password: 'hunter2' })
      expect(await failure(wrong)).toMatchObject({
        exit: 2,
        fix: expect.stringContaining('DSPRICE_CLICKHOUSE_PASSWORD'),
      })
      expect(JSON.stringify(await failure(wrong))).not.toContain('hunter2')
      expect(await failure(open('nobody'))).toMatchObject({ exit: 2, fix: expect.stringContaining('of nobody') })
    })

    it('a table that is not there, or that the user may not read', async () => {
      expect(await failure(open('reader', 'logs.nope').then(findTable))).toMatchObject({
        fix: expect.stringContaining('SHOW TABLES FROM logs'),
      })
      expect(await failure(open('reader', 'nope.calls').then(findTable))).toMatchObject({
        what: expect.stringContaining('no such table'),
      })
      expect(await failure(open('stranger', 'logs.calls').then(findTable))).toMatchObject({
        fix: expect.stringContaining('GRANT SELECT ON logs.calls TO stranger'),
      })
    })

    it('nothing listens, or something else does', async () => {
      const nothing = readAddress('clickhouse://127.0.0.1:1/logs.calls')
      expect(await failure(openSession({ address: nothing, password: '' }))).toMatchObject({
        code: 'NO_SERVER',
        what: expect.stringContaining('nothing listens there'),
      })
      const tls = readAddress(`clickhouses://127.0.0.1:${cluster.servers[0].port}/logs.calls`)
      expect(await failure(openSession({ address: tls, password: '' }))).toMatchObject({ code: 'NO_SERVER' })
    })

    it('a column that is not there', async () => {
      const { run } = await open('reader')
      expect(await failure(run('select nope from logs.calls'))).toMatchObject({
        exit: 2,
        fix: expect.stringContaining('DESCRIBE TABLE logs.all_calls'),
      })
    })
  })
})

/** How many queries of ours run on the first server. */
const running = ({ servers: [first] }: Cluster): Promise<string> =>
  first.run("select count() from system.processes where query_id like 'dsprice-%'")
