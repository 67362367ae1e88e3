import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { factorFor } from '../../../src/tokens/index.ts'
import { usageRun } from '../../../src/usage/result/usage-run.ts'
import type { Engine } from '../../../src/usage/sql/engine.ts'
import { readTables } from '../../../src/usage/sql/read-tables.ts'
import { bookWith, priced } from '../../cost/build.ts'
import { openTable } from './build.ts'
import { type Cluster, describeOnServers, startCluster } from './cluster.ts'

const DAY = Date.parse('2026-11-10')

describeOnServers('a table of calls', () => {
  let cluster: Cluster
  const sql = (text: string): Promise<string> => cluster.servers[0].run(text)
  beforeAll(async () => {
    cluster = await startCluster()
    await sql('create database logs')
  })
  afterAll(() => cluster?.stop())

  const create = (name: string, columns: string, values: string): Promise<unknown> =>
    sql(`create table logs.${name} (${columns}) engine = MergeTree partition by tuple() order by tuple()`).then(() =>
      sql(`insert into logs.${name} values ${values}`),
    )

  interface Asked {
    readonly mapping?: Readonly<Record<string, string>>
    readonly user?: string
    readonly until?: number
    readonly around?: (engine: Engine) => Engine
  }

  const usageOf = async (name: string, { until, around = one => one, ...asked }: Asked = {}) => {
    const { table, engine } = await openTable(cluster, `logs.${name}`, asked)
    const terms = {
      at: '2026-11-24',
      timezone: 'UTC',
      since: null,
      until: until ?? null,
      by: [],
      top: null,
      models: [],
    }
    const run = usageRun(priced(bookWith()), { ...terms, factorFor })
    const read = await readTables([table], around(engine), { ...run.collecting, placed: 0 })
    if (read) run.addSums(read.sums)
    const report: UsageReport = run.finish({ sources: [], malformed: 0, malformed_at: [], warnings: [] })
    return { total: report.total, period: report.period, warnings: report.warnings, reading: read?.readings[0] }
  }
  const OURS = 'at DateTime, model String, input UInt32, output UInt32'

  it.each([
    ['DateTime', `'2026-11-10 12:00:00'`],
    [`DateTime('Asia/Kolkata')`, `'2026-11-10 17:30:00'`],
    ['Nullable(DateTime)', `'2026-11-10 12:00:00'`],
    ['UInt32', `${DAY / 1000 + 43_200}`],
    ['Int64', `${DAY + 43_200_000}`],
    ['UInt64', `${(DAY + 43_200_000) * 1000}`],
    ['Nullable(UInt64)', `${DAY + 43_200_000}000000`],
  ])('has the instants of a %s', async (type, value) => {
    const name = `at_${type.replaceAll(/\W/g, '_')}`
    await create(name, `at ${type}, model String, input UInt32, output UInt32`, `(${value}, 'demo', 1000000, 0)`)
    const { period, total } = await usageOf(name)
    expect(period).toMatchObject({ first: '2026-11-10T12:00:00Z' })
    expect(total.tokens.input).toBe(1_000_000)
  })

  it('has the days of a Date', async () => {
    await create('days', 'at Date, model String, input UInt32, output UInt32', `('2026-11-10', 'demo', 1, 0)`)
    expect((await usageOf('days')).period).toMatchObject({ first: '2026-11-10T00:00:00Z' })
  })

  it('is read by expressions whose names mean other things of ours', async () => {
    // A name that a query gives would hide the column: (input - cached) - cached.
    const columns = 'at String, ts DateTime, input UInt32, cached UInt32, output UInt8, out UInt32, model String'
    await create('mapped', columns, `('x', '2026-11-10 12:00:00', 1000, 400, 7, 50, 'DEMO')`)
    const mapping = { at: 'ts', model: 'lower(model)', input: 'input - cached', cache_read: 'cached', output: 'out' }
    const { total } = await usageOf('mapped', { mapping })
    expect(total.tokens).toMatchObject({ input: 600, cache_read: 400, output: 50 })
  })

  it('with floats is refused, whatever they hold', async () => {
    await create(
      'floats',
      'at DateTime, model String, input Float64, output UInt32',
      `('2026-11-10 12:00:00', 'demo', 5, 0)`,
    )
    await expect(usageOf('floats')).rejects.toThrow(/"input" of "logs.floats" is of the type Float64/)
  })

  it('has its rows counted that cannot be read: null, negative, beyond 2^53', async () => {
    const good = `('2026-11-10 12:00:00', 'demo', 10, 1, 0)`
    const bad = [
      `('2026-11-10 12:00:00', 'demo', NULL, 1, 0)`,
      `('2026-11-10 12:00:00', 'demo', 10, -1, 0)`,
      `('2026-11-10 12:00:00', 'demo', 10, 1, 9007199254740992)`,
      `('2026-11-10 12:00:00', NULL, 10, 1, 0)`,
    ]
    await create(
      'unsound',
      'at DateTime, model Nullable(String), input Nullable(UInt32), output Int32, cache_read Nullable(UInt64)',
      [good, ...bad].join(', '),
    )
    const { total, reading } = await usageOf('unsound')
    expect(reading).toMatchObject({ rows: 5, records: 1, bad: 4 })
    expect(total).toMatchObject({ records: 1 })
    expect(total.tokens).toMatchObject({ input: 10, output: 1 })
  })

  it('whose sums could wrap is refused', async () => {
    // 1,024 × (2^53 - 1) is just below 2^63, 1,025 times are not.
    const most = `${Number.MAX_SAFE_INTEGER}`
    await create(
      'wide',
      'at DateTime, model String, input UInt64, output UInt64',
      `('2026-11-10 12:00:00', 'demo', ${most}, 1)`,
    )
    const more = (rows: number): Promise<string> =>
      sql(
        `insert into logs.wide select toDateTime('2026-11-10 12:00:00'), 'demo', ${most}, 1 from system.numbers limit ${rows}`,
      )
    await more(1023)
    expect((await usageOf('wide')).total.records).toBe(1024)
    await more(1)
    await expect(usageOf('wide')).rejects.toThrow(/could wrap/)
  })

  it('that is written meanwhile is noticed, unless the time asked for is over', async () => {
    await create('growing', OURS, `('2026-11-10 12:00:00', 'demo', 1, 1)`)
    // A row comes in between the survey and the sums.
    const growing =
      (at: string) =>
      (engine: Engine): Engine => ({
        ...engine,
        run: async text => {
          const rows = await engine.run(text)
          if (!text.includes('dsp_of_sum_')) await sql(`insert into logs.growing values ('${at}', 'demo', 1, 1)`)
          return rows
        },
      })
    await expect(usageOf('growing', { around: growing('2026-11-10 13:00:00') })).rejects.toThrow(
      '1 records were counted, but the sums have 2',
    )
    const { total } = await usageOf('growing', {
      until: Date.parse('2026-11-11'),
      around: growing('2026-11-12 13:00:00'),
    })
    expect(total.records).toBe(2)
  })

  it('of buckets tells those across a limit', async () => {
    // From 10 to 12 o'clock across 11; from 12 and from 14 after it.
    const row = (at: number, tokens: number): string =>
      `('2026-11-10 ${at}:00:00', 'demo', ${tokens}, 1, '2026-11-10 ${at + 2}:00:00')`
    await create('cut', `${OURS}, end Nullable(DateTime)`, [row(10, 10), row(12, 200), row(14, 3000)].join(', '))
    const { warnings } = await usageOf('cut', { until: Date.parse('2026-11-10T11:00Z') })
    expect(warnings.flatMap(({ code, what }) => (code === 'BUCKETS_CUT' ? what : []))).toEqual([
      'buckets across --since or --until go by their start: 1 (11 tokens) counted whole, 0 (0 tokens) left out',
    ])
  })

  it('with ids that repeat is refused, as it has no first row', async () => {
    const row = (id: string): string => `('2026-11-10 12:00:00', 'demo', 1, 1, '${id}')`
    await create('ids', `${OURS}, id String`, [row('a'), row('b'), row('')].join(', '))
    expect((await usageOf('ids')).total.records).toBe(3)
    await sql(`insert into logs.ids values ${row('a')}`)
    await expect(usageOf('ids')).rejects.toThrow(/has 1 ids more than once/)
  })

  it('of years is asked month by month, each as short as any', async () => {
    await create('years', OURS, `('2020-01-01 00:00:00', 'demo', 1, 1), ('2026-11-10 12:00:00', 'demo', 1, 1)`)
    const lengths: number[] = []
    const { total } = await usageOf('years', {
      around: engine => ({
        ...engine,
        run: text => {
          lengths.push(text.length)
          return engine.run(text)
        },
      }),
    })
    expect(total.records).toBe(2)
    expect(lengths).toHaveLength(4)
    expect(Math.max(...lengths)).toBeLessThan(8_000)
  })
})
