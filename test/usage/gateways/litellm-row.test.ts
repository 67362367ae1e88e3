import { expect, it } from 'vitest'
import { countsOf } from '../read-lines.ts'

const row = (metadata: unknown) => ({
  ...{ request_id: 'r', call_type: 'acompletion', startTime: '2026-11-10T10:00:00Z', model: 'm' },
  ...{ prompt_tokens: 33_012, completion_tokens: 450, total_tokens: 33_462, metadata },
})

const cache = { cache_read_input_tokens: 30_000, cache_creation_input_tokens: 3000 }
const spoken = { completion_tokens_details: { reasoning_tokens: 300 } }
const UNKNOWN = [33_012, null, null, null, 450, null]

it.each([
  ['in the one place', { additional_usage_values: cache }, [12, 30_000, 3000, 0, 450, null]],
  ['in the other', { usage_object: cache }, [12, 30_000, 3000, 0, 450, null]],
  [
    'in the other, the one empty',
    { additional_usage_values: {}, usage_object: cache },
    [12, 30_000, 3000, 0, 450, null],
  ],
  [
    'in the other, reasoning in the one',
    { additional_usage_values: spoken, usage_object: cache },
    [12, 30_000, 3000, 0, 450, 300],
  ],
  [
    'in the details, beside a 0',
    { usage_object: { cache_read_input_tokens: 0, prompt_tokens_details: { cached_tokens: 30_000 } } },
    [3012, 30_000, 0, 0, 450, null],
  ],
  ['nowhere, in a usage', { usage_object: spoken }, [33_012, 0, 0, 0, 450, 300]],
  ['nowhere: no usage', { status: 'success' }, UNKNOWN],
  ['nowhere: an empty usage', { additional_usage_values: {} }, UNKNOWN],
  ['nowhere: no metadata', {}, UNKNOWN],
  ['nowhere: null', null, UNKNOWN],
])('the cache of a row stands %s', (_, metadata, expected) => {
  expect(countsOf(row(metadata))).toEqual(expected)
  if (metadata) expect(countsOf(row(JSON.stringify(metadata)))).toEqual(expected)
})
