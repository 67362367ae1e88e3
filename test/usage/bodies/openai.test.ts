import { expect, it } from 'vitest'
import { readLines } from '../read-lines.ts'

const body = { id: 'x', created: 1_794_304_800, model: 'm', usage: { prompt_tokens: 10, completion_tokens: 2 } }

it.each([
  ['with an error', { error: null }],
  ['without', {}],
])('output of a batch is at batch rates: %s', (_, more) => {
  const line = { id: 'b', custom_id: 'doc-1', response: { status_code: 200, body }, ...more }
  expect(readLines(line).records).toMatchObject([{ input: 10, batch: true, keys: { custom_id: 'doc-1' } }])
  expect(readLines({ ...line, response: null }).reading.skipped).toEqual({ 'the request failed or expired': 1 })
})
