import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuckdb } from '../../../src/load/engines/duckdb-engine.ts'
import { mapColumns } from '../../../src/load/engines/map-columns.ts'
import type { Window } from '../../../src/model/book/book.ts'
import { exact } from '../../../src/model/number/money.ts'
import { localTime } from '../../../src/usage/groups/local-time.ts'
import { duckdb } from '../../../src/usage/sql/duckdb.ts'
import { readTables } from '../../../src/usage/sql/read-tables.ts'
import { bookWith, modelWith, rowWith } from '../../cost/build.ts'
import { openFolder, openWriter, usageOfFiles } from './build.ts'

const folder = openFolder('parquet')
let writer: Awaited<ReturnType<typeof openWriter>>
beforeAll(async () => {
  writer = await openWriter()
})
afterAll(() => {
  writer.close()
  folder.remove()
})

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const AT = "timestamp '2026-11-10 12:00:00'"

/** Writes what a query gives. */
const parquet = async (name: string, query: string): Promise<string> => {
  const file = folder.file(name)
  await writer.run(`copy (${query}) to '${file}' (format parquet)`)
  return file
}

describe('the cheapest hours', () => {
  const rows = `select ${AT} as "at", 'demo' as model, input, output from (values (1000000, 0), (0, 1000000)) as t(input, output)`
  const nights = (rates: Pick<Window, 'input' | 'output'>) => {
    const windows = [{ name: 'night', ...{ timezone: 'UTC', weekdays: [...DAYS], hours: ['22:00-06:00'] }, ...rates }]
    const row = {
      ...{ input: '2', output: '2' },
      windows: windows.map(one => ({ ...one, cache_read: '0', holidays: 'apply' as const })),
    }
    return bookWith({ models: [modelWith({ prices: [rowWith({ ...row, cache_read: '0' })] })] })
  }

  it('are those of each kind of request, where they are cheaper on one meter and dearer on another', async () => {
    const report = await usageOfFiles([await parquet('mixed.parquet', rows)], {
      book: nights({ input: '1', output: '3' }),
    })
    // Reading a million at night saves $1 of 2; writing a million is cheapest by day. Of both together nothing is saved.
    expect(report.levers.cheap_hours).toMatchObject({ saves: '1', records: 2 })
  })

  it('of a price that is lower on all are those of all together', async () => {
    const report = await usageOfFiles([await parquet('lower.parquet', rows)], {
      book: nights({ input: '1', output: '1.5' }),
    })
    expect(report.levers.cheap_hours).toMatchObject({ saves: '1.5', records: 2 })
  })
})

describe('amounts that the source states as DOUBLE', () => {
  const rowWithAmount = `select ${AT} as "at", 'demo' as model, 1000000 as input, 0 as output`
  const usage = async (amount: string) => {
    const book = bookWith({ models: [modelWith()] })
    const file = await parquet('stated.parquet', `${rowWithAmount}, (${amount})::double as stated_usd`)
    return usageOfFiles([file], { book })
  }
  // Reports print fewer digits than sums have.
  const amountOf = async (value: number) => {
    const engine = await openDuckdb({ tellShare: () => {} })
    if (!engine) throw new Error('it is not installed')
    const bytes = `('${value}')::double`
    const [[found = null] = []] = await engine.run(`select ${duckdb.money(bytes, 'DOUBLE')?.value}`)
    engine.close()
    return found
  }

  it.each([1.2300000000000001e-5, 0.1 + 0.2, 0.1, 1e-7, 123456789.12345679, 5e-26, 2 ** 39 + 2 ** -13, -0.07])(
    'are the shortest decimals that are read back as the same, as in JSON: %s',
    async value => {
      const found = await amountOf(value)
      expect(exact(found ?? '0').toFixed()).toBe(exact(String(value)).toFixed())
    },
  )

  it.each(['1.5e-26', '5e-324', '1e13', "'nan'", "'inf'"])(
    'are bad records where they cannot be exact: %s',
    async amount => {
      await expect(usage(amount)).rejects.toMatchObject({ problems: [{ code: 'NO_RECORDS' }] })
    },
  )
})

it('rows without a time count as in other forms, whatever the statistics of the file say', async () => {
  const book = bookWith({ models: [modelWith({ prices: [rowWith({ input: '1', output: '1' })] })] })
  const line = (at: string | null) => `${JSON.stringify({ at, model: 'demo', input: 1_000_000, output: 0 })}\n`
  const here = await usageOfFiles([folder.file('times.jsonl', line('2026-11-10T12:00:00Z') + line(null))], { book })
  const rows = `select x::timestamp as "at", 'demo' as model, 1000000 as input, 0 as output from (values ('2026-11-10 12:00:00'), (null)) as t(x)`
  const there = await usageOfFiles([await parquet('times.parquet', rows)], { book })
  expect(there.total).toEqual(here.total)
  expect(there.unpriced).toEqual(here.unpriced)
  expect(there.unpriced).toHaveLength(1)
})

