import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { dsprice, repository } from '../../fake-io.ts'
import { type Cluster, describeOnServers, startCluster } from './cluster.ts'
import { PASSWORD } from './server-files.ts'

/** The statements of docs/usage.md for sums by the hour, in their order. */
const statements = [...readFileSync(join(repository, 'docs/usage.md'), 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.split(';'))
  .map(text => text.trim())
  .filter(text => text !== '')
const [table = '', view = '', backfill = '', form = ''] = statements

const METERS = ['input', 'cache_read', 'cache_write', 'output']
const sumsOf = (from: string, requests: string, ending = ''): string =>
  `select model, ${METERS.map(meter => `toString(sum(${meter}${ending}))`).join(', ')}, toString(${requests}) from ${from} group by model order by model`
const RAW = sumsOf('logs.calls', 'count()')
const HOURLY = sumsOf('logs.hourly', 'sum(requests)', 's')

const DAY = 86_400
const HALF = Date.parse('2026-11-15') / 1000

describeOnServers('sums by the hour, as docs/usage.md has them', () => {
  let cluster: Cluster
  const run = (sql: string): Promise<string> => cluster.servers[0].run(sql)
  /** Calls over some days, whose prompts lie on, just below and just above the edges of tiers. */
  const insert = (rows: number, { from, days }: { readonly from: number; readonly days: number }): Promise<string> =>
    run(
      `insert into logs.calls select toDateTime(${from} + (number * 7919) % ${days * DAY}), arrayElement(['claude-haiku-4-5', 'deepseek-v4-pro', 'gpt-5.5'], toUInt32(number % 3 + 1)), toUInt32(arrayElement([10, 31999, 32000, 127999, 128000, 128001, 200000, 200001, 272000, 272001, 255998], toUInt32(number % 11 + 1))), toUInt32(number % 2), toUInt32(number % 5 = 0), toUInt32(number % 13), concat('t', toString(number % 4)) from (select number from system.numbers limit ${rows})`,
    )

  beforeAll(async () => {
    cluster = await startCluster()
    await run('create database logs')
    await run(
      'create table logs.calls (at DateTime, model String, input UInt32, cache_read UInt32, cache_write UInt32, output UInt32, team String) engine = MergeTree partition by toYYYYMM(at) order by (model, at)',
    )
    await insert(50_000, { from: HALF - 14 * DAY, days: 14 })
    await run(table)
    await run(view)
    await run(backfill)
  })
  afterAll(() => cluster?.stop())

  it('equal the raw table after they were filled up, after further rows and after merging', async () => {
    expect(statements).toHaveLength(4)
    expect(await run(HOURLY)).toBe(await run(RAW))
    for (const rows of [10_000, 1, 20_000]) {
      await insert(rows, { from: HALF, days: 15 })
      expect(await run(HOURLY)).toBe(await run(RAW))
    }
    await run('optimize table logs.hourly final')
    expect(await run(HOURLY)).toBe(await run(RAW))
    expect(await run('select toString(sum(requests)) from logs.hourly')).toBe('80001\n')
  })

  it('keep the lengths of prompts apart at every edge of a tier', async () => {
    const ladder = [32_000, 128_000, 128_001, 200_000, 200_001, 256_000, 272_000, 272_001]
    const band = `arrayFilter(edge -> p >= edge, [0, ${ladder.join(', ')}])`
    const raw = `select arrayElement(${band}, -1) as band, toString(count()) from (select input + cache_read + cache_write as p from logs.calls) group by band order by band`
    expect(await run('select band, toString(sum(requests)) from logs.hourly group by band order by band')).toBe(
      await run(raw),
    )
  })

  it('cost the same as the raw rows, or a range that holds it', async () => {
    const costs = async (source: string, stdin?: string) => {
      const env = { DSPRICE_CLICKHOUSE_PASSWORD: PASSWORD }
      const { out } = await dsprice(['usage', source, '--json'], repository, { env, ...(stdin ? { stdin } : {}) })
      const { by_model } = JSON.parse(out) as UsageReport
      return new Map(by_model.map(({ keys: [model = ''], cost }) => [model, cost]))
    }
    const raw = await costs(`clickhouse://reader@127.0.0.1:${cluster.servers[0].port}/logs.calls`)
    const hourly = await costs('-', await run(form))
    expect(raw.size).toBe(3)
    expect(hourly.get('claude-haiku-4.5')).toBe(raw.get('claude-haiku-4.5'))
    const { low, high } = hourly.get('gpt-5.5') as { low: string; high: string }
    expect(Number(low)).toBeLessThan(Number(raw.get('gpt-5.5')))
    expect(Number(high)).toBeGreaterThan(Number(raw.get('gpt-5.5')))
  })
})
