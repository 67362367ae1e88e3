import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli.ts'
import type { UsageReport } from '../../src/model/result/usage.ts'
import { dsprice, fakeIo } from '../fake-io.ts'

/** Whatever is wrong with a source, the answer says what was left out of it, and why. */

const folder = mkdtempSync(join(tmpdir(), 'dsprice-nothing-lost-'))
mkdirSync(join(folder, '.git'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A million tokens in cost $0.66: on a Saturday DeepSeek has no peak hours. */
const record = (own: object = {}): string =>
  JSON.stringify({ at: '2026-11-21T10:00:00Z', model: 'deepseek-v4-pro', input: 1_000_000, output: 0, ...own })
const linesOf = (...lines: readonly string[]): string => lines.map(line => `${line}\n`).join('')

/** Bytes without order, so that packing does not shrink them. */
const noise = (length: number): string => {
  let state = 1
  const next = (): string => {
    state = (state * 48_271) % 2_147_483_647
    return state.toString(36)
  }
  let text = ''
  while (text.length < length) text += next()
  return text
}

/** Bytes in a frame of zstd, as blocks that are not packed, and its last block, which is empty. */
const zstdOf = (blocks: readonly string[]): Buffer => {
  const parts: Uint8Array[] = [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50)]
  for (const block of [...blocks.map(text => Buffer.from(text)), Buffer.alloc(0)]) {
    const isLast = block.length === 0 ? 1 : 0
    const head = block.length * 8 + isLast
    parts.push(Uint8Array.of(head & 255, (head >> 8) & 255, (head >> 16) & 255), block)
  }
  return Buffer.concat(parts)
}

interface Case {
  readonly it: string
  readonly name?: string
  readonly bytes: () => string | Uint8Array
  readonly code?: number
  /** Records, and what they cost. */
  readonly counted?: readonly [records: number, cost: string]
  readonly says: readonly (string | RegExp)[]
}

const bad = (it: string, line: string, why: string): Case => ({
  it,
  bytes: () => linesOf(record(), line, record()),
  counted: [2, '1.32'],
  says: [new RegExp(`BAD_RECORDS.*\\n.*1 record cannot be read and is left out; the first: .*${why}`)],
})

const CASES: readonly Case[] = [
  {
    it: 'gzip that is cut short: what lies before the cut counts',
    bytes: () => {
      const packed = gzipSync(linesOf(...Array.from({ length: 100 }, () => record()), noise(200_000)))
      return packed.subarray(0, packed.length - 50_000)
    },
    counted: [100, '66'],
    says: ['SOURCE_BROKEN', 'its gzip data ends early', 'not JSON'],
  },
  {
    it: 'gzip without a whole record',
    bytes: () => gzipSync(linesOf(record({ user: noise(100_000) }))).subarray(0, 40_000),
    code: 3,
    says: ['NO_RECORDS', 'its gzip data ends early', 'not JSON'],
  },
  {
    it: 'zstd that is cut short',
    bytes: () => zstdOf([linesOf(record(), record()), linesOf(record())]).subarray(0, -50),
    counted: [2, '1.32'],
    says: ['SOURCE_BROKEN', 'its zstd data ends early'],
  },
  {
    it: 'zstd without a whole record',
    bytes: () => zstdOf([linesOf(record())]).subarray(0, -50),
    code: 3,
    says: ['NO_RECORDS', 'its zstd data ends early'],
  },
  {
    it: 'packed data that is damaged',
    // A block of the reserved kind.
    bytes: () => zstdOf([linesOf(record())]).fill(0x06, 6, 7),
    code: 3,
    says: ['NO_RECORDS', 'its zstd data is damaged'],
  },
  {
    it: 'a line of 50 MB',
    bytes: () => linesOf(record(), record({ user: 'x'.repeat(50_000_000) }), record()),
    counted: [2, '1.32'],
    says: ['BAD_RECORDS', ':2', 'it is longer than 16 MiB'],
  },
  bad('NaN', record().replace('1000000', 'NaN'), 'it is not JSON'),
  bad('a count that is negative', record({ input: -5 }), 'input'),
  bad('a count that is fractional', record({ output: 0.5 }), 'output'),
  bad('a count that is a text', record({ input: 'NaN' }), 'input'),
  {
    it: 'NaN in CSV',
    name: 'calls.csv',
    bytes: () =>
      linesOf('at,model,input,output', '2026-11-21,deepseek-v4-pro,NaN,0', '2026-11-21,deepseek-v4-pro,1000000,0'),
    counted: [1, '0.66'],
    says: ['BAD_RECORDS', 'input'],
  },
  {
    it: 'nothing but records that cannot be read',
    bytes: () => linesOf(record({ input: -5 }), record({ input: -6 })),
    code: 3,
    says: ['NO_RECORDS', '2 records cannot be read and are left out'],
  },
  {
    it: 'nothing but lines that are no JSON',
    bytes: () => linesOf('{', '{"a":', '{'),
    code: 3,
    says: ['NO_RECORDS', 'not JSON'],
  },
  {
    it: 'an id that comes twice',
    bytes: () => linesOf(record({ id: 'a' }), record({ id: 'b' }), record({ id: 'a' })),
    counted: [2, '1.32'],
    says: ['DUPLICATES', '1 record twice, counted once'],
  },
  {
    it: 'counts that disagree with each other',
    // A Message whose split of writes is 1,000 and their sum 500: 500 × $10 for those of an hour.
    bytes: () =>
      linesOf(
        JSON.stringify({
          id: 'm',
          timestamp: '2026-11-21T10:00:00Z',
          model: 'claude-opus-4-7',
          usage: {
            ...{ input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 500 },
            cache_creation: { ephemeral_5m_input_tokens: 400, ephemeral_1h_input_tokens: 600 },
          },
        }),
      ),
    counted: [1, '0.005'],
    says: ['COUNTS_DISAGREE', '1 record of "calls.jsonl": the split of writes is more than their sum'],
  },
  {
    it: 'times out of order: no warning, and the time from the first to the last',
    bytes: () => linesOf(record({ at: '2026-11-22T02:00Z' }), record({ at: '2026-11-21T10:00Z' })),
    counted: [2, '1.32'],
    says: [],
  },
  {
    it: 'a model that nobody knows: the total is at least',
    bytes: () => linesOf(record(), record({ model: 'dodo-1' })),
    counted: [2, 'at least 0.66'],
    says: ['UNPRICED', '1 record of dodo-1 has no price'],
  },
  {
    it: 'a model that nobody knows, alone',
    bytes: () => linesOf(record({ model: 'dodo-1' })),
    code: 3,
    says: ['UNKNOWN_MODEL', 'dodo-1'],
  },
  {
    it: 'a moment without a price: the total is at least',
    bytes: () => linesOf(record(), record({ at: '2020-01-01' })),
    counted: [2, 'at least 0.66'],
    says: ['UNPRICED', 'the book has no price at that time'],
  },
  {
    it: 'a moment without a price, alone',
    bytes: () => linesOf(record({ at: '2020-01-01' })),
    code: 3,
    says: ['NO_PRICE_AT', 'at 2020-01-01T00:00:00Z', '--pricing'],
  },
  { it: 'nothing at all', bytes: () => '', code: 3, says: ['NO_RECORDS'] },
]

describe('whatever is wrong with a source is said:', () => {
  it.each(CASES)('$it', async ({ name = 'calls.jsonl', bytes, code = 0, counted, says }) => {
    writeFileSync(join(folder, name), bytes())
    const ran = await dsprice(['usage', name, '--json'], folder, { env: { COLUMNS: '1000' } })
    expect(ran.code, ran.err).toBe(code)
    for (const said of says) expect(ran.err).toMatch(said)
    if (says.length === 0) expect(ran.err).toBe('')
    if (!counted) return
    const { total, read } = JSON.parse(ran.out) as UsageReport
    expect([read.records, total.cost ?? `at least ${total.at_least}`]).toEqual(counted)
    expect((await dsprice(['usage', name, '--json', '--strict'], folder)).code).toBe(says.length === 0 ? 0 : 2)
  })

  it('records that all lie outside the time asked for', async () => {
    writeFileSync(join(folder, 'calls.jsonl'), linesOf(record(), record()))
    const { code, err } = await dsprice(['usage', 'calls.jsonl', '--since', '2026-11-22'], folder)
    expect(code).toBe(3)
    expect(err).toMatch('2 records lie outside --since and --until')
  })
})

it('a file that grows is read up to the length that it had', async () => {
  const path = join(folder, 'growing.jsonl')
  writeFileSync(path, linesOf(...Array.from({ length: 5000 }, () => record())))
  const io = fakeIo(folder)
  const grown = {
    ...io,
    *pieces(name: string, size: number) {
      for (const piece of io.pieces(name, size)) {
        // Its first bytes are looked at before it is opened to be read.
        if (size > 4) appendFileSync(path, linesOf(record()))
        yield piece
      }
    },
    stdout: io.stdout,
  }
  expect(await run(['usage', 'growing.jsonl', '--json'], grown)).toBe(0)
  const { read, total } = JSON.parse(io.out) as UsageReport
  expect([read.records, read.malformed, total.cost, io.err]).toEqual([5000, 0, '3300', ''])
})