it('buckets across a limit are told as in other forms', async () => {
  const book = bookWith({ models: [modelWith({ prices: [rowWith({ input: '1', output: '1' })] })] })
  // From 10 to 12, 12 to 14, 14 to 16 and 16 to 18 o'clock; the limits are 11, inside the first, and 15, inside the third.
  const rows = `select ${AT} + to_hours(h) as "at", ${AT} + to_hours(h + 2) as "end", 'demo' as model, tokens as input, 0 as cache_read, 1 as output from (values (-2, 10), (0, 200), (2, 3000), (4, 40000)) as t(h, tokens)`
  const [since, until] = ['2026-11-10T11:00:00Z', '2026-11-10T15:00:00Z'].map(text => Date.parse(text)) as [
    number,
    number,
  ]
  const file = await parquet('cut.parquet', rows)
  const { read, warnings } = await usageOfFiles([file], { book, since, until })
  expect(read).toMatchObject({ records: 2, outside: 2 })
  expect(warnings.flatMap(({ code, what }) => (code === 'BUCKETS_CUT' ? what : []))).toEqual([
    'buckets across --since or --until go by their start: 1 (3,001 tokens) counted whole, 1 (11 tokens) left out',
  ])
})

describe('meters that rows of equal rates tell or do not', () => {
  const rates = { input: '1', output: '2', cache_read: '0.5', cache_write: null }
  const book = bookWith({ models: [modelWith({ prices: [rowWith(rates)] })] })
  const row = (read: number | null, write: number | null) => ({
    ...{ at: '2026-11-10T12:00:00Z', model: 'demo', input: 1_000_000, cache_read: read, cache_write: write, output: 0 },
  })
  const usage = async (rows: readonly ReturnType<typeof row>[]) => {
    const values = rows.map(one => `(${one.cache_read}, ${one.cache_write})`)
    const query = `select ${AT} as "at", 'demo' as model, 1000000 as input, r::bigint as cache_read, w::bigint as cache_write, 0 as output from (values ${values}) as t(r, w)`
    const there = await usageOfFiles([await parquet('told.parquet', query)], { book })
    const lines = rows.map(one => `${JSON.stringify(one)}\n`).join('')
    const here = await usageOfFiles([folder.file('told.jsonl', lines)], { book })
    expect({ ...there, sources: [] }).toEqual({ ...here, sources: [] })
    return there
  }

  // A million of input cost $1, two million of cache reads the same; a write has no price, and what is not told no cost.
  it.each([
    { it: 'are told apart', rows: [row(2_000_000, 0), row(null, 0)], cost: '2', priced: 1 },
    { it: 'are told apart by tokens', rows: [row(0, 0), row(0, 5)], cost: '1', priced: 1 },
    { it: 'may be told by none', rows: [row(null, 0), row(null, 0)], cost: null, priced: 0 },
    { it: 'may be told by all', rows: [row(0, 0), row(2_000_000, 0)], cost: '3', priced: 2 },
  ])('$it', async ({ rows, cost, priced }) => {
    const { total, unpriced } = await usage(rows)
    expect(total.at_least).toEqual(cost)
    expect(unpriced.map(({ records }) => records)).toEqual(priced === 2 ? [] : [2 - priced])
  })
})

