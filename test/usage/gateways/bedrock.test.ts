import { expect, it } from 'vitest'
import { readUsage } from '../../../src/load/usage/read-usage.ts'
import type { UsageRecord } from '../../../src/usage/record.ts'
import { fakeIo, repository } from '../../fake-io.ts'

const call = (requestId: string) => ({
  ...{ schemaType: 'ModelInvocationLog', timestamp: '2026-10-01T10:00:00Z', requestId, modelId: 'm' },
  ...{ input: { inputTokenCount: 12, cacheReadInputTokenCount: 30 }, output: { outputTokenCount: 4 } },
})
const message = JSON.stringify(call('r1'))
const event = { timestamp: 1, message, ingestionTime: 2, eventId: 'e', logStreamName: 's' }
const cell = `"${message.replaceAll('"', '""')}"`

const read = async (stdin: string) => {
  const records: UsageRecord[] = []
  const { files } = await readUsage(['-'], fakeIo(repository, { stdin }), { visit: record => records.push(record) })
  return { records, reading: files[0] }
}

it.each([
  ['an event a line', JSON.stringify(event)],
  ['the events of a group', JSON.stringify({ events: [event], nextToken: 'n' }, null, 2)],
  ['a subscription', JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [{ id: 'e', timestamp: 1, message }] })],
  ['a query', `@timestamp,@message\n2026-10-01 10:00:00.000,${cell}\n`],
  ['an export of the console', `timestamp,message\n1790848800000,${cell}\n`],
])('a call in a message of CloudWatch is read: %s', async (_, text) => {
  const { records, reading } = await read(text)
  expect(records).toMatchObject([
    { at: Date.UTC(2026, 9, 1, 10), model: 'm', input: 12, cache_read: 30, cache_write: 0, output: 4, requests: 1 },
  ])
  expect(reading?.formats).toEqual({ bedrock: 1 })
})

it('and counts once, if it stands in the log too', async () => {
  const { records, reading } = await read(`${JSON.stringify(event)}\n${message}\n${JSON.stringify(call('r2'))}\n`)
  expect([records.length, reading?.duplicates]).toEqual([2, 1])
})

it('other messages are not taken for calls', async () => {
  const other = { ...event, message: 'the ModelInvocationLog is on' }
  const cut = { ...event, message: message.slice(0, -5).replace('}', '') }
  const { records, reading } = await read(
    `${JSON.stringify(event)}\n${JSON.stringify(other)}\n${JSON.stringify(cut)}\n`,
  )
  expect(records.length).toBe(1)
  expect(reading).toMatchObject({ bad: 1, places: [{ line: 3, why: 'its message is not the log of a call' }] })
})
