import { afterAll, beforeAll, expect, it } from 'vitest'
import { bookWith, modelWith, rowWith } from '../../cost/build.ts'
import { openFolder, openWriter, usageOfFiles } from './build.ts'

/** What a row is in our own form, read line by line and through DuckDB. */

const folder = openFolder('same-rows')
let writer: Awaited<ReturnType<typeof openWriter>>
beforeAll(async () => {
  writer = await openWriter()
})
afterAll(() => {
  writer.close()
  folder.remove()
})

const book = bookWith({ models: [modelWith({ prices: [rowWith({ input: '1', output: '1' })] })] })

/** Reads the same rows, of texts and of numbers, as JSON Lines and as Parquet. */
const readBoth = async (rows: readonly object[]) => {
  const lines = rows.map(row =>
    JSON.stringify({ at: '2026-11-10T12:00:00Z', model: 'demo', input: 1, output: 0, ...row }),
  )
  const jsonl = folder.file('rows.jsonl', lines.join('\n'))
  const parquet = folder.file('rows.parquet')
  await writer.run(`copy (from read_json('${jsonl}', format = 'newline_delimited')) to '${parquet}' (format parquet)`)
  const [here, there] = [await usageOfFiles([jsonl], { book }), await usageOfFiles([parquet], { book })]
  const whys = ({ read }: typeof here): string[] => read.malformed_at.map(({ what }) => what.replace(/ \(.*/, ''))
  return { here, there, bad: [whys(here), whys(there)] }
}

it('amounts that the source states as text are the same, and what is none is none', async () => {
  const amounts = [
    ...['1.5', '$3.50', '1,234.50', '-12,345,678', '1.5e-3', '2.', '', ' 7 ', '$', ' ', '.5'],
    ...['1,5', '12,34', '1.234,50', '0,029', '1234,567', '1,23,456', '1.5,000'],
  ]
  const { here, there, bad } = await readBoth(amounts.map(stated_usd => ({ stated_usd })))
  // 1.5 + 3.5 + 1234.5 - 12345678 + 0.0015 + 2 + 7; one row tells none.
  expect(here.total).toMatchObject({ requests: 8, stated: '-12344429.4985' })
  expect(there.total).toEqual(here.total)
  expect(bad).toEqual([Array(10).fill('its amount of money cannot be read'), bad[0]])
})

it('several requests need an end, and an end comes after the start', async () => {
  const [noEnd, noSpan] = [
    'it has several requests and no end: give the end of their time',
    'its start and end are not a span of time',
  ]
  const [at, next] = ['2026-11-10T12:00:00Z', '2026-11-10T13:00:00Z']
  const { here, there, bad } = await readBoth([
    { end: null, requests: 10 },
    { end: next, requests: 10 },
    { end: null, requests: 1 },
    { end: null, requests: null },
    { end: at, requests: 1 },
    { end: '2026-11-10T11:00:00Z', requests: null },
    { at: next, end: at, requests: 10 },
  ])
  expect(bad).toEqual([[noEnd, noSpan, noSpan, noSpan], bad[0]])
  expect(here.total).toMatchObject({ records: 3, requests: 12 })
  expect(there.total).toEqual(here.total)
  // No column of ends at all.
  expect((await readBoth([{ requests: 10 }, { requests: 1 }])).bad).toEqual([[noEnd], [noEnd]])
})
