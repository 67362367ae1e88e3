import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readUsage } from '../../../src/load/usage/read-usage.ts'
import { skippedIn } from '../../../src/usage/formats/tally.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { fakeIo } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-read-usage-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Reads files of these contents. */
const read = async (contents: Readonly<Record<string, string | Uint8Array>>, format?: string) => {
  const records: UsageRecord[] = []
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content)
  const reading = await readUsage(Object.keys(contents), fakeIo(folder), {
    ...(format === undefined ? {} : { format }),
    visit: record => records.push(record),
  })
  const [file] = reading.files
  if (!file) throw new Error('no file')
  return { records, file, files: reading.files }
}

const call = (id: number, usage: object = {}): string =>
  JSON.stringify({
    ...{ id: `c${id}`, created: 1_790_848_800 + id, model: 'm' },
    usage: { prompt_tokens: 10, completion_tokens: 2, ...usage },
  })

/** A zstd frame of raw blocks. @see RFC 8878 */
const zstd = (text: string): Uint8Array => {
  const bytes = Buffer.from(text)
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0])
  head.writeUInt32LE(bytes.length, 5)
  const block = Buffer.alloc(3)
  block.writeUIntLE(1 | (bytes.length << 3), 0, 3)
  return Buffer.concat([head, block, bytes])
}

/** Which call a record is of, by its time. */
const callOf = ({ at }: UsageRecord): number => Number(at) / 1000 - 1_790_848_800

const three = [1, 2, 3].map(id => call(id)).join('\n')

