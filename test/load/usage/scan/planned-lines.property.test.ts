import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesOf } from '../../../../src/load/usage/scan/names.ts'
import { putLine } from '../../../../src/load/usage/scan/page.ts'
import { type LineScanner, lineScanner } from '../../../../src/load/usage/scan/scan-line.ts'
import { FORMATS } from '../../../../src/usage/formats/index.ts'
import type { Line } from '../../../../src/usage/formats/line.ts'
import { openUsage } from '../../../../src/usage/formats/open-usage.ts'
import { usdText } from '../../../../src/usage/reading/usd.ts'
import { WANTED, WANTED_BEGINNINGS, WHOLE } from '../../../../src/usage/reading/wanted-keys.ts'
import type { UsageRecord } from '../../../../src/usage/record.ts'

/** A value of a log: mostly what it should be, now and then anything else, or absent. */
const or = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: usual },
    { weight: 1, arbitrary: fc.constantFrom(null, undefined, '', 0, 1.5, -1, true, '12', 'ü\\n', [], {}, [1]) },
  )

const count = or(fc.constantFrom(0, 1, 7, 1200, 128_000, 2 ** 31 + 5, 2 ** 53 - 1))
const text = (...texts: string[]): fc.Arbitrary<unknown> => or(fc.constantFrom(...texts))
const time = or(
  fc.constantFrom<string | number>(
    '2026-10-01T10:00:00Z',
    '2026-10-31T23:59:59.999Z',
    '2026-02-29T10:00:00Z',
    '2026-10-01 10:00:00+02:00',
    1_790_848_800,
    1_790_848_800_123,
  ),
)
const id = or(fc.constantFrom('a', 'b', 'c', 'é', 'a\\u0062', 'x'.repeat(70)))
const tags = or(fc.constantFrom<unknown>(['team:a', 'b'], { team: 'a', n: 1 }, '["team:a"]', 'team:a'))
const tier = text('default', 'flex', 'priority', 'batch')
const object = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> => or(fc.record(fields))

const around = { user: text('u', 'v'), team_id: text('t'), tags, timestamp: time }
const details = object({ cached_tokens: count, cache_write_tokens: count, reasoning_tokens: count })
const chat = {
  ...{ id, model: text('m', 'n'), created: time, service_tier: tier },
  object: text('chat.completion', 'chat.completion.chunk', 'response'),
  choices: or(fc.constantFrom([{ message: { content: 'x"y' } }], [])),
  usage: object({
    ...{ prompt_tokens: count, completion_tokens: count, total_tokens: count },
    ...{ prompt_tokens_details: details, completion_tokens_details: details },
    ...{ cache_read_input_tokens: count, cache_creation_input_tokens: count },
  }),
}
const started = object({ input_tokens: count, output_tokens: count, cache_read_input_tokens: count })
const LOGS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  chat: fc.record({ ...chat, ...around }),
  // Here the value of a key decides whose it is.
  'without usage': fc.record({ id, object: text('response', 'chat.completion', 'chat.completion.chunk'), model: id }),
  responses: fc.record({
    ...{ id, model: text('m'), created_at: time, output: or(fc.constant([{ id: 'x' }])) },
    usage: object({
      ...{ input_tokens: count, output_tokens: count, total_tokens: count },
      ...{ input_tokens_details: details, output_tokens_details: details },
    }),
  }),
  anthropic: fc.record({
    ...around,
    response: object({
      ...{ id, model: text('claude'), type: text('message') },
      usage: object({
        ...{ input_tokens: count, output_tokens: count, cache_read_input_tokens: count, service_tier: tier },
        ...{ cache_creation_input_tokens: count, speed: text('fast', 'standard') },
        cache_creation: object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }),
        server_tool_use: object({ web_search_requests: count }),
      }),
    }),
  }),
  'anthropic stream': fc.record({
    type: fc.constantFrom('message_start', 'message_delta', 'message_stop', 'message'),
    ...{ message: object({ id, model: text('claude'), usage: started }), usage: started, timestamp: time },
  }),
  deepseek: fc.record({
    ...{ id, model: text('deepseek-chat'), created: time, session_id: text('s') },
    usage: object({
      ...{ prompt_tokens: count, completion_tokens: count },
      ...{ prompt_cache_hit_tokens: count, prompt_cache_miss_tokens: count, completion_tokens_details: details },
    }),
  }),
  gemini: fc.record({
    ...{ responseId: id, modelVersion: text('gemini'), createTime: time, user: text('u') },
    usageMetadata: object({
      ...{ promptTokenCount: count, candidatesTokenCount: count, totalTokenCount: count },
      ...{ cachedContentTokenCount: count, thoughtsTokenCount: count, trafficType: tier },
    }),
  }),
  litellm: fc.record({
    ...{ request_id: id, call_type: text('acompletion', 'batch'), startTime: time, model: text('m', 'n') },
    ...{ prompt_tokens: count, completion_tokens: count, total_tokens: count, request_tags: tags },
    ...{ status: text('success', 'failure'), cache_hit: text('None', 'True', 'False'), end_user: text('u') },
    spend: or(fc.constantFrom<number | string>(0, 0.029, 0.1 + 0.2, 1e-7, 12, '0.5', 0.000001)),
    metadata: fc.oneof(
      object({ additional_usage_values: object({ prompt_tokens_details: details }) }),
      object({ usage_object: object({ cache_read_input_tokens: count, prompt_tokens_details: details }) }),
      fc.constantFrom('{"usage_object":{"cache_read_input_tokens":3}}', '{cut', ''),
    ),
  }),
  // Of which any key may decide.
  unknown: fc.record({
    ...{ at: time, model: text('m'), input: count, tokens_in: count, n: count },
    response: object({ model_name: text('m'), metrics: object({ token_count: count }) }),
    data: or(fc.constantFrom([{ model: 'm', tokens_out: 5 }, { model: 'm', n: 5 }, 7], { tokens_out: 5 })),
  }),
  plain: fc.record({
    ...{ at: time, end: time, model: text('m'), input: count, output: count, cache_read: count, id },
    ...{ service: tier, batch: or(fc.boolean()), stated_usd: text('0.5', '1'), 'tag.a': text('x'), requests: count },
  }),
}

