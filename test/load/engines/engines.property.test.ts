import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UsageReport } from '../../../src/model/result/usage.ts'
import { runs } from '../../laws.ts'
import { nastyBook as book, EDGES, instant, NASTY, nastyCall } from '../../usage/nasty-log.ts'
import { openFolder, openWriter, usageOfFiles } from './build.ts'

const folder = openFolder('engines')
let writer: Awaited<ReturnType<typeof openWriter>>
beforeAll(async () => {
  writer = await openWriter()
})
afterAll(() => {
  writer.close()
  folder.remove()
})

/** A row of our own form; what it does not tell is null. */
type LogRow = Readonly<Record<string, string | number | boolean | null>>

const COLUMNS = {
  at: 'timestamp',
  end: 'timestamp',
  model: 'varchar',
  input: 'bigint',
  cache_read: 'integer',
  cache_write: 'double',
  cache_write_1h: 'hugeint',
  output: 'decimal(12, 2)',
  requests: 'bigint',
  service: 'varchar',
  batch: 'boolean',
  id: 'varchar',
  stated_usd: 'decimal(20, 9)',
  team: 'varchar',
  user: 'varchar',
  'tag.feature': 'varchar',
}
const NAMES = Object.keys(COLUMNS)

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 })

/** A call, or a bucket of some hours. */
const row: fc.Arbitrary<LogRow> = fc
  .record({
    call: nastyCall,
    model: fc.option(fc.constantFrom('nasty-9', 'Nasty-0'), { nil: null, freq: 12 }),
    hours: fc.option(fc.constantFrom(1, 24), { nil: null, freq: 8 }),
    requests: maybe(fc.nat(5)),
    read: fc.option(fc.constant(null), { nil: 0, freq: 6 }),
    stated: maybe(fc.nat(1000).map(thousandths => (thousandths / 1000).toFixed(3))),
    feature: maybe(fc.constantFrom('search', 'chat')),
    team: maybe(fc.constantFrom('a', 'b', 'ü')),
  })
  .map(({ call, model, hours, requests, read, stated, feature, team }) => ({
    at: call.at,
    end: hours === null ? null : new Date(Date.parse(call.at) + hours * 3_600_000).toISOString(),
    model: model ?? call.model,
    ...{ input: call.input, cache_read: read === null ? null : call.cache_read, cache_write: call.cache_write },
    ...{ cache_write_1h: 0, output: call.output, requests, service: call.service, batch: call.batch, id: null },
    ...{ stated_usd: stated, team, user: call.keys.user, 'tag.feature': feature },
  }))

/** Every edge, just before and after, on every model. */
const atEdges: LogRow[] = EDGES.flatMap(edge =>
  [-60_000, -1, 0, 1, 60_000].flatMap(by =>
    NASTY.map((_, i) => ({
      ...Object.fromEntries(NAMES.map(name => [name, null])),
      ...{ at: new Date(edge + by).toISOString(), model: `nasty-${i}`, batch: false },
      ...{ input: 999, cache_read: 0, cache_write: 0, cache_write_1h: 0, output: 7 },
    })),
  ),
)