describe('what a file is written in', () => {
  it.each([
    ['lines that end in LF', `${three}\n`],
    ['a last line without an end', three],
    ['CRLF', three.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${three}`],
    ['empty lines', `\n\n${three.replaceAll('\n', '\n\n')}\n\n`],
    ['a list', `[${three.replaceAll('\n', ',')}]`],
    [
      'a list over many lines',
      JSON.stringify(
        three.split('\n').map(line => JSON.parse(line)),
        null,
        2,
      ),
    ],
    ['a list with a record a line', `[\n${three.replaceAll('\n', ',\n')}\n]`],
    ['a page', JSON.stringify({ data: three.split('\n').map(line => JSON.parse(line)) })],
    ['gzip', gzipSync(three)],
    ['gzip of several members', Buffer.concat([gzipSync(`${call(1)}\n`), gzipSync(`${call(2)}\n${call(3)}\n`)])],
    ['zstd', zstd(three)],
    ['zstd of several frames', Buffer.concat([zstd(`${call(1)}\n`), zstd(`${call(2)}\n${call(3)}\n`)])],
  ])('%s', async (_, content) => {
    const { records, file } = await read({ 'log.jsonl': content })
    expect(records.map(callOf)).toEqual([1, 2, 3])
    expect(file).toMatchObject({ values: 3, records: 3, bad: 0, broken: null, formats: { openai: 3 } })
  })

  it('reads standard input', async () => {
    const calls: number[] = []
    await readUsage(['-'], fakeIo(folder, { stdin: three }), { visit: record => calls.push(callOf(record)) })
    expect(calls).toEqual([1, 2, 3])
  })

  it.each([
    ['gzip', gzipSync(`${three}\n`.repeat(100)).subarray(0, -9), 'its gzip data ends early'],
    ['zstd', zstd(`${three}\n`.repeat(100)).subarray(0, -9), 'its zstd data ends early'],
    ['a ZIP', Buffer.from('PK\x03\x04rest'), 'it is a ZIP: unpack it first'],
    ['Parquet', Buffer.from('PAR1rest'), 'it is Parquet, which is read from a named file, without --input-format'],
  ])('says that %s was not read to its end', async (_, content, broken) => {
    expect((await read({ broken: content })).file.broken).toBe(broken)
  })

  it('reads a file as long as it was when it was opened, though it grows', async () => {
    const path = join(folder, 'grows.jsonl')
    writeFileSync(path, `${three}\n`)
    let count = 0
    await readUsage(['grows.jsonl'], fakeIo(folder), {
      visit: record => {
        count++
        appendFileSync(path, `${call(count + 100)}\n`)
        expect(callOf(record)).toBe(count)
      },
    })
    expect(count).toBe(3)
  })
})

describe('records that cannot be read', () => {
  it('are counted, and the first ones placed, without anything of their content', async () => {
    const lines = [call(1), '{"secret": ', '[]', '"text"', call(2, { prompt_tokens: -1 }), call(3)]
    const { records, file } = await read({ 'bad.jsonl': lines.join('\n') })
    expect(records.map(callOf)).toEqual([1, 3])
    const byte = (line: number): number => lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
    expect(file.places).toEqual([
      { file: 'bad.jsonl', line: 2, byte: byte(2), why: 'it is not JSON' },
      { file: 'bad.jsonl', line: 4, byte: byte(4), why: 'it is not an object' },
      { file: 'bad.jsonl', line: 5, byte: byte(5), why: 'prompt_tokens is not a count: a whole number from 0' },
    ])
  })

  it.each([['-5'], ['1.5'], ['1e30'], ['"12"'], ['true'], ['[]'], ['null']])('a count of %s', async written => {
    const line = `{"id":"c","model":"m","usage":{"prompt_tokens":${written},"completion_tokens":1}}`
    const { records, file } = await read({ 'count.jsonl': `${line}\n${call(1)}` })
    expect([records.length, file.bad, file.values]).toEqual([1, 1, 2])
  })

  it.each([
    ['no model', '{"id":"c","usage":{"prompt_tokens":1,"completion_tokens":1}}', 'its model is missing'],
    ['no time that can be read', call(1).replace(/"created":\d+/, '"created":"soon"'), 'its time cannot be read'],
    ['a time that there is not', call(1).replace(/"created":\d+/, '"created":"2026-11-31"'), 'its time cannot be read'],
  ])('%s', async (_, line, why) => {
    const { file } = await read({ 'one.jsonl': line })
    expect(file.places).toMatchObject([{ why }])
  })

  it('a line of 50 MB is one of them, and what follows it is read', async () => {
    const long = JSON.stringify({ text: 'x'.repeat(50_000_000) })
    const { records, file } = await read({ 'long.jsonl': `${call(1)}\n${long}\n${call(2)}` })
    expect(records.map(callOf)).toEqual([1, 2])
    expect(file.places).toMatchObject([{ line: 2, why: 'it is longer than 16 MiB' }])
  })

  it('keeps ten places and counts all', async () => {
    const { file } = await read({ 'many.jsonl': `${call(1)}\n${'oops\n'.repeat(25)}` })
    expect([file.bad, file.places.length]).toEqual([25, 10])
  })

  it.each([
    ['langfuse', 'id,traceId,type,startTime,model,usageDetails\no,t,GENERATION,2026-10-01,m,{input: 1}\n'],
    [
      'litellm',
      'request_id,call_type,prompt_tokens,completion_tokens,startTime,model,metadata\nr,chat,1,2,2026-10-01,m,{cut\n',
    ],
  ])('of %s a row whose counts stand in a cell that is not JSON', async (_, content) => {
    const { records, file } = await read({ 'cell.csv': content })
    expect([records.length, file.bad]).toEqual([0, 1])
  })

  it('a row with more cells than columns, and a quote without an end', async () => {
    const { records, file } = await read({
      'rows.csv': 'at,model,input,output\n2026-10-01,m,1,2\n2026-10-01,m,1,2,3\n2026-10-01,"m,1,2\n',
    })
    expect(records.length).toBe(1)
    expect(file.places.map(({ line, why }) => [line, why])).toEqual([
      [3, 'it has more cells than there are columns'],
      [4, 'a quote in it does not end'],
    ])
  })
})

describe('which format a record has', () => {
  it('is told by each record, so a log may have several', async () => {
    const anthropic =
      '{"timestamp":"2026-10-01T02:00:00+02:00","response":{"id":"a","model":"claude","usage":{"input_tokens":1,"cache_read_input_tokens":5,"output_tokens":2}}}'
    const deepseek = call(7, { prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 6 })
    const { records, file } = await read({
      'mixed.jsonl': [call(1), anthropic, deepseek, anthropic, call(2)].join('\n'),
    })
    expect(file.formats).toEqual({ openai: 2, anthropic: 2, deepseek: 1 })
    expect(file.duplicates).toBe(1)
    expect(records.map(({ input, cache_read }) => [input, cache_read])).toEqual([
      [10, 0],
      [1, 5],
      [6, 4],
      [10, 0],
    ])
    // The log's own time, as the body has none.
    expect(records[1]?.at).toBe(Date.UTC(2026, 9, 1))
  })

  it('is none of those that are known', async () => {
    const { records, file } = await read({
      'other.jsonl': '{"event":"start"}\n{"event":"end"}',
      'other.csv': 'a,b\n1,2\n',
    })
    expect(records).toEqual([])
    expect(file).toMatchObject({ values: 2, formats: {}, bad: 0 })
    expect(skippedIn(file)).toBe(2)
  })

  it('is told by all keys of a line, though those of records are read alone', async () => {
    const strange = '{"at":"2026-10-01","model":"m","tokens_in":100000000,"tokens_out":5}\n'
    const other = '{"model":"m","ids_in":100000000}\n'
    const { records, file } = await read({
      'strange.jsonl': `${call(1)}\n${strange.repeat(3)}${call(2)}\n${other.repeat(3)}{"data":[${strange.trim()}]}\n${call(3)}`,
    })
    expect(records.map(callOf)).toEqual([1, 2, 3])
    expect(file.places.map(({ line }) => line)).toEqual([2, 3, 4, 9])
    expect([file.values, skippedIn(file), file.unknownAt]).toEqual([10, 3, 6])
  })

  it('can be told: what is not of it is bad', async () => {
    const { records, file } = await read({ 'told.csv': 'at,model,input\n2026-10-01,m,1\n' }, 'dsprice')
    expect(records).toEqual([])
    expect(file.places).toMatchObject([{ line: 2, why: 'output is missing' }])
  })
})

describe('the convention of a record', () => {
  it.each([
    [
      'the cache is in the prompt',
      { prompt_tokens: 100, completion_tokens: 5, total_tokens: 105, cached: 60 },
      [40, 60, 5],
      'input includes the cache',
    ],
    [
      'the cache is more than the prompt',
      { prompt_tokens: 10, completion_tokens: 5, cached: 60 },
      [10, 60, 5],
      'input excludes the cache',
    ],
    [
      'the total counts the cache beside it',
      { prompt_tokens: 100, completion_tokens: 5, total_tokens: 165, cached: 60 },
      [100, 60, 5],
      'input excludes the cache',
    ],
    [
      'the total has thoughts',
      { prompt_tokens: 100, completion_tokens: 5, total_tokens: 125, cached: 0 },
      [100, 0, 25],
      'output excludes reasoning',
    ],
    ['null stays null', { prompt_tokens: 100, completion_tokens: 5, cached: null }, [100, null, 5], undefined],
  ])('%s', async (_, { cached, ...usage }, counts, convention) => {
    const line = call(1, { ...usage, prompt_tokens_details: { cached_tokens: cached } })
    const { records, file } = await read({ 'convention.jsonl': line })
    expect(records.map(({ input, cache_read, output }) => [input, cache_read, output])).toEqual([counts])
    expect(Object.keys(file.conventions)[0]).toBe(convention)
  })
})

it('times without a zone are UTC, and times out of order stay as they are', async () => {
  const rows = ['2026-10-02 00:00:00', '2026-10-01', '2026-10-01T02:00:00+02:00', '1790812800', '1790812800000']
  const { records } = await read({
    'times.csv': `at,model,input,output\n${rows.map(at => `${at},m,1,2`).join('\n')}\n`,
  })
  const day = Date.UTC(2026, 9, 1)
  expect(records.map(({ at }) => at)).toEqual([day + 86_400_000, day, day, day, day])
})
