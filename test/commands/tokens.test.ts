import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli.ts'
import { dsprice, fakeIo } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  const write = (name: string, data: string | Uint8Array): void => writeFileSync(join(folder, name), data)
  write('good.md', 'hello hello')
  write('empty.md', '')
  write('broken.md', new Uint8Array([0x68, 0x69, 0xff, 0x21]))
  write('binary.md', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x00]))
  write('twenty.md', 'a b '.repeat(5_000_000))
  write('letters.md', 'a'.repeat(4_000_000))
  write('bom.md', '\ufeffhello hello')
  write('[odd] name.md', 'hello')
  write('scenario.yaml', 'name: a\nmodel: deepseek-v4-pro\nat: 2026-11-23\nrequest:\n  turn: { files: "*.md" }\n')
})

const problemsOf = (err: string): string[] =>
  (JSON.parse(err) as { errors: { code: string; what: string; at: string | null }[] }).errors.map(
    ({ code, what }) => `${code} ${/^"([^"]*)"/.exec(what)?.[1]}`,
  )

describe('a folder of files that are not what they should be', () => {
  const faults = ['NOT_TEXT binary.md', 'NOT_TEXT broken.md']

  it('is answered for each at once', async () => {
    const { code, out, err } = await dsprice(['tokens', '*.md', '--model', 'deepseek-v4-pro', '--json'], folder)
    expect({ code, out, faults: problemsOf(err) }).toEqual({ code: 2, out: '', faults })
  })

  it('is answered in a scenario as well, at the key that names it', async () => {
    const { code, out, err } = await dsprice(['estimate', 'scenario.yaml', '--json'], folder)
    expect({ code, out, faults: problemsOf(err) }).toEqual({
      ...{ code: 2, out: '' },
      faults: [...faults, 'TOO_LARGE twenty.md'],
    })
    expect(err).toContain('"at":"scenario.yaml:5:9"')
  })

  it('says where a file stops being text', async () => {
    const { err } = await dsprice(['tokens', 'broken.md', '--model', 'gpt-5.5'], folder)
    expect(err).toContain('"broken.md" is not UTF-8 text: the first wrong byte is number 3')
  })

  it.each(['deepseek-v4-pro', 'gpt-5.5', 'claude-opus-4.7'])('counts four million letters: %s', async model => {
    const { code, out } = await dsprice(['tokens', 'letters.md', '--model', model, '--json'], folder)
    expect(code).toBe(0)
    expect(JSON.parse(out).files[0].characters).toBe(4_000_000)
  })
})

describe('a model that no book has', () => {
  it.each([
    { model: 'gpt-4o', counts: 'count it with --model o200k_base' },
    { model: 'gpt-4', counts: 'count it with --model cl100k_base' },
    {
      model: 'mine-7b',
      counts:
        'or name a tokenizer: o200k_base, cl100k_base, deepseek-v3, qwen, gpt-oss, tekken, claude, claude-4.7, gemini, openai',
    },
  ])('$model: $counts', async ({ model, counts }) => {
    const { code, err } = await dsprice(['tokens', 'good.md', '--model', model], folder)
    expect([code, err]).toEqual([3, expect.stringContaining(counts)])
    const [, tokenizer = ''] = /--model (\S+)/.exec(counts) ?? []
    if (tokenizer) expect((await dsprice(['tokens', 'good.md', '--model', tokenizer], folder)).code).toBe(0)
  })
})

describe('files that are fine', () => {
  const total = async (argv: readonly string[], stdin = ''): Promise<unknown> => {
    const { out } = await dsprice(['tokens', ...argv, '--model', 'o200k_base', '--json'], folder, { stdin })
    return (JSON.parse(out) as { total: { tokens: number } }).total.tokens
  }

  // "hello" and " hello" are one token each.
  it('are counted one by one and in total, each once', async () => {
    expect(await total(['good.md', 'bom.md'])).toBe(4)
    expect(await total(['good.md', 'g*.md'])).toBe(2)
  })

  it('are found by their name before it is taken for a pattern', async () => {
    expect(await total(['[odd] name.md'])).toBe(1)
  })

  it('may come from stdin', async () => {
    expect(await total(['-', 'good.md'], 'hello hello hello')).toBe(5)
  })
})

