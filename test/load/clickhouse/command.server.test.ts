import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { dsprice, type Ran, repository } from '../../fake-io.ts'
import { removeFolder } from '../../remove-folder.ts'
import { type Cluster, describeOnServers, startCluster } from './cluster.ts'
import { PASSWORD } from './server-files.ts'

/** Rows as a gateway might keep them: the prompt with what was read from the cache. */
const ROWS = [
  ['2026-11-20 02:00:00', 'deepseek-v4-pro', 1_500_000, 500_000, 200_000, 'support', '2.1'],
  ['2026-11-21 15:30:00', 'deepseek-v4-pro', 1_000_000, 0, 0, 'search', null],
  ['2026-11-22 02:00:00', 'deepseek-v4-flash', 300_000, 100_000, 7, "o'brien", null],
] as const

describeOnServers('dsprice usage clickhouse://', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dsprice-usage-'))
  let cluster: Cluster
  const source = (user = 'reader', table = 'logs.all_calls'): string =>
    `clickhouse://${user}@127.0.0.1:${cluster.servers[0].port}/${table}`
  const run = (argv: readonly string[], password = PASSWORD): Promise<Ran> =>
    dsprice(['usage', ...argv], folder, { env: { DSPRICE_CLICKHOUSE_PASSWORD: password } })

  beforeAll(async () => {
    cluster = await startCluster()
    await cluster.runOnBoth('create database logs')
    await cluster.runOnBoth(
      'create table logs.calls (time DateTime, model String, prompt_tokens UInt32, cached UInt32, completion_tokens UInt32, team String, usd Nullable(Decimal(18, 6))) engine = MergeTree partition by toYYYYMM(time) order by time',
    )
    await cluster.servers[0].run(
      'create table logs.all_calls as logs.calls engine = Distributed(pair, logs, calls, rand())',
    )
    for (const [i, row] of ROWS.entries()) {
      const values = row.map(value => {
        if (typeof value !== 'string') return value ?? 'NULL'
        return /^\d+\.\d+$/.test(value) ? value : `'${value.replaceAll("'", "\\'")}'`
      })
      await cluster.servers[i % 2 === 0 ? 0 : 1].run(`insert into logs.calls values (${values.join(', ')})`)
    }
    writeFileSync(
      join(folder, 'columns.yaml'),
      'at: time\nmodel: model\ninput: prompt_tokens - cached\ncache_read: cached\noutput: completion_tokens\nteam: team\nstated_usd: usd\n',
    )
    const lines = ROWS.map(([time, model, prompt, cached, output, team, usd]) => ({
      ...{ at: `${time.replace(' ', 'T')}Z`, model, input: prompt - cached, cache_read: cached, output, team },
      ...(usd === null ? {} : { stated_usd: usd }),
    }))
    writeFileSync(join(folder, 'calls.jsonl'), lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  })
  afterAll(async () => {
    await cluster?.stop()
    removeFolder(folder)
  })

  it.each(['reader', 'analyst'])('says the same as of a file, as %s', async user => {
    const flags = ['--by', 'team,day', '--models', 'gpt-5.5', '--json', '--input-format', 'dsprice']
    const [table, file] = await Promise.all([
      run([source(user), '--columns', 'columns.yaml', ...flags]),
      run(['calls.jsonl', ...flags]),
    ])
    expect(table.err).toBe('')
    const { sources, ...report } = JSON.parse(table.out) as UsageReport
    const { sources: _, ...expected } = JSON.parse(file.out) as UsageReport
    expect(report).toEqual(expected)
    expect(sources).toEqual([{ name: source(user), format: 'clickhouse', records: 3, conventions: {} }])
  })

  it('adds a table and a file up', async () => {
    const { out } = await run(['calls.jsonl', source(), '--columns', 'columns.yaml', '--json'])
    expect((JSON.parse(out) as UsageReport).total.records).toBe(6)
  })

  it('asks for the columns that a table does not have, before anything is summed', async () => {
    const { code, err } = await run([source()])
    expect(code).toBe(2)
    expect(err).toContain('has no column "at"')
    expect(err).toContain('--columns')
  })

  it('places an expression that is wrong in the file', async () => {
    writeFileSync(join(folder, 'wrong.yaml'), 'at: time\nmodel: model\ninput: nope\noutput: completion_tokens\n')
    const { code, err } = await run([source(), '--columns', 'wrong.yaml'])
    expect(code).toBe(2)
    expect(err).toMatch(/wrong\.yaml:3:8/)
    expect(err).toContain('Unknown identifier: nope')
  })

  it('tells why rows cannot be read, and how many', async () => {
    writeFileSync(
      join(folder, 'bad.yaml'),
      'at: time\nmodel: model\ninput: toInt64(prompt_tokens) - 1000000\noutput: completion_tokens\n',
    )
    const { out, err } = await run([source(), '--columns', 'bad.yaml', '--json'])
    expect(err).toContain('1 record cannot be read and is left out')
    expect((JSON.parse(out) as UsageReport).read).toMatchObject({
      malformed: 1,
      malformed_at: [{ what: 'input is not a count: a whole number from 0 (1 row)' }],
    })
  })

  it('ends its query where it is interrupted', async () => {
    const { servers } = cluster
    await servers[0].run('create table logs.slow (n UInt64) engine = MergeTree order by n')
    await servers[0].run('insert into logs.slow select number from system.numbers limit 3000000')
    writeFileSync(
      join(folder, 'slow.yaml'),
      "at: toUInt32(1792829228)\nmodel: '''demo'''\ninput: length(arrayStringConcat(arrayMap(x -> toString(x + n), range(50))))\noutput: n\n",
    )
    const env = { ...process.env, DSPRICE_CLICKHOUSE_PASSWORD: PASSWORD }
    const argv = [join(repository, 'bin/dsprice.js'), 'usage', source('reader', 'logs.slow'), '--columns', 'slow.yaml']
    const child = spawn(process.execPath, argv, { cwd: folder, env, stdio: 'ignore' })
    const ended = new Promise(done => child.once('exit', (_, signal) => done(signal)))
    const running = () =>
      servers[0].run(
        "select count() from system.processes where query_id like 'dsprice-%' and query like '%dsp_of_timed%'",
      )
    await expect.poll(running, { timeout: 20_000 }).toBe('1\n')
    child.kill('SIGINT')
    expect(await ended).toBe('SIGINT')
    await expect.poll(running, { timeout: 5_000 }).toBe('0\n')
  })

  it.each([
    ['a wrong password', () => source(), 'hunter2', 2, /DSPRICE_CLICKHOUSE_PASSWORD/],
    ['a password in the address', () => 'clickhouse://ann:hunter2@127.0.0.1/logs.calls', '', 2, /may hold no password/],
    ['no such table', () => source('reader', 'logs.nope'), PASSWORD, 2, /SHOW TABLES FROM logs/],
    ['no right', () => source('stranger'), PASSWORD, 2, /GRANT SELECT ON logs\.all_calls TO stranger/],
    ['no server', () => 'clickhouse://127.0.0.1:1/logs.calls', '', 3, /nothing listens there/],
  ])('%s is a problem with something to type, and no secret', async (_, address, password, code, says) => {
    const ran = await run([address(), '--columns', 'columns.yaml'], password)
    expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
    expect(ran.err).not.toContain('hunter2')
    expect(ran.err).not.toContain(PASSWORD)
    const json = await run([address(), '--columns', 'columns.yaml', '--json'], password)
    expect(`${json.out}${json.err}`).not.toContain('hunter2')
  })
})
