import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors/index.ts'
import { isAddress, readAddress } from '../../../src/load/clickhouse/address.ts'

const refused = (source: string): { what: string; fix: string; code: string } => {
  try {
    readAddress(source)
  } catch (error) {
    if (error instanceof InputError) return error.problems[0] as never
    throw error
  }
  throw new Error(`${source} was taken`)
}

describe('the address of a table', () => {
  it.each([
    [
      'clickhouse://ann@db.example:9001/logs.calls',
      { user: 'ann', host: 'db.example', port: 9001, database: 'logs', table: 'calls', secure: false },
    ],
    ['clickhouse://db/logs.calls', { user: 'default', host: 'db', port: 8123, secure: false }],
    ['clickhouses://db/logs.calls', { port: 8443, secure: true }],
    ['clickhouse://[::1]:8123/logs.calls', { host: '::1', name: 'clickhouse://[::1]:8123/logs.calls' }],
    ['clickhouse://db/logs.calls.2026', { database: 'logs', table: 'calls.2026' }],
    ['clickhouse://ann%40corp@db/my%20logs.calls', { user: 'ann@corp', database: 'my logs' }],
    [
      'clickhouse://db/logs.calls?timeout=60&final=1',
      { timeout: 60, final: true, name: 'clickhouse://db:8123/logs.calls' },
    ],
    ['clickhouse://db/logs.calls', { timeout: 600, final: false }],
  ])('%s', (source, expected) => {
    expect(isAddress(source)).toBe(true)
    expect(readAddress(source)).toMatchObject(expected)
  })

  it.each([
    'clickhouse://db',
    'clickhouse://db/',
    'clickhouse://db/calls',
    'clickhouse:///logs.calls',
    'clickhouse:db/logs.calls',
    'clickhouse://db/logs.calls/more',
    'clickhouse://db:port/logs.calls',
    'clickhouse://db/logs.calls#part',
    'clickhouse://db/logs.calls?limit=1',
    'clickhouse://db/logs.calls?timeout=0',
    'clickhouse://db/logs.calls?timeout=1e3',
    'clickhouse://db/logs.calls?final=yes',
    'clickhouse://db/%zz.calls',
    'clickhouse://a%3Ab@db/logs.calls',
  ])('%s is refused with something to type', source => {
    expect(isAddress(source)).toBe(true)
    expect(refused(source)).toMatchObject({
      code: 'BAD_ADDRESS',
      fix: expect.stringMatching(/clickhouse:\/\/user@host:8123|%25/),
    })
  })

  it.each([
    'clickhouse://ann:hunter2@db/logs.calls',
    'clickhouse://:hunter2@db/logs.calls',
    'clickhouse://ann:hunter2#x@db/logs.calls',
    'clickhouse://ann:hunter2/x@db/logs.calls',
    'clickhouse://ann:hunter2?x@db/logs.calls',
    'clickhouse://ann:hunter2:x@db/logs.calls',
    'clickhouse:ann:hunter2@db/logs.calls',
    'CLICKHOUSE://ann:hunter2@db/logs.calls',
    'clickhouse://ann@db/logs.calls?password=hunter2',
    'clickhouse://ann@db/logs.calls?timeout=hunter2',
    'clickhouse://ann@db/logs.calls?hunter2',
    'clickhouse://ann@db/logs.calls#hunter2',
  ])('%s is refused without a word of the password', source => {
    const { what, fix } = refused(source)
    expect(`${what} ${fix}`).not.toContain('hunter2')
  })

  it('names the variable where a password belongs', () => {
    expect(refused('clickhouse://ann:hunter2@db/logs.calls')).toMatchObject({
      what: 'an address may hold no password: it would be in the list of processes',
      fix: 'export DSPRICE_CLICKHOUSE_PASSWORD=… instead',
    })
  })
})

it.each(['calls.jsonl', '-', './clickhouse/calls.jsonl', 'clickhouse.csv'])('%s is a file', source => {
  expect(isAddress(source)).toBe(false)
})
