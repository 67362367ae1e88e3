import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readUsage } from '../../src/load/usage/read-usage.ts'
import type { UsageReport } from '../../src/model/result/usage.ts'
import { FORMATS } from '../../src/usage/formats/index.ts'
import { dsprice, fakeIo, repository } from '../fake-io.ts'

const names = FORMATS.map(({ name }) => name)
const page = readFileSync(join(repository, 'docs/usage.md'), 'utf8')
const samples = join(repository, 'test/fixtures/usage')

it('the page has a row for each format, and no other', () => {
  const [, rows = ''] = page.split('| Format |')
  const [table = ''] = rows.split('\n\n')
  expect([...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name).sort()).toEqual([...names].sort())
})

it('each has a sample, but our own, whose sample is on the page', async () => {
  const { files } = await readUsage(['*.{json,jsonl,csv}'], fakeIo(samples), { visit: () => {} })
  expect(files.length).toBe(readdirSync(samples).length)
  const found = new Set(files.flatMap(({ formats }) => Object.keys(formats)))
  expect(names.filter(name => !found.has(name))).toEqual(['dsprice'])
})

it('the sample on the page is read, as JSON Lines too', async () => {
  const [, csv = ''] = /```csv\n([\s\S]*?)```/.exec(page) ?? []
  const found: unknown[] = []
  await readUsage(['-'], fakeIo(samples, { stdin: csv }), { visit: record => found.push(record) })
  const day = Date.UTC(2026, 9, 1)
  expect(found).toEqual([
    {
      ...{ at: day + 36_000_000, end: null, model: 'gpt-5.5', input: 1160, cache_read: 3840 },
      ...{ cache_write: 0, cache_write_1h: 0, output: 700, reasoning: 512, requests: 1 },
      ...{ service: null, batch: true, stated_usd: null },
      keys: { user: 'ann', team: 'support', 'tag.feature': 'search' },
    },
    {
      ...{ at: day + 36_005_000, end: null, model: 'deepseek-v4-pro', input: 437, cache_read: 12_800 },
      ...{ cache_write: null, cache_write_1h: null, output: 900, reasoning: null, requests: 1 },
      ...{ service: null, batch: false, stated_usd: null },
      keys: { user: 'bob', team: 'support' },
    },
    {
      ...{ at: day, end: day + 86_400_000, model: 'claude-sonnet-4-6', input: 100_000, cache_read: 900_000 },
      ...{ cache_write: 100_000, cache_write_1h: 0, output: 45_000, reasoning: null, requests: 310 },
      ...{ service: null, batch: false, stated_usd: null, keys: {} },
    },
  ])
})

it('the sample on the page has a price as a whole', async () => {
  const [, stdin = ''] = /```csv\n([\s\S]*?)```/.exec(page) ?? []
  const { code, out, err } = await dsprice(['usage', '-', '--json'], samples, { stdin })
  const { total } = JSON.parse(out) as UsageReport
  expect({ code, err, reason: total.reason }).toEqual({ code: 0, err: '', reason: null })
  // 100,000 + 1,160 + 437 new, 900,000 + 3,840 + 12,800 read; DeepSeek has no cache writes.
  expect(total.tokens).toMatchObject({ input: 101_597, cache_read: 916_640, cache_write: 100_000, output: 46_600 })
})

it('no key and no prompt is kept of any sample', async () => {
  const kept: string[] = []
  await readUsage(['*.{json,jsonl,csv}'], fakeIo(samples), { visit: record => kept.push(JSON.stringify(record)) })
  expect(kept.filter(text => /synthetic-key|sk-0|0000abc|…(?!.*200k)/.test(text))).toEqual([])
})
