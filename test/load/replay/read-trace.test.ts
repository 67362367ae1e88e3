import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../../src/cli.ts'
import type { Io } from '../../../src/io.ts'
import { IdReader } from '../../../src/load/replay/block-ids.ts'
import { eachLine } from '../../../src/load/replay/lines.ts'
import { addBlock, emptyBlocks } from '../../../src/replay/cache/blocks.ts'
import { dsprice, fakeIo, repository } from '../../fake-io.ts'

const KEY = Buffer.from('"hash_ids"')

/** The ids of a line, as 64-bit numbers; or what is wrong. */
const idsOf = (...lines: readonly string[]): (readonly bigint[] | string)[] => {
  const reader = new IdReader()
  return lines.map(line => {
    const blocks = emptyBlocks(1)
    const found = reader.read(Buffer.from(line), KEY, blocks)
    if (typeof found === 'string') return found
    return Array.from(
      { length: blocks.count },
      (_, i) => (BigInt(blocks.high[i] ?? 0) << 32n) | BigInt(blocks.low[i] ?? 0),
    )
  })
}

describe('block ids', () => {
  it.each<{ it: string; list: string; ids: readonly bigint[] }>([
    { it: 'small ones', list: '[0, 1,42]', ids: [0n, 1n, 42n] },
    {
      it: 'short and long ones',
      list: '[1,  2 ,3, 999999999,1000000000, 4,5 ]',
      ids: [1n, 2n, 3n, 999999999n, 1000000000n, 4n, 5n],
    },
    { it: 'none', list: '[ ]', ids: [] },
    { it: 'beyond 32 bits', list: '[4294967295, 4294967296]', ids: [4294967295n, 4294967296n] },
    {
      it: 'beyond 2^53, where JSON.parse makes one number of two',
      list: '[11176082467843938053, 11176082467843938054, 9007199254740993]',
      ids: [11176082467843938053n, 11176082467843938054n, 9007199254740993n],
    },
    { it: 'the largest', list: '[18446744073709551615]', ids: [2n ** 64n - 1n] },
    { it: 'below 0, as signed 64 bits', list: '[-1, -9223372036854775808]', ids: [2n ** 64n - 1n, 2n ** 63n] },
    {
      it: '16 hexadecimal digits',
      list: '["9b19ee8a12ce8e05", "00000000000000ff"]',
      ids: [0x9b19ee8a12ce8e05n, 0xffn],
    },
    { it: 'other texts, numbered as they come', list: '["a", "b", "a"]', ids: [0n, 1n, 0n] },
  ])('reads $it', ({ list, ids }) => {
    expect(idsOf(`{"timestamp": 0, "hash_ids" : ${list}, "x": 1}`)).toEqual([ids])
  })

  it.each([
    { list: '[18446744073709551616]', what: 'an id is above 64 bits' },
    { list: '[1.5]', what: 'the list of ids is not of whole numbers or texts' },
    { list: '[1e3]', what: 'the list of ids is not of whole numbers or texts' },
    { list: '[1, 2, 03, 4]', what: 'an id begins with 0' },
    { list: '[1, 2,, 3]', what: 'an id is neither a whole number nor a text' },
    { list: '[1, "a"]', what: 'the id "a" is of another form than those before it' },
    { list: '[1, 2, 3', what: 'the list of ids is not of whole numbers or texts' },
    { list: '[01]', what: 'an id begins with 0' },
    { list: '[1,]', what: 'an id is neither a whole number nor a text' },
    { list: '[1 2]', what: 'the list of ids is not of whole numbers or texts' },
    { list: '["a", 1]', what: 'an id is a number, and those before it are texts' },
    { list: '"a"', what: '"hash_ids" is not a list' },
    { list: '["a', what: 'an id has no end' },
  ])('refuses $list', ({ list, what }) => {
    expect(idsOf(`{"hash_ids": ${list}`)).toEqual([what])
  })

  it('are all of one form in a trace', () => {
    expect(idsOf('{"hash_ids": ["9b19ee8a12ce8e05"]}', '{"hash_ids": ["9b19"]}')[1]).toContain('another form')
  })

  it('are found behind the key, not in a text that is called so', () => {
    expect(idsOf('{"note": "hash_ids", "hash_ids": [7]}')).toEqual([[7n]])
  })
})

it('room for ids grows', () => {
  const blocks = emptyBlocks(1)
  for (let i = 0; i < 100; i++) addBlock(blocks, i, i + 1)
  expect([blocks.count, blocks.high[99], blocks.low[99]]).toEqual([100, 99, 100])
})

