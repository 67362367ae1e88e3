import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../../src/cli.ts'
import { COMMANDS } from '../../src/commands/index.ts'
import { dsprice, fakeIo, type Surroundings } from '../fake-io.ts'
import { BIDI, commandIn, HARMFUL } from '../hostile.ts'
import { hostileBook } from './hostile-book.ts'

/**
 * Every command, in every format, among a stranger's files, with a stranger's words in every flag and argument. Commands,
 * flags, arguments and formats are those that the program lists, so a new one is tested as it comes.
 */

/** What a name may be where controls are refused; without =, which ends a name in a flag. */
const NAME = `::warning::a|\`<img src> http://evil.example www.evil.example @team #1 [a](b) ##[group] %0A $(id) ]]> ${BIDI.join('')}\u200B\u{E0041}`
const WORDS = `=cmd()\u001b[2J\r\n::add-mask::x\n##[group]y\u0085${NAME}\u0007`
/** Paths take no slash. */
const FILE = WORDS.replaceAll('/', '_').slice(0, 150)

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scenario = (name: string): string => `
${JSON.stringify({
  name,
  description: NAME,
  pricing: 'book.json',
  tags: { [NAME]: NAME },
  traffic: { requests: 10, per: 'day' },
  request: { shared: 1000, turn: 100, output: 10 },
  routing: {
    legs: [
      { model: NAME, share: '60%' },
      { model: `${NAME} 2`, share: '40%' },
    ],
  },
  self_host: { model: NAME, gpu: 'h100', nodes: 1, usd_per_hour: 10, capacity: '100M/day' },
  quality: { [NAME]: 1400, [`${NAME} 2`]: 1450 },
  budget: { per_month: 0.01, max_increase: '1%' },
})}`

/** What stands for an argument, by its name on the help page; a name that is not here is given a stranger's words. */
const OPERANDS: Readonly<Record<string, string>> = {
  scenario: `${FILE}.yaml`,
  result: 'result.json',
  base: 'result.json',
  head: 'other.json',
  book: 'book.json',
  a: 'book.json',
  b: 'other-book.json',
  file: `${FILE}.md`,
  folder: FILE,
  log: 'trace.jsonl',
  model: NAME,
  filter: 'warning',
  source: 'calls.jsonl',
  'prices import file': 'catalogue.json',
}

/** What a command does not do without. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  compare: ['--all'],
  sweep: ['--vary', `name=${JSON.stringify(NAME)},b`, '--vary', 'traffic.requests=5,2x'],
  tokens: ['--model', WORDS],
  gateway: ['--at', '2026-06-01T12:00Z', '--map', `${NAME}=openai/x`, '--map', `${NAME} 2=openai/y`],
  init: ['-o', '-'],
  usage: ['--by', `team,${NAME.replaceAll(',', ' ')}`, '--models', WORDS.replaceAll(',', ' ')],
  'prices add': ['--input', '1', '--output', '2', '--provider', NAME, '--source', NAME],
  'prices import': ['--as-of', '2026-06-01'],
}

beforeAll(async () => {
  for (const name of ['deep', FILE]) mkdirSync(join(folder, name))
  const files: Record<string, string> = {
    'book.json': hostileBook([NAME, `${NAME} 2`, WORDS], WORDS),
    'catalogue.json': JSON.stringify({
      [NAME]: { litellm_provider: NAME, mode: 'chat', input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
      [WORDS]: { litellm_provider: WORDS, mode: WORDS },
    }),
    'other-book.json': hostileBook([NAME, `${WORDS} 3`], WORDS).replaceAll('"1"', '"1.5"'),
    [`${FILE}.yaml`]: scenario(NAME),
    'calls.jsonl': [NAME, WORDS, `${NAME} of nobody`]
      .map(model =>
        JSON.stringify({
          at: '2026-06-01T12:00Z',
          model,
          input: 10,
          output: 1,
          team: WORDS,
          stated_usd: '1',
          [WORDS]: NAME,
        }),
      )
      .join('\n'),
    'trace.jsonl': JSON.stringify({ timestamp: 0, input_length: 9, output_length: 1, hash_ids: [], model: NAME }),
    [join('deep', 'broken.yaml')]: JSON.stringify({ name: NAME, [WORDS]: WORDS, request: { [NAME]: WORDS } }),
    [`${FILE}.md`]: 'You are a bot.',
    [join(FILE, `system-${FILE}.md`)]: 'You are a bot.',
    'dsprice.config.yaml': JSON.stringify({ budgets: { [WORDS]: { per_month: 1 } } }),
    'bad.config.yaml': JSON.stringify({ budgets: { [WORDS]: { [WORDS]: WORDS } } }),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  for (const [name, set] of [
    ['result.json', '10'],
    ['other.json', '20'],
  ] as const) {
    const { out } = await dsprice(
      ['estimate', OPERANDS['scenario'] ?? '', '--set', `request.output=${set}`, '--json'],
      folder,
    )
    writeFileSync(join(folder, name), out)
  }
})

/** Commands that have none below them, each with the words that call it. */
const leavesOf = (command: Command, path: readonly string[]): [readonly string[], Command][] =>
  command.commands.length === 0
    ? [[path, command]]
    : command.commands.flatMap(one => leavesOf(one, [...path, one.name()]))

const leaves: [string, Command][] = []
for (const { name, load } of COMMANDS) {
  const command = await load?.(fakeIo(folder))
  if (command)
    leaves.push(...leavesOf(command, [name]).map(([path, leaf]): [string, Command] => [path.join(' '), leaf]))
}

