import { DuckDBInstance } from '@duckdb/node-api'
import * as duckdb from '@duckdb/node-bindings'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '../../../src/load/engines/duckdb-rows.ts'
import { runs } from '../../laws.ts'

let connection: duckdb.Connection
let api: Awaited<ReturnType<DuckDBInstance['connect']>>
beforeAll(async () => {
  connection = await duckdb.connect(await duckdb.open(':memory:'))
  api = await (await DuckDBInstance.create(':memory:')).connect()
})

const here = async (sql: string) => rowsOf(duckdb, await duckdb.query(connection, sql))
/** The same by DuckDB's own package. */
const there = async (sql: string) => (await api.runAndReadAll(sql)).getRowsJson()

describe('the rows of an answer', () => {
  it('are those that the package reads, of any texts', async () => {
    const text = fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 10, maxLength: 15 })))
    const literal = (value: string | null): string =>
      value === null
        ? 'null::varchar'
        : `''${[...value].map(one => ` || chr(${one.codePointAt(0)})`).join('')}`.replaceAll('chr(0)', "''")
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 70 }), async rows => {
        const values = rows.map(row => `(${row.map(literal).join(', ')})`)
        const sql = `select * from (values ${values.join(', ')}) as t(a, b)`
        const found = await here(sql)
        expect(found).toEqual(await there(sql))
        expect(found).toEqual(rows.map(row => row.map(value => value?.replaceAll('\0', '') ?? null)))
      }),
      { numRuns: runs(30) },
    )
  })

  it('are all there where a chunk does not hold them, short texts and long, with and without nulls', async () => {
    const sql = `select i::varchar, repeat('ä', i % 40), case when i % 3 > 0 then 'x' || i end from range(5000) as t(i) order by i`
    const found = await here(sql)
    expect(found).toHaveLength(5000)
    expect(found[4999]).toEqual(['4999', 'ä'.repeat(39), 'x4999'])
    expect(found[4998]).toEqual(['4998', 'ä'.repeat(38), null])
    expect(found).toEqual(await there(sql))
  })

  it('may be none', async () => {
    expect(await here("select 'a' where false")).toEqual([])
  })

  it('that are not text throw', async () => {
    await expect(here("select 'a', 1")).rejects.toThrow('column 1 has type 4, not VARCHAR')
  })
})
