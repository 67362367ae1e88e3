import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))

const estimate = async (text: string | Uint8Array, ...flags: string[]) => {
  writeFileSync(join(folder, 's.yaml'), text)
  const before = performance.now()
  const ran = await dsprice(['estimate', 's.yaml', ...flags], folder)
  return { ...ran, seconds: (performance.now() - before) / 1000 }
}

const WORK = 'name: a\nmodel: o3\nrequest: {turn: 5}\n'

// None is a stack trace (exit 4), and none hangs.
describe('a clear answer to', () => {
  it.each([
    { it: 'a file over 1 MB', text: `${WORK}description: ${'a'.repeat(2 ** 20)}\n`, code: 2, says: 'TOO_LARGE' },
    { it: '10 MB of YAML', text: 'a: 1\n'.repeat(2_200_000), code: 2, says: 'TOO_LARGE' },
    { it: '20,000 duplicate keys', text: 'a: 1\n'.repeat(20_000), code: 2, says: 'SYNTAX' },
    { it: '1 MB in one line', text: `name: ${'a'.repeat(900_000)}\nmodel: [\n`, code: 2, says: 'SYNTAX' },
    {
      it: 'random bytes',
      text: Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251),
      code: 2,
      says: 'NOT_TEXT',
    },
    { it: 'a picture', text: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a), code: 2, says: 'NOT_TEXT' },
    { it: 'JSON cut short', text: '{"name": "a", "model"', code: 2, says: 'SYNTAX' },
    { it: 'a merge key', text: `${WORK}<<: {name: b}\n`, code: 2, says: 'UNKNOWN_KEY' },
    { it: 'a tag that YAML does not know', text: `${WORK}tags: !!js/function "x"\n`, code: 2, says: 'SYNTAX' },
    { it: 'a key that is a map', text: '? {a: 1}\n: 2\n', code: 2, says: 'SYNTAX' },
    { it: '__proto__ as a key', text: `${WORK}__proto__: {a: 1}\n`, code: 2, says: 'UNKNOWN_KEY' },
    { it: 'a number beyond all', text: `${WORK.replace('5', '1e999')}`, code: 2, says: 'INVALID' },
    { it: 'an infinity', text: WORK.replace('5', '.inf'), code: 2, says: 'INVALID' },
    { it: 'not a number', text: WORK.replace('5', '.nan'), code: 2, says: 'INVALID' },
    { it: 'half a token', text: WORK.replace('5', '0.5'), code: 2, says: 'INVALID' },
    { it: 'a hexadecimal number', text: WORK.replace('5', '0x10'), code: 0, says: '' },
  ])('$it', async ({ text, code, says }) => {
    const ran = await estimate(text)
    expect(ran.code).toBe(code)
    expect(ran.err).toContain(says)
    expect(ran.seconds).toBeLessThan(30)
  })

  it.each([10, 500, 1000, 2000, 20_000])('values nested %i deep', async depth => {
    for (const body of [`${'['.repeat(depth)}${']'.repeat(depth)}`, `${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`]) {
      expect((await estimate(`${WORK}tags: ${body}\n`)).code).toBe(2)
      expect((await estimate(`${WORK}x: ${body}\n`)).code).toBe(2)
    }
  })

  it('thousands of unknown keys, in less than 100 KB', async () => {
    const { code, err } = await estimate(Array.from({ length: 1000 }, (_, i) => `key${i}: 1`).join('\n'))
    expect(code).toBe(2)
    expect(err.length).toBeLessThan(100_000)
  })

  it('more combinations of samples than can be worked through', async () => {
    mkdirSync(join(folder, 'many'), { recursive: true })
    for (let i = 1; i <= 11; i++) writeFileSync(join(folder, `many/${i}.txt`), 'hello '.repeat(i))
    const { code, err, seconds } = await estimate(
      'name: a\nmodel: o3\nrequest: {turn: {files: "many/*"}, turns: 100K}\n',
    )
    expect([code, err.split('\n')[0]]).toEqual([2, 'error TOO_MANY_SAMPLES s.yaml:3:10 request'])
    expect(seconds).toBeLessThan(30)
  })

  it('the largest conversation there is, or refuses it', async () => {
    const { code, seconds } = await estimate(
      'name: a\nmodel: gpt-5.5\nrequest: {turn: 1M, turns: 100K, history: true, output: 1M}\n',
    )
    expect([0, 2]).toContain(code)
    expect(seconds).toBeLessThan(30)
  })
})

describe('many scenarios', () => {
  it('are answered together', async () => {
    mkdirSync(join(folder, 'agents'), { recursive: true })
    const one = readFileSync(join(repository, 'scenarios/coding-agent.yaml'))
    for (let i = 0; i < 50; i++) writeFileSync(join(folder, `agents/${i}.yaml`), one)
    const { code, out } = await dsprice(['estimate', 'agents', '--json', '--quiet'], folder)
    expect(code).toBe(0)
    // 50 × 3.5496
    expect(JSON.parse(out)).toMatchObject({ totals: { run: { scenarios: 50, costs: { headline: '177.48' } } } })
  })

  it('of different books cannot be priced in one run', async () => {
    const { code, err } = await dsprice(['estimate', 'scenarios/chat.yaml', 'scenarios/market-today.yaml'], repository)
    expect(code).toBe(2)
    expect(err).toContain('error MIXED_BOOKS')
  })
})

describe('text from a file that reaches a terminal', () => {
  // A name such as "\e[2J" clears the screen of whoever reads the report of a pull request.
  it('carries no control characters: they are a fault', async () => {
    const { code, out, err } = await estimate('name: "evil \\e[31mred"\nmodel: o3\nrequest: {turn: 5}\n')
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('error INVALID s.yaml:1:7 name')
    expect(err).not.toContain('\x1b')
  })
})

describe('every fault of a file at once', () => {
  it('name and model both missing', async () => {
    const { err } = await estimate('request: {turn: 5}\n')
    expect(err.match(/MISSING_KEY/g)).toHaveLength(2)
  })

  it('a fault of the schema, and request beside totals', async () => {
    const { err } = await estimate('name: 5\nmodel: o3\nrequest: {turn: 5}\ntotals: {input: 1, output: 1}\n')
    expect(err).toContain('ONE_WORKLOAD')
  })

  it('a fault of the schema, and a prompt file that is not there', async () => {
    const { err } = await estimate('name: 5\nmodel: o3\nrequest: {turn: {file: nope}}\n')
    expect(err).toContain('NO_FILE')
  })

  it('in the order of the file, rules over several keys included', async () => {
    const legs = '[{model: o3, share: 90%}]'
    const { err } = await estimate(`name: 5\nrequest: {turn: 5}\nrouting: {legs: ${legs}}\nmodle: o3\n`)
    expect(err).toMatch(/INVALID[\s\S]*SHARES_OFF[\s\S]*UNKNOWN_KEY/)
  })

  it('a book that the scenario names and that is not there, with its place', async () => {
    const { err } = await estimate(`${WORK}pricing: nope\n`)
    expect(err).toContain('s.yaml:4:10')
  })
})

describe('totals', () => {
  // PRODUCT §4: "they are never multiplied by requests".
  it('are the period’s, whatever requests says', async () => {
    const text =
      'name: a\nmodel: o3\nat: 2026-11-23\ntraffic: {requests: 73, per: month}\ntotals: {input: 1M, output: 0}\n'
    const { out } = await estimate(text, '--json', '--quiet')
    // 1M × $2
    expect(JSON.parse(out)).toMatchObject({ scenarios: [{ tokens: { prompt: 1_000_000 }, costs: { headline: '2' } }] })
  })
})
