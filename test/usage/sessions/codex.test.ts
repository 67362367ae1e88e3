import { expect, it } from 'vitest'
import { codex } from '../../../src/usage/sessions/codex.ts'
import { takeFiles } from '../take-values.ts'

const event = (timestamp: string, input_tokens: number, total: object | null | undefined) => ({
  ...{ type: 'event_msg', timestamp },
  payload: {
    type: 'token_count',
    info: { total_token_usage: total, last_token_usage: { input_tokens, output_tokens: 1 } },
  },
})
const meta = { type: 'session_meta', payload: { id: 's' } }
const times = ['2026-10-01T10:00:00Z', '2026-10-01T10:01:00Z', '2026-10-01T10:02:00Z'] as const

it.each([[null], [undefined]])('events whose sums are %s are calls of their own', total => {
  const { records, readings } = takeFiles(codex, 'json', [
    meta,
    event(times[0], 10, total),
    event(times[1], 10, total),
    event(times[1], 10, total),
    event(times[2], 20, total),
  ])
  expect(records.map(({ input }) => input)).toEqual([10, 10, 20])
  // The session's own line, and the event that comes twice.
  expect(readings[0]).toMatchObject({ duplicates: 0, parts: 2 })
})

it('events with the sums of the one before are repeats, whenever they come', () => {
  const sums = { input_tokens: 10, output_tokens: 1 }
  const { records } = takeFiles(codex, 'json', [meta, event(times[0], 10, sums), event(times[1], 10, sums)])
  expect(records.length).toBe(1)
})