const scanner = () => lineScanner(namesOf({ inside: WANTED, whole: WHOLE, beginnings: WANTED_BEGINNINGS }))

const lineIn = (found: LineScanner, bytes: Buffer): Line | null => {
  putLine(bytes, 0)
  return found.known(0) < 0 ? found.scan(0, bytes.length) : found.line()
}

const readBy = (lines: readonly string[], isScanned: boolean) => {
  const records: UsageRecord[] = []
  // What is held until the end may not change with the lines behind it.
  const run = openUsage(FORMATS, record => records.push(record))
  const file = run.open('log')
  const found = scanner()
  for (const [i, text] of lines.entries()) {
    const bytes = Buffer.from(text)
    const place = { line: i + 1, byte: 0 }
    const line = isScanned ? lineIn(found, bytes) : null
    if (!line || !file.takeLine(line, i + 1, 0)) file.take(JSON.parse(text), 'json', place)
  }
  file.end()
  run.end()
  const written = records.map(({ id: _, stated_usd, ...record }) => ({
    ...record,
    stated: stated_usd && usdText(stated_usd),
  }))
  return { records: written, reading: file.reading }
}

describe('lines of one structure are taken as each would be by itself', () => {
  it.each(Object.entries(LOGS))('%s', (_, log) => {
    fc.assert(
      fc.property(fc.array(log, { minLength: 2, maxLength: 40 }), values => {
        const lines = values.map(value => JSON.stringify(value))
        expect(readBy(lines, true)).toEqual(readBy(lines, false))
      }),
    )
  })

  it.each(Object.entries(LOGS))('%s, some of them many times', (_, log) => {
    const runs = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 150 })), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(log, { minLength: 4, maxLength: 4 }), runs, (values, given) => {
        const texts = values.map(value => JSON.stringify(value))
        const lines = given.flatMap(([which, times]) => Array.from({ length: times }, () => texts[which] ?? ''))
        // A line of another structure, and one that ends in the middle, in between.
        for (const at of [40, 90, 140]) lines.splice(at, 0, texts[at % 4] ?? '', '{"id":"x","n":1}')
        expect(readBy(lines, true)).toEqual(readBy(lines, false))
      }),
      { numRuns: 60 },
    )
  })

  it('mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...Object.values(LOGS)), { minLength: 2, maxLength: 60 }), values => {
        const lines = values.map(value => JSON.stringify(value))
        expect(readBy(lines, true)).toEqual(readBy(lines, false))
      }),
    )
  })
})