/** Writes a log in every form. */
const written = async (rows: readonly LogRow[], columns: Readonly<Record<string, string>>) => {
  const [jsonl, csv, parquet] = ['log.jsonl', 'log.csv', 'log.parquet'].map(name => folder.file(name)) as [
    string,
    string,
    string,
  ]
  const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
  const names = Object.keys(columns)
  writeFileSync(jsonl, rows.map(one => `${JSON.stringify(one)}\n`).join(''))
  writeFileSync(csv, [names.join(','), ...rows.map(one => names.map(name => cell(one[name])).join(','))].join('\n'))
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`)
  await writer.run(
    `copy (select * from read_json('${jsonl}', format = 'newline_delimited', columns = {${types.join(', ')}})) to '${parquet}' (format parquet, row_group_size 2048)`,
  )
  return { jsonl, csv, parquet }
}

/** What does not depend on the form of a file. */
const answerIn = ({ sources, read, warnings, ...report }: UsageReport) => ({
  ...report,
  records: sources.map(({ records }) => records),
  read: { ...read, malformed_at: read.malformed_at.length },
  warnings: warnings.map(({ code, what }) => (/^(?:BAD|DUPL|RECORDS)/.test(code) ? code : `${code} ${what}`)),
})

const terms = fc.record({
  by: fc.subarray(['model', 'day', 'month', 'team', 'user', 'tag.feature', 'project']),
  timezone: fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Chatham'),
  since: fc.option(instant, { nil: null }),
  until: fc.option(instant, { nil: null }),
  models: fc.subarray(['nasty-2', 'nasty-0']),
})

const answers = async (rows: readonly LogRow[], given: object, columns: Readonly<Record<string, string>> = COLUMNS) => {
  const { jsonl, csv, parquet } = await written(rows, columns)
  const ask = async (path: string, largeFrom?: number) => {
    try {
      return answerIn(await usageOfFiles([path], { book, ...given, ...(largeFrom === undefined ? {} : { largeFrom }) }))
    } catch (error) {
      // Where a record lies in a file depends on its form.
      return String(error)
        .replaceAll(path, 'the log')
        .replaceAll(/\((?:byte|row) \d+\)/g, '(its place)')
    }
  }
  return { jsonl: await ask(jsonl), csv: await ask(csv), large: await ask(csv, 0), parquet: await ask(parquet) }
}

it('a log costs the same from JSON Lines, from CSV with and without DuckDB, and from Parquet, to the digit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 60 }), terms, async (drawn, given) => {
      const found = await answers([...atEdges, ...drawn], given)
      expect(found.csv).toEqual(found.jsonl)
      expect(found.large).toEqual(found.jsonl)
      expect(found.parquet).toEqual(found.jsonl)
    }),
    { numRuns: runs(25) },
  )
})

it('so does one of the calls of one model in a few weeks, which DuckDB sums slot by slot', async () => {
  const { end: _, ...columns } = COLUMNS
  const from = Date.parse('2026-10-01')
  const ofOne = (rows: readonly LogRow[], model: string): LogRow[] =>
    rows.flatMap(({ end, ...one }) => {
      const at = Date.parse(String(one['at']))
      return end === null && at >= from && at < from + 42 * 86_400_000 ? { ...one, model } : []
    })
  const drawn = fc.tuple(fc.array(row, { maxLength: 60 }), fc.constantFrom(...NASTY.keys()))
  await fc.assert(
    fc.asyncProperty(drawn, terms, async ([rows, n], { by, ...given }) => {
      const own = ofOne([...atEdges, ...rows], `nasty-${n}`)
      const found = await answers(own, { ...given, by: by.filter(key => /^(?:model|day|month)$/.test(key)) }, columns)
      expect(found.csv).toEqual(found.jsonl)
      expect(found.large).toEqual(found.jsonl)
      expect(found.parquet).toEqual(found.jsonl)
    }),
    { numRuns: runs(25) },
  )
})

it('so does one in which rows cannot be read or come again: the same are left out', async () => {
  const spoilt = fc
    .record({
      row,
      id: fc.option(
        fc.nat(5).map(n => `req-${n}`),
        { nil: null },
      ),
      spoil: fc.option(
        fc.constantFrom<LogRow>(
          { input: -1 },
          { input: null },
          { output: 1.5 },
          { model: null },
          { cache_read: -3 },
          { requests: -2 },
          { cache_write: 0.25 },
          { cache_write: 1e300 },
        ),
        { nil: {}, freq: 3 },
      ),
    })
    .map(({ row, id, spoil }) => ({ ...row, id, ...spoil }))
  await fc.assert(
    fc.asyncProperty(fc.array(spoilt, { minLength: 1, maxLength: 40 }), terms, async (drawn, given) => {
      const found = await answers(drawn, given)
      expect(found.csv).toEqual(found.jsonl)
      expect(found.large).toEqual(found.jsonl)
      expect(found.parquet).toEqual(found.jsonl)
    }),
    { numRuns: runs(25) },
  )
})