it.each([1, 2, 3, 7, 100])('lines are the same in pieces of %i bytes, with their places', size => {
  const bytes = Buffer.from('\ufeffone\r\ntwo\n\nfoür')
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
  const lines: string[] = []
  eachLine(pieces, (line, { line: number, byte }) => {
    lines.push(`${number}@${byte} ${line.toString('utf8')}`)
    return true
  })
  expect(lines).toEqual(['1@0 one', '2@8 two', '3@12 ', '4@13 foür'])
})

/** Cached tokens of every row. */
const cached = async (stdin: string, ...flags: readonly string[]): Promise<number[]> => {
  const { out, err } = await dsprice(['replay', '-', '--json', '--quiet', ...flags], repository, { stdin })
  if (out === '') throw new Error(err)
  return JSON.parse(out).rows.map((row: { cached_tokens: number }) => row.cached_tokens)
}

const line = (timestamp: number, ids: readonly number[], model?: string): string =>
  JSON.stringify({ timestamp, input_length: ids.length * 10, output_length: 1, hash_ids: ids, model })

describe('a trace', () => {
  it('in disorder is replayed by time, ties in the order of the file', async () => {
    // By time: [1], then [1, 2], then [1, 2, 3]: hits of 0, 1 and 2 blocks. In the order of the file: 0, 1, 2 too, of others.
    const sorted = [line(0, [1]), line(1, [1, 2]), line(2, [1, 2, 3])]
    expect(await cached(sorted.toReversed().join('\n'), '--block', '10', '--policy', 'ttl')).toEqual([30])
    expect(await cached(sorted.join('\n'), '--block', '10', '--policy', 'ttl')).toEqual([30])
  })

  it('of several models keeps their blocks apart, and --model makes them one', async () => {
    const both = [line(0, [1, 2], 'o3'), line(1, [1, 2], 'o4-mini'), line(2, [1, 2], 'o3')]
    const long = both.join('\n').replaceAll('"input_length":20', '"input_length":2048')
    expect(await cached(long, '--block', '1024', '--policy', 'infinite')).toEqual([2048])
    expect(await cached(long, '--block', '1024', '--policy', 'infinite', '--model', 'o3')).toEqual([4096])
    // 20 tokens are below the model's minimum.
    expect(await cached(both.join('\n'), '--block', '10', '--policy', 'infinite', '--model', 'o3')).toEqual([0])
  })

  it('of content ids hits nothing behind another beginning', async () => {
    const two = [line(0, [1, 2]), line(1, [3, 2])].join('\n')
    expect(await cached(two, '--block', '10', '--policy', 'marks', '--ids', 'prefix')).toEqual([20])
    expect(await cached(two, '--block', '10', '--policy', 'marks', '--ids', 'content')).toEqual([0])
  })

  it('of lengths repeats a prompt within its conversation alone, and starts anew where one is shorter', async () => {
    const call = (at: number, conversation: string, input: number) =>
      JSON.stringify({ at: at * 1000, conversation, input, output: 1 })
    const calls = [call(0, 'a', 100), call(1, 'b', 100), call(2, 'a', 205), call(3, 'a', 50), call(4, 'a', 60)]
    // a: 100 of the second call, nothing of the third, 50 of the fourth.
    expect(await cached(calls.join('\n'), '--block', '10')).toEqual([150])
  })

  it('of messages hits the tokens that two bodies begin with', async () => {
    const body = (at: number, content: string) =>
      JSON.stringify({
        at: at * 1000,
        model: 'deepseek-v4-pro',
        body: { messages: [{ role: 'user', content: 'one '.repeat(400) + content }] },
      })
    const [rule, infinite] = await cached([body(0, 'x'), body(1, 'y')].join('\n'), '--model', 'deepseek-v4-pro')
    // 400 words of a token each, in blocks of 128: three whole blocks are alike.
    expect(infinite).toBe(384)
    // By units too: the first body's own end is at its last full block, which the second has whole.
    expect(rule).toBe(384)
  })

  it('of conversations counts the time of sub-agents from their own start', async () => {
    const conversation = JSON.stringify({
      id: 'c',
      block_size: 10,
      hash_id_scope: 'local',
      requests: [
        { t: 0, in: 20, out: 1, hash_ids: [1, 2] },
        { t: 5, requests: [{ t: 10, in: 10, out: 1, hash_ids: [1] }] },
        { t: 12, in: 20, out: 1, hash_ids: [1, 2] },
      ],
    })
    // At 0, 12 and 15 s: a lifetime of 11 s ends before 12, so only the request at 15 hits.
    expect(await cached(conversation, '--block', '10', '--policy', 'ttl', '--ttl', '11s')).toEqual([10])
  })
})

