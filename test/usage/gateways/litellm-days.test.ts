import { expect, it } from 'vitest'
import { readLitellmDay } from '../../../src/usage/gateways/litellm-days.ts'
import type { Sink } from '../../../src/usage/reading/format.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'

const day = { Date: '2026-10-01', 'Prompt Tokens': '1,000', 'Completion Tokens': '5', 'Spend ($)': '0.1' }

it.each([
  ['counts', { 'Cache Read Input Tokens': '600', 'Cache Creation Input Tokens': '0' }, [400, 600, 0]],
  ['empty cells', { 'Cache Read Input Tokens': '', 'Cache Creation Input Tokens': '' }, [1000, null, null]],
  ['no columns', {}, [1000, null, null]],
])('the cache of a day with %s', (_, cache, expected) => {
  const records: UsageRecord[] = []
  const sink = { record: (record: UsageRecord) => void records.push(record), convention: () => {} }
  readLitellmDay({ ...day, ...cache }, sink as unknown as Sink)
  expect(records.map(({ input, cache_read, cache_write }) => [input, cache_read, cache_write])).toEqual([expected])
})