/** How a format is read; what is not here is only looked through. */
const READ: Readonly<Record<string, (text: string) => void>> = {
  json: text => void JSON.parse(text),
  yaml: text => expect(JSON.stringify(parse(text))).toContain(JSON.stringify(NAME).slice(1, -1)),
  junit: text => {
    const parser = new SaxesParser()
    parser.on('error', error => {
      throw error
    })
    parser.write(text).close()
  },
  github: text => {
    for (const line of text.split('\n').slice(0, -1)) expect(line).toMatch(/^::(error|warning|notice) title=/)
  },
  markdown: text => {
    const html = micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
    const allowed =
      /<(?!\/?(?:p|h[23]|ul|li|strong|table|thead|tbody|tr|t[hd](?: align="\w+")?|details|summary)>|!-- dsprice-check -->)/
    expect(html.replace(/<code>.*?<\/code>/gs, '')).not.toMatch(allowed)
  },
  csv: text => {
    const cells = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))[,\n]/g)
    for (const [, quoted, bare = ''] of cells) {
      const cell = quoted ?? bare
      if (!/^-?[\d.]+$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@]./)
    }
  },
}

const runOne = async (argv: readonly string[], format: string, around?: Surroundings): Promise<number> => {
  const { code, out, err } = await dsprice(argv, folder, around)
  for (const text of [out, err]) {
    expect(text).not.toMatch(HARMFUL)
    // No line break of a stranger's is one: what stands behind it begins no line.
    expect(text).not.toMatch(/^\W*(?:u\{3a\}:)?add-mask/m)
  }
  expect(err).toMatch(/^(?:(?:(?:error|warning) [A-Z_]+.*| {2}.*|note: .*|\{"exit":.*)?\n)*$/)
  expect(err.split('\n').filter(commandIn)).toEqual([])
  if (format !== 'github') expect(out.split('\n').filter(commandIn)).toEqual([])
  if (out !== '') READ[format]?.(out)
  return code
}

describe.each(leaves)('%s', (path, command) => {
  const call = [...path.split(' '), ...(MORE[path] ?? [])]
  const given = command.options.some(({ long }) => long === '--pricing') ? ['--pricing', 'book.json'] : []
  const operands = (all: boolean): string[] =>
    command.registeredArguments
      .filter(argument => all || argument.required)
      .map(
        argument =>
          argument.argChoices?.[0] ?? OPERANDS[`${path} ${argument.name()}`] ?? OPERANDS[argument.name()] ?? WORDS,
      )

  it('answers harmlessly in every format', async () => {
    const formats = command.options.find(({ long }) => long === '--format')?.argChoices ?? ['text']
    const json = command.options.some(({ long }) => long === '--json') ? ['json'] : []
    let answered = false
    for (const format of new Set([...formats, ...json])) {
      const asked = format === 'text' ? [] : formats.includes(format) ? ['--format', format] : ['--json']
      const code = await runOne([...call, ...given, ...asked, '--', ...operands(true)], format)
      // Some want no more than they need, such as diff of two results.
      const again = code < 2 ? code : await runOne([...call, ...asked, '--', ...operands(false)], format)
      answered ||= again < 2
    }
    expect(answered).toBe(true)
  })

  it('refuses harmlessly what a stranger would have typed', async () => {
    for (const { flags, long } of command.options.filter(({ required, argChoices }) => required && !argChoices)) {
      const before = flags.includes('git:') ? 'git:' : flags.includes('key=') ? 'request.' : ''
      await runOne([...call, ...given, ...operands(true), `${long}=${before}${WORDS}`], 'text')
    }
    for (const [i] of command.registeredArguments.entries())
      await runOne([...call, ...given, '--', ...operands(true).with(i, WORDS)], 'text')
    await runOne([...call, ...operands(true), `--${WORDS}`], 'text')
    await runOne([...call, ...operands(true), '--json', `--${WORDS}`], 'text')
    await runOne([...call, ...operands(true), '--', WORDS, WORDS, WORDS, WORDS], 'text')
  })
})

it('a command that there is not, help, and files that are broken', async () => {
  for (const argv of [
    [WORDS],
    ['help', WORDS],
    ['prices', WORDS],
    ['estimate', 'deep/broken.yaml'],
    ['estimate', 'deep', '--json'],
    ['check', 'deep', '--config', 'bad.config.yaml'],
    ['check', 'deep', '--strict'],
    ['prices', 'lint', join('deep', 'broken.yaml')],
  ])
    expect(await runOne(argv, 'text')).toBeGreaterThan(1)
})

it('what the environment names', async () => {
  const env = { GITHUB_STEP_SUMMARY: join(folder, 'none', WORDS), GITHUB_WORKSPACE: join(folder, WORDS) }
  expect(await runOne(['check', `${FILE}.yaml`], 'table', { env })).toBe(1)
})

it('an error of our own: what it says, then where it was', async () => {
  const io = fakeIo(folder)
  const fail = (): never => {
    throw new Error(WORDS)
  }
  expect(await run(['schema', 'result'], { ...io, shipped: fail })).toBe(4)
  expect(io.err).not.toMatch(HARMFUL)
  expect(io.err.split('\n').filter(commandIn)).toEqual([])
  expect(io.err).toMatch(/^error BUG\n {2}.*\nError: .*add-mask.*\n(?: {4}at .*\n)+$/)
})