describe('a trace of lengths', () => {
  const call = (at: number, input: number, conversation: string | number = 'a') =>
    JSON.stringify({ at: at * 60_000, conversation, input, output: 0 })
  const oldest = [call(1, 1000), call(2, 2000), call(3, 3000)]

  it('says by time what repeats what, in whichever order its lines are', async () => {
    // 1000 of the second call and 2000 of the third.
    expect(await cached(oldest.join('\n'), '--block', '100')).toEqual([3000])
    expect(await cached(oldest.toReversed().join('\n'), '--block', '100')).toEqual([3000])
  })

  it.each([
    { it: 'longer', inputs: [21, 30], tokens: 20 },
    { it: 'longer, with a part of its own', inputs: [21, 25], tokens: 20 },
    { it: 'equal', inputs: [21, 21], tokens: 21 },
    { it: 'equal, then longer', inputs: [30, 30, 35], tokens: 60 },
  ])('never repeats more than was sent: $it', async ({ inputs, tokens }) => {
    const lines = inputs.map((input, i) => call(i, input))
    expect(await cached(lines.join('\n'), '--block', '10', '--partial')).toEqual([tokens])
  })

  it('goes on in the next file, as logs are rotated', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
    oldest.forEach((one, i) => {
      writeFileSync(join(folder, `${i}.jsonl`), `${one}\n`)
    })
    const { out } = await dsprice(['replay', folder, '--json', '--quiet', '--block', '100'], repository)
    rmSync(folder, { recursive: true })
    expect(JSON.parse(out).rows[0].cached_tokens).toBe(3000)
  })

  it('has no prompt of more tokens than any model takes, of which each block would be kept', async () => {
    const stdin = [call(0, 2 ** 24), call(1, 2 ** 24 + 1), call(2, 1e12)].join('\n')
    const { out } = await dsprice(['replay', '-', '--json', '--quiet', '--block', '1000'], repository, { stdin })
    expect(JSON.parse(out).trace).toMatchObject({ requests: 1, malformed: 2 })
  })

  it('has conversations called 1 and "1" apart', async () => {
    expect(await cached([call(0, 100, 1), call(1, 100, '1')].join('\n'), '--block', '100')).toEqual([0])
  })
})

describe('a time', () => {
  const formats: Readonly<Record<string, (at: string) => string>> = {
    mooncake: at => `{"timestamp": ${at}, "input_length": 10, "output_length": 0, "hash_ids": [1]}`,
    lengths: at => `{"at": ${at}, "conversation": "a", "input": 10, "output": 0}`,
    messages: at => `{"at": ${at}, "model": "deepseek-v4-pro", "messages": []}`,
    'kv-cache-tester': at =>
      `{"block_size": 64, "requests": [{"t": 0, "in": 64, "hash_ids": [1]}, {"t": ${at}, "in": 64, "hash_ids": [1]}]}`,
  }
  it.each(
    Object.entries(formats).flatMap(([format, line]) =>
      ['1e400', '1e18', '999999999999999', '-1'].map(at => ({ format, at, line })),
    ),
  )('of $at is no line of $format', async ({ format, at, line }) => {
    const stdin = format === 'kv-cache-tester' ? line(at) : `${line('0')}\n${line(at)}`
    const { code, out } = await dsprice(
      ['replay', '-', '--json', '--quiet', '--input-format', format, '--model', 'deepseek-v4-pro'],
      repository,
      {
        stdin,
      },
    )
    const { trace, load } = JSON.parse(out)
    expect([code, trace.malformed, trace.requests, load.span_s]).toEqual([0, 1, 1, 0])
    expect(trace.first_malformed[0].what).toContain('the year 9999')
  })

  it('that no calendar has is no line of azure', async () => {
    const stdin = [
      'TIMESTAMP,ContextTokens,GeneratedTokens',
      '2023-11-16 18:15:46.6805900,10,1',
      '2023-02-30 00:00:00.0,10,1',
      '2023-11-16 24:61:00.0,10,1',
    ]
    const { out } = await dsprice(['replay', '-', '--json', '--quiet'], repository, { stdin: stdin.join('\n') })
    expect(JSON.parse(out).trace).toMatchObject({ requests: 1, malformed: 2 })
  })
})

