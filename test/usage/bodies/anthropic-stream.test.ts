import { describe, expect, it } from 'vitest'
import { readLines } from '../read-lines.ts'

const usage = { input_tokens: 1000, cache_read_input_tokens: 500, cache_creation_input_tokens: 30, output_tokens: 1 }
const split = { cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 } }
const start = (id = 'msg_1', more: object = {}) => ({
  ...{ type: 'message_start', timestamp: '2026-11-10T10:00:00Z' },
  message: { id, type: 'message', model: 'claude-opus-4-7', usage: { ...usage, ...more } },
})
const delta = (told: object) => ({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: told })
const BETWEEN = [
  { type: 'content_block_start', index: 0, content_block: { type: 'text' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta' } },
]

const countsIn = (...values: readonly unknown[]) => {
  const { records, reading } = readLines(...values)
  const counts = records.map(({ input, cache_read, cache_write, cache_write_1h, output }) => [
    ...[input, cache_read, cache_write, cache_write_1h, output],
  ])
  return { counts, reading }
}

describe('a stream of a Message', () => {
  it('has the output of its message_delta, and is one record', () => {
    const { counts, reading } = countsIn(start('a', split), ...BETWEEN, delta({ output_tokens: 100_000 }), {
      type: 'message_stop',
    })
    expect(counts).toEqual([[1000, 500, 10, 20, 100_000]])
    expect(reading).toMatchObject({ values: 6, records: 1, parts: 5, bad: 0, skipped: {} })
  })

  it.each([
    ['all counts', { ...usage, input_tokens: 1200, output_tokens: 70 }, [1200, 500, 30, 0, 70]],
    ['counts that are null', { input_tokens: null, output_tokens: 70 }, [1000, 500, 30, 0, 70]],
  ])('where the message_delta has %s', (_, told, expected) => {
    expect(countsIn(start(), delta(told)).counts).toEqual([expected])
  })

  it('has the time of its start, or that of its end', () => {
    const at = Date.UTC(2026, 10, 10, 10)
    const end = { ...delta({ output_tokens: 5 }), timestamp: '2026-11-10T10:01:00Z' }
    const { timestamp: _, ...bare } = start()
    expect(readLines(start(), end).records[0]?.at).toBe(at)
    expect(readLines(bare, end).records[0]?.at).toBe(at + 60_000)
  })

  it.each(['event', 'data', 'response'])('may stand in the records of a log: %s', key => {
    const log = (event: object) => ({ timestamp: '2026-11-10T10:00:00Z', team: 'a', [key]: event })
    const { records } = readLines(log(start()), log(delta({ output_tokens: 7 })))
    expect(records).toMatchObject([{ output: 7, keys: { team: 'a' } }])
  })

  it('is one call with the Message that is logged besides', () => {
    const message = { ...start('a').message, usage: { ...usage, output_tokens: 9 } }
    const { counts, reading } = countsIn(
      start('a'),
      delta({ output_tokens: 9 }),
      message,
      start('b'),
      delta({ output_tokens: 8 }),
    )
    expect(counts.map(([, , , , output]) => output)).toEqual([9, 8])
    expect(reading).toMatchObject({ parts: 2, duplicates: 1 })
  })

  it('cannot be counted without its end, or without its start', () => {
    const { counts, reading } = countsIn(start('a'), start('b'), delta({ output_tokens: 8 }), start('c'))
    expect(counts.length).toBe(1)
    expect(reading.places.map(({ line, why }) => [line, why])).toEqual([
      [1, 'its stream has no message_delta, which would tell its output'],
      [4, 'its stream has no message_delta, which would tell its output'],
    ])
    expect(countsIn(delta({ ...usage })).reading.places).toMatchObject([
      { why: 'the message_start of its stream does not stand before it' },
    ])
  })
})

describe('bodies of one id', () => {
  const message = (output: number) => ({ ...start().message, usage: { ...usage, output_tokens: output } })
  const chunk = (output: number) => ({
    ...{ id: 'x', object: 'chat.completion.chunk', created: 1_794_304_800, model: 'm' },
    usage: { prompt_tokens: 1000, completion_tokens: output, total_tokens: 1000 + output },
  })

  it.each([
    ['Messages', message],
    ['chunks', chunk],
  ])('are one call with the most output: %s', (_, body) => {
    const { counts, reading } = countsIn(body(1), body(500), body(100_000), body(100_000))
    expect(counts.map(([, , , , output]) => output)).toEqual([100_000])
    expect(reading).toMatchObject({ records: 1, parts: 2, duplicates: 1 })
  })
})
