import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readUsage } from '../../../src/load/usage/read-usage.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-sources-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, '.git'))
writeFileSync(join(folder, '.git/HEAD'), 'ref')
const samples = join(repository, 'test/fixtures/usage')

const read = async (names: readonly string[], cwd: string) => {
  const records: UsageRecord[] = []
  const { files } = await readUsage(names, fakeIo(cwd), { visit: record => records.push(record) })
  return { records, files }
}

describe('several sources', () => {
  it('a file that is named twice, or found by a pattern too, is read once', async () => {
    const { files } = await read(['openai-chat.jsonl', './openai-chat.jsonl', 'openai-c*t.jsonl'], samples)
    expect(files.map(({ file }) => file)).toEqual(['openai-chat.jsonl'])
  })

  it.each([
    [['nothing.jsonl'], 'NO_FILE'],
    [['*.nothing'], 'NO_MATCH'],
    [['.'], 'IS_FOLDER'],
    [[join(folder, '.git/HEAD')], 'OUTSIDE'],
  ])('%j is a fault: %s', async (names, code) => {
    await expect(read(names, samples)).rejects.toMatchObject({ problems: [{ code }] })
  })

  it.each([
    ['nothing.jsonl', 'check the path'],
    ['./', 'name its files: "./**/*.{jsonl,json,csv}"'],
  ])('%s: %s', async (name, fix) => {
    await expect(read([name], samples)).rejects.toMatchObject({ problems: [{ fix }] })
  })

  it('a copy of a log repeats its ids', async () => {
    writeFileSync(join(folder, 'copy.jsonl'), readFileSync(join(samples, 'openai-chat.jsonl')))
    const { records, files } = await read([join(samples, 'openai-chat.jsonl'), 'copy.jsonl'], folder)
    expect([records.length, files[1]?.duplicates]).toEqual([4, 4])
  })

  it('of an export of DeepSeek the costs tell the currency, and are not counted beside the amounts', async () => {
    const { records, files } = await read(['deepseek-*2026-09-23*.csv'], samples)
    expect(records.map(({ stated_usd, rates }) => [stated_usd, rates?.currency])).toEqual([
      ['0.2552', 'USD'],
      ['0.06842', 'USD'],
    ])
    expect(files.map(({ records, skipped }) => [records, Object.values(skipped)])).toEqual([
      [0, [2]],
      [2, []],
    ])
  })
})

describe("DeepSeek's day with two prices", () => {
  const rows = (...lines: readonly string[]): string =>
    [
      'user_id,utc_date,model,api_key_name,api_key,type,price,amount',
      ...lines.map(line => `u,20260901,m,k,s,${line}`),
      '',
    ].join('\n')

  it('is two records, the dear and the cheap, and counts its requests once', async () => {
    writeFileSync(
      join(folder, 'day.csv'),
      rows(
        'output_tokens,0.000002,20',
        'output_tokens,0.000004,10',
        'request_count,,5',
        'input_cache_miss_tokens,0.000001,200',
        'input_cache_miss_tokens,0.000002,100',
      ),
    )
    const { records, files } = await read(['day.csv'], folder)
    expect(records.map(({ input, output, requests, rates }) => [input, output, requests, rates?.prices])).toEqual([
      [100, 10, 5, { input: '2', output: '4' }],
      [200, 20, 0, { input: '1', output: '2' }],
    ])
    expect(files[0]).toMatchObject({ values: 5, records: 2, parts: 3, bad: 0 })
  })

  it('is a record a row, where one meter has fewer prices', async () => {
    writeFileSync(
      join(folder, 'odd.csv'),
      rows('output_tokens,0.000002,20', 'output_tokens,0.000004,10', 'input_cache_miss_tokens,0.000001,200'),
    )
    const { records } = await read(['odd.csv'], folder)
    expect(records.map(({ input, output }) => [input, output])).toEqual([
      [0, 20],
      [0, 10],
      [200, 0],
    ])
  })
})

describe('a fork of a Codex session', () => {
  const event = (input: number, total: number): string =>
    JSON.stringify({
      ...{ type: 'event_msg', timestamp: '2026-10-01T10:00:00Z' },
      payload: {
        type: 'token_count',
        info: {
          total_token_usage: { input_tokens: total, output_tokens: 1 },
          last_token_usage: { input_tokens: input, output_tokens: 1 },
        },
      },
    })
  const session = (id: string, more: object = {}): string =>
    JSON.stringify({ type: 'session_meta', payload: { id, ...more } })
  const parent = [session('p'), event(10, 10), event(20, 30), event(5, 35)].join('\n')
  const child = [session('c', { forked_from_id: 'p' }), session('p'), event(10, 10), event(20, 30), event(7, 37)].join(
    '\n',
  )

  it.each([[['1-parent.jsonl', '2-child.jsonl']], [['2-child.jsonl', '1-parent.jsonl']]])('read as %j', async names => {
    writeFileSync(join(folder, '1-parent.jsonl'), parent)
    writeFileSync(join(folder, '2-child.jsonl'), child)
    const { records } = await read(names, folder)
    expect(records.map(({ input }) => input).sort((a, b) => a - b)).toEqual([5, 7, 10, 20])
  })
})

it('a bucket without usage, of which an API has many, is skipped with its reason', async () => {
  const { files } = await read(['openai-usage-completions.json'], samples)
  expect(files[0]).toMatchObject({ values: 2, records: 2, skipped: { 'a bucket without usage': 1 } })
})