describe('conversations of kv-cache-tester', () => {
  const replayFiles = async (conversations: readonly object[], ...flags: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
    conversations.forEach((one, i) => {
      writeFileSync(join(folder, `${i}.json`), JSON.stringify(one))
    })
    return dsprice(['replay', folder, '--json', ...flags], repository)
  }
  const request = (t: number) => ({ t, in: 128, out: 0, hash_ids: [1, 2] })
  const conversation = (more: object = {}) => ({ block_size: 64, requests: [request(0)], ...more })

  it.each([
    { it: 'hold within a conversation, if they say nothing', scope: {}, tokens: 0 },
    { it: 'hold within a conversation', scope: { hash_id_scope: 'local' }, tokens: 0 },
    { it: 'hold in all', scope: { hash_id_scope: 'global' }, tokens: 128 },
  ])('ids $it', async ({ scope, tokens }) => {
    const { out } = await replayFiles([conversation(scope), conversation(scope)])
    expect(JSON.parse(out).rows[0].cached_tokens).toBe(tokens)
  })

  it('that have requests which cannot be read leave those out, and no other', async () => {
    const requests = [
      request(0),
      { t: 1, in: 128, out: 0 },
      { t: 2, in: 1.5, out: 0, hash_ids: [1] },
      { t: 3, requests: [request(0), 7] },
      { t: -1, requests: [request(0)] },
      request(4),
    ]
    const { code, out, err } = await replayFiles([conversation({ requests })])
    const { trace } = JSON.parse(out)
    expect([code, trace.requests, trace.malformed]).toEqual([0, 3, 5])
    expect(trace.first_malformed.map(({ what }: { what: string }) => what)).toEqual([
      'requests[1]: there is no hash_ids',
      'requests[2]: in is not a whole number of tokens',
      'requests[3].requests[1]: it is not an object',
      'requests[4].requests[0]: t is not a number of seconds from 0 to the end of the year 9999',
      'requests[4]: t is not a number of seconds from 0 to the end of the year 9999',
    ])
    expect(err).toContain('5 records could not be read')
    expect((await replayFiles([conversation({ requests })], '--strict')).code).toBe(2)
  })

  it('of another block say which', async () => {
    const { code, err } = await replayFiles([conversation({ block_size: 16 })])
    expect([code, err.includes('--block 16')]).toEqual([2, true])
  })
})

describe('what is no trace', () => {
  const tell = async (bytes: string | Uint8Array, ...flags: readonly string[]) =>
    (await dsprice(['replay', '-', ...flags], repository, { stdin: bytes })).err

  it('says so', async () => {
    expect(await tell('')).toContain('is empty')
    expect(await tell(new Uint8Array([0x1f, 0x8b, 8, 0]))).toContain('gunzip -c')
    expect(await tell(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd]), '--input-format', 'lengths')).toContain('zstd -dc')
    expect(await tell('hello', '--input-format', 'mooncake')).toContain('it is not a JSON object')
    expect(await tell('{"a": 1}', '--input-format', 'mooncake')).toContain('there is no "hash_ids"')
    const { err } = await dsprice(['replay', 'none.jsonl'], repository)
    expect(err).toContain('fix: check the path\n')
  })
})

it.each([
  { block: '10', fix: 'write --block 5000, which fits most', ids: 1 },
  { block: '512', fix: 'write --block 16, which fits most', ids: 313 },
])('ids of other blocks than $block are told', async ({ block, fix, ids }) => {
  // 5000 tokens are 312.5 blocks of 16.
  const stdin = JSON.stringify({
    ...{ timestamp: 0, input_length: 5000, output_length: 0 },
    hash_ids: Array.from({ length: ids }, (_, i) => i),
  })
  const { err } = await dsprice(['replay', '-', '--json', '--block', block], repository, { stdin })
  expect(err).toContain('BLOCK_MISFIT')
  expect(err).toContain(fix)
})

describe('standard input, which can be read once,', () => {
  const conversation = { block_size: 64, requests: [0, 1].map(t => ({ t, in: 64, out: 0, hash_ids: [1] })) }
  it.each([
    { it: 'lines in order', stdin: `${line(0, [1, 2])}\n${line(1, [1, 2])}`, block: '10', tokens: 20 },
    { it: 'lines in disorder', stdin: `${line(1, [1, 2])}\n${line(0, [1, 2])}`, block: '10', tokens: 20 },
    { it: 'a conversation', stdin: JSON.stringify(conversation), block: '64', tokens: 64 },
  ])('is replayed all the same: $it', async ({ stdin, block, tokens }) => {
    const io = fakeIo(repository, { stdin })
    let isRead = false
    const once: Io = {
      ...io,
      pieces: (path, size) => {
        if (path !== '-') return io.pieces(path, size)
        const pieces = isRead ? [] : io.pieces(path, size)
        isRead = true
        return pieces
      },
      read: (path, limit) => (path === '-' && isRead ? new Uint8Array() : io.read(path, limit)),
    }
    expect(await run(['replay', '-', '--json', '--block', block], once)).toBe(0)
    expect(JSON.parse(io.out).rows[0].cached_tokens).toBe(tokens)
  })
})