it('meters that models do not offer are told of in one order, however far groups are told apart', async () => {
  const models = ['demo-b', 'demo-a'].map(id => modelWith({ id, prices: [rowWith({ cache_write: 'not_offered' })] }))
  const rows = [
    { at: '2026-11-10T12:00:00Z', model: 'demo-a', cache_write: 0 },
    { at: '2026-11-10T12:00:01Z', model: 'demo-b', cache_write: 7 },
    { at: '2026-11-10T12:00:02Z', model: 'demo-a', cache_write: 7 },
  ].map(row => ({ ...row, input: 1, output: 1 }))
  const told = async (file: string) => {
    const { warnings } = await usageOfFiles([file], { book: bookWith({ models }) })
    return warnings.flatMap(({ code, what }) => (code === 'METER_NOT_OFFERED' ? what.slice(0, 6) : []))
  }
  const jsonl = folder.file('order.jsonl', rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  expect(await told(jsonl)).toEqual(['demo-a', 'demo-b'])
  const values = rows.map(row => `(timestamp '${row.at}', '${row.model}', ${row.cache_write})`)
  const query = `select x as "at", m as model, 1 as input, w as cache_write, 1 as output from (values ${values}) as t(x, m, w)`
  expect(await told(await parquet('order.parquet', query))).toEqual(['demo-a', 'demo-b'])
})

it('there may be more groups than a call has arguments', async () => {
  const query = `select ${AT} as "at", 'demo' as model, 1 as input, 1 as output, 'u' || i as user from range(130000) as t(i)`
  const from = `read_parquet('${await parquet('users.parquet', query)}')`
  const engine = await openDuckdb({ tellShare: () => {} })
  if (!engine) throw new Error('it is not installed')
  const table = { name: 'users', format: 'parquet', from, ...(await mapColumns(from, engine, null)), row: null }
  const terms = { since: null, until: null, clock: localTime('UTC'), served: () => null, by: ['user'], placed: 0 }
  const read = await readTables([table], engine, terms)
  engine.close()
  expect(read?.sums.broken).toHaveLength(130_000)
})

it('a breakdown by users puts together what costs the same on a model, also of one that no book has', async () => {
  const tiers = [{ threshold: 100, operator: '>' as const, input: '3', cache_read: '0', output: '3' }]
  const models = [modelWith({ id: 'tiered', prices: [rowWith({ input: '1', output: '1', tiers })] }), modelWith()]
  const rows = ['tiered', 'demo', "o'neil"].flatMap(model =>
    [50, 500].flatMap(input =>
      ['ann', 'bob'].map(user => ({ at: '2026-11-10T12:00:00Z', model, input, output: 0, keys: { user } })),
    ),
  )
  const terms = { book: bookWith({ models }), by: ['user', 'model'] }
  const lines = rows.map(({ keys, ...row }) => `${JSON.stringify({ ...row, ...keys })}\n`).join('')
  const here = await usageOfFiles([folder.file('cards.jsonl', lines)], terms)
  const values = rows.map(row => `('${row.model.replace("'", "''")}', ${row.input}, '${row.keys.user}')`)
  const query = `select ${AT} as "at", m as model, i as input, 0 as output, u as user from (values ${values}) as t(m, i, u)`
  const there = await usageOfFiles([await parquet('cards.parquet', query)], terms)
  expect({ ...there, sources: [] }).toEqual({ ...here, sources: [] })
  // 50 tokens at $1 a million, and 500 at $3.
  const [dearest] = there.breakdown?.rows.filter(({ keys }) => keys[1] === 'tiered') ?? []
  expect(dearest?.cost).toBe('0.00155')
})

it.each([
  ["a model's", "o'neil's; drop table slots; --"],
  ['one with a NUL', 'a\0b'],
  ['one of other letters', 'ä 模型 🙂'],
  ['one as long as a text', 'x'.repeat(70_000)],
])('names are what they are, also %s', async (_, name) => {
  const text =
    [...name].length > 100 ? "repeat('x', 70000)" : [...name].map(one => `chr(${one.codePointAt(0)})`).join(' || ')
  const models = [modelWith()]
  const query = `select ${AT} as "at", m as model, 1 as input, 1 as output, m as user from (values (${text}), ('demo')) as t(m)`
  const file = await parquet('names.parquet', query)
  for (const by of [[], ['user']]) {
    const report = await usageOfFiles([file], { book: bookWith({ models }), by })
    expect(report.by_model.map(({ keys }) => keys[0])).toEqual(['demo', name])
    expect(report.breakdown?.rows.map(({ keys }) => keys[0]) ?? ['demo', name]).toEqual(['demo', name])
  }
})

it('files have their own rows, however many models each of them has', async () => {
  const rows = (models: readonly string[], times: number): string =>
    `select ${AT} as "at", m as model, 1 as input, 1 as output from (values ${models.map(m => `('${m}')`)}) as t(m), range(${times})`
  const files = [
    await parquet('three.parquet', rows(['demo', 'a', 'b'], 2)),
    await parquet('two.parquet', rows(['b', 'demo'], 5)),
    await parquet('none.parquet', `${rows(['demo'], 1)} where false`),
  ]
  const report = await usageOfFiles(files, { book: bookWith({ models: [modelWith()] }) })
  expect(report.sources.map(({ records }) => records)).toEqual([6, 10, 0])
  const requests = new Map(report.by_model.map(({ keys, requests: n }) => [keys[0], n]))
  expect(Object.fromEntries(requests)).toEqual({ demo: 7, a: 2, b: 7 })
})
