import { describe, expect, it } from 'vitest'
import { readReport, readUsage } from '../../../src/load/usage/read-usage.ts'
import { nearColumns } from '../../../src/usage/sessions/near-columns.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const ours = { at: '2026-10-01', model: 'm', input: 1, output: 1 }

describe('a column that is none of ours', () => {
  it.each([
    ['cache_write_5m', 'cache_write'],
    ['cache_creation_input_tokens', 'cache_write'],
    ['cache_creation_1h', 'cache_write_1h'],
    ['cached_read', 'cache_read'],
    ['cached_tokens', 'cache_read'],
    ['Cache_Read', 'cache_read'],
    ['input_cached', 'cache_read'],
    ['chache_write', 'cache_write'],
    ['reqests', 'requests'],
    ['stated_us', 'stated_usd'],
  ])('%s may be meant for %s', (name, nearest) => {
    expect(nearColumns({ ...ours, [name]: 5 })).toEqual([{ name, nearest }])
  })

  it.each([
    ...['user', 'tag.cached', 'region', 'customer', 'latency_ms', 'status', 'seed', 'cache_ttl', 'cache_key'],
    ...['cache_hit', 'total_tokens', 'max_tokens', 'prompt_tokens', 'turn', 'feature', 'environment', 'cost_center'],
  ])('%s is meant for no other', name => {
    expect(nearColumns({ ...ours, [name]: 5 })).toEqual([])
  })

  it('is meant for none that the row has, but for the cache, whose parts are many', () => {
    const row = { ...ours, requests: 1, reqests: 1, cache_write: 1, cache_write_5m: 1 }
    expect(nearColumns(row)).toEqual([{ name: 'cache_write_5m', nearest: 'cache_write' }])
  })
})

const rows = [1, 2, 3].map(n => ({ ...ours, user: 'ann', cache_write_5m: n === 1 ? 0 : 1e5, cached_read: null }))
const csv = `at,model,input,output,cache_write_5m,cached_read\n${'2026-10-01,m,1,1,"100,000",none\n'.repeat(3)}`

it.each([
  ['JSON Lines', rows.map(row => JSON.stringify(row)).join('\n')],
  ['a list', JSON.stringify(rows, null, 2)],
  ['CSV', csv],
])('in %s it is told once a file, where it holds numbers', async (_, stdin) => {
  const reading = await readUsage(['-'], fakeIo(repository, { stdin }), { visit: () => {} })
  expect(readReport(reading).warnings.filter(({ code }) => code === 'COLUMN_IGNORED')).toMatchObject([
    {
      what: '"stdin" has a column that is none of ours and is not counted: "cache_write_5m" (cache_write?)',
      fix: 'give it the name of ours if it is meant, else another',
    },
  ])
})

it('of any number of them the first few are told', async () => {
  const names = Array.from({ length: 100 }, (_, i) => `cache_${i}`)
  const stdin = names.map(name => JSON.stringify({ ...ours, [name]: 1 })).join('\n')
  const { files } = await readUsage(['-'], fakeIo(repository, { stdin }), { visit: () => {} })
  expect(files.map(({ ignored }) => Object.keys(ignored))).toEqual([names.slice(0, 5)])
  expect(readReport({ files, left: [] }).warnings[0]?.what).toMatch(/"cache_4" \(cache_read\?\) and maybe more$/)
})

it('no example has one', async () => {
  const files = ['scenarios/usage/calls.jsonl', 'test/fixtures/usage/*']
  const { files: readings } = await readUsage(files, fakeIo(repository), { visit: () => {} })
  expect(readings.length).toBeGreaterThan(10)
  expect(readings.flatMap(({ ignored }) => Object.keys(ignored))).toEqual([])
})
