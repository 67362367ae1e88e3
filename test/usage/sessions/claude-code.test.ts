import { expect, it } from 'vitest'
import { FORMATS } from '../../../src/usage/formats/index.ts'
import { openUsage } from '../../../src/usage/formats/open-usage.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'

const session = { sessionId: 's', timestamp: '2026-11-10T10:00:00Z', isSidechain: false }
const line = (id: string, output: number, more: object = {}) => ({
  ...{ ...session, uuid: `u-${id}-${output}`, type: 'assistant' },
  message: { id, model: 'claude-opus-4-7', usage: { input_tokens: 3, output_tokens: output } },
  ...more,
})
const NOTES = [
  { type: 'summary', summary: 'x', leafUuid: 'u' },
  { type: 'file-history-snapshot', messageId: 'm', snapshot: {}, isSnapshotUpdate: false },
  { type: 'queue-operation', operation: 'enqueue', sessionId: 's' },
  { ...session, type: 'user', uuid: 'u', message: { role: 'user', content: 'x' } },
  { ...session, type: 'system', uuid: 'u', content: 'x' },
  line('synthetic', 0, { message: { id: 'x', model: '<synthetic>', usage: { input_tokens: 0, output_tokens: 0 } } }),
]

const read = (...files: readonly (readonly unknown[])[]) => {
  const records: UsageRecord[] = []
  const run = openUsage(FORMATS, record => records.push(record))
  const readings = files.map((values, i) => {
    const file = run.open(`session-${i}`)
    for (const value of values) file.take(value, 'json', { line: 1, byte: 0 })
    file.end()
    return file.reading
  })
  run.end()
  return { outputs: records.map(({ output }) => output), readings }
}

it('lines of one message are parts of it, and what has no usage by nature is a part of the session', () => {
  const { outputs, readings } = read([...NOTES, line('a', 1), line('a', 1), line('a', 40), line('b', 7)])
  expect(outputs).toEqual([40, 7])
  const [first, second, ...none] = readings
  expect([second, none]).toEqual([undefined, []])
  expect(first).toMatchObject({ values: 10, records: 2, parts: 8, duplicates: 0, bad: 0, skipped: {} })
  expect(first?.formats).toEqual({ 'claude-code': 10 })
})

it.each([
  ['as it was', 40, 0],
  ['further on', 50, 1],
])('a message that a resumed session repeats %s is a duplicate, once', (_, output, better) => {
  const { outputs, readings } = read([line('a', 1), line('a', 40)], [line('a', 1), line('a', output), line('b', 7)])
  expect(outputs.sort((a, b) => a - b)).toEqual([7, output])
  const ends = readings.map(({ records, parts, duplicates }) => records + parts + duplicates)
  expect(ends).toEqual([2, 3])
  expect(readings.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(1)
  expect(readings[1]?.records).toBe(1 + better)
})

it('an answer without usage is not passed over', () => {
  expect(read([line('a', 1, { message: { id: 'a' } })]).readings[0]?.skipped).toEqual({ 'it has no usage': 1 })
})