it('an empty file has no tokens, and a warning', async () => {
  const { code, out, err } = await dsprice(['tokens', 'empty.md', '--model', 'deepseek-v4-pro'], folder)
  expect(code).toBe(0)
  expect(out).toMatch(/empty\.md +0 +0 +exact/)
  expect(err).toContain('warning EMPTY_TEXT empty.md')
})

describe('a file larger than a text in a scenario may be', () => {
  // "a b a b …": each letter with the space before it is one token, and the last space is one.
  it.each([['twenty.md'], ['-']])('is counted piece by piece: %s', async name => {
    const stdin = 'a b '.repeat(5_000_000)
    const { code, out } = await dsprice(['tokens', name, '--model', 'o200k_base', '--json'], folder, { stdin })
    expect([code, JSON.parse(out).total]).toEqual([
      0,
      expect.objectContaining({ tokens: 10_000_001, characters: 20_000_000 }),
    ])
  })

  it('that nothing ends a word in is refused', async () => {
    writeFileSync(join(folder, 'uncut.txt'), '.'.repeat(36 * 2 ** 20))
    const { code, err } = await dsprice(['tokens', 'uncut.txt', '--model', 'o200k_base'], folder)
    rmSync(join(folder, 'uncut.txt'))
    expect([code, err]).toEqual([3, expect.stringContaining('TEXT_TOO_HARD')])
  })

  it.each([
    { it: 'a terminal', terminal: 100, shows: ['\r20 of 20 megabytes counted\x1b[K', '\r\x1b[K'] },
    { it: 'a pipe', shows: [] },
  ])('shows how far it is on $it', async ({ terminal, shows }) => {
    let now = 0
    const io = fakeIo(folder, terminal === undefined ? {} : { terminal })
    const told: string[] = []
    const stderr = { ...io.stderr, write: (text: string) => void (text === '' || told.push(text)) }
    await run(['tokens', 'twenty.md', '--model', 'o200k_base'], { ...io, stderr, elapsed: () => (now += 1000) })
    expect(told.slice(-2)).toEqual(shows)
  })
})

describe('--prefix', () => {
  const same = (argv: readonly string[]) => dsprice(['tokens', '--prefix', ...argv], folder)
  beforeAll(() => {
    // "hello" and each " hello" are one token; " a", " b" and " c" too.
    writeFileSync(join(folder, 'p1.txt'), 'hello hello hello a')
    writeFileSync(join(folder, 'p2.txt'), 'hello hello hello b c b')
    writeFileSync(join(folder, 'p3.txt'), 'hello hello hello')
    writeFileSync(join(folder, 'other.txt'), 'a hello')
  })

  it('finds what files begin with alike, by tokens', async () => {
    const { code, out } = await same(['p1.txt', 'p2.txt', 'p3.txt', '--model', 'o200k_base', '--json'])
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        schema: 'dsprice/prefix/1',
        shared: 3,
        shared_estimate: null,
        // (1 + 3 + 0) / 3
        rest: { mean: 1.33, min: 0, max: 3 },
        files: [
          { file: 'p1.txt', tokens: 4, rest: 1 },
          { file: 'p2.txt', tokens: 6, rest: 3 },
          { file: 'p3.txt', tokens: 3, rest: 0 },
        ],
      },
    ])
  })

  it('says it in a sentence', async () => {
    const { out } = await same(['p[12].txt', '--model', 'o200k_base'])
    expect(out).toContain('Shared: 3 tokens, then 2 on average (1 to 3).')
    expect((await same(['p1.txt', 'other.txt', '--model', 'o200k_base'])).out).toContain('Shared: nothing.')
  })

  it('is an estimate where the tokenizer is one: 1.10 × 3 tokens, from 0.95 to 1.25', async () => {
    const { out } = await same(['p1.txt', 'p2.txt', '--model', 'gemini', '--json'])
    expect(JSON.parse(out)).toMatchObject({ exact: false, shared: { low: 2, high: 4 }, shared_estimate: 3 })
  })

  it.each([
    { argv: ['p1.txt'], says: 'there is only one' },
    { argv: ['p1.txt', './p1.txt'], says: 'there is only one' },
    { argv: ['p1.txt', 'p2.txt', '--values', 'v.yaml'], says: 'text files alone' },
  ])('$argv is refused: $says', async ({ argv, says }) => {
    const { code, err } = await same([...argv, '--model', 'o200k_base'])
    expect([code, err]).toEqual([2, expect.stringContaining(says)])
  })
})
