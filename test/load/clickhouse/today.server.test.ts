import { beforeAll, expect, it } from 'vitest'
import { readAddress } from '../../../src/load/clickhouse/address.ts'
import { keptBy, readDistributed } from '../../../src/load/clickhouse/engine-of.ts'
import { readError } from '../../../src/load/clickhouse/server-error.ts'
import { ASKED, settle } from '../../../src/load/clickhouse/settings.ts'
import { type Chdb, describeInChdb, openChdb } from './chdb.ts'

describeInChdb('the ClickHouse of today', () => {
  let chdb: Chdb
  beforeAll(() => {
    chdb = openChdb()
    chdb.run('create database if not exists today')
  })

  it('has every setting that rows can be lost by at a safe value, unless a profile changes it', async () => {
    const rows = await chdb.engine.run(`select name, value from system.settings where ${ASKED}`)
    const settings = rows.map(([name, value]) => ({ name: name ?? '', value: value ?? '' }))
    expect(settings.length).toBeGreaterThan(20)
    const fixed = settings.map(one => (one.name === 'readonly' ? { ...one, value: '1' } : one))
    expect(settle(fixed, readAddress('clickhouse://db/logs.calls')).faults).toEqual([])
  })

  it.each([
    ["DateTime64(3, 'UTC')", '2026-11-10 12:00:00.123'],
    ["DateTime64(6, 'Asia/Kolkata')", '2026-11-10 17:30:00.123456'],
    ["Nullable(DateTime64(9, 'UTC'))", '2026-11-10 12:00:00.123456789'],
  ])('has the instants of a %s', async (type, value) => {
    const [[ms, inside] = []] = await instantsOf(type, value)
    expect(Number(ms)).toBe(Date.parse('2026-11-10T12:00:00.123Z'))
    expect(inside).toBe('1')
  })

  const instantsOf = async (type: string, value: string) => {
    chdb.run('drop table if exists today.instants')
    chdb.run(`create table today.instants (at ${type}) engine = Memory`)
    chdb.run(`insert into today.instants values ('${value}')`)
    const reading = chdb.engine.dialect.instant('at', type)
    const time = { from: Date.parse('2026-11-10T12:00:00.123Z'), to: Date.parse('2026-11-10T12:00:00.124Z') }
    return chdb.engine.run(
      `select toString(${reading?.value}), toString(countIf(${reading?.within?.(time)})) from today.instants group by at`,
    )
  }

  it('tells engines and errors as they are read', async () => {
    chdb.run('create table if not exists today.kept (at Int64) engine = ReplacingMergeTree order by at')
    const [[engine] = []] = await chdb.engine.run("select engine from system.tables where name = 'kept'")
    expect(keptBy(engine ?? '')).toBe('merged')
    const failed = await chdb.engine.run('select nope from today.kept').catch(error => String(error))
    expect(readError(String(failed).replace(/^.*?Code/, 'Code'))).toMatchObject({ code: 47 })
    expect(readDistributed("Distributed('pair', 'logs', 'calls', rand())")).toMatchObject({ table: 'calls' })
  })
})
