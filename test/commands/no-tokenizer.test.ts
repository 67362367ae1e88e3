import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { dsprice } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => rmSync(join(folder, 'mine.json'), { force: true }))

const run = (argv: readonly string[]) => dsprice(argv, folder, { catalogue: true, newer: true })
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}

/** The words of a command, as a shell splits it. */
const words = (line: string): string[] => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, a, b]) => a ?? b ?? '')

const own = (model: string, more: readonly string[] = []) =>
  run(['prices', 'add', model, '--input', '2', '--output', '6', '--provider', 'acme', '-o', 'mine.json', ...more])

write('prompt.txt', 'Hello')
const text = (model: string): string => `name: s\nmodel: ${model}\nrequest: {turn: {text: Hello}, output: 10}\n`
const numbers = (model: string): string =>
  `name: s\nmodel: ${model}\nrequest: {turn: 1K, output: 10, tokens_of: gpt-5.5}\n`

interface Case {
  readonly it: string
  readonly argv: readonly string[]
  /** What the user's file has before. */
  readonly before?: () => Promise<unknown>
}

const mine = ['--pricing', 'mine.json']
const cases: readonly Case[] = [
  { it: 'a model of the book', argv: ['estimate', write('book.yaml', text('kimi-k3'))] },
  { it: 'a model of the catalogue', argv: ['estimate', write('catalogue.yaml', text('finch/whistler'))] },
  { it: 'numbers of another model', argv: ['estimate', write('numbers.yaml', numbers('kimi-k3'))] },
  { it: 'files', argv: ['tokens', 'prompt.txt', '--model', 'kimi-k3'] },
  { it: 'a comparison', argv: ['compare', 'book.yaml', '--models', 'kimi-k3'] },
  {
    it: "a model of the user's own, whose price stays",
    argv: ['estimate', write('own.yaml', text('acme-large')), ...mine],
    before: () => own('acme-large'),
  },
  {
    it: "a model of the user's own that names a tokenizer which dsprice does not have",
    argv: ['estimate', 'own.yaml', ...mine],
    before: async () => {
      await own('acme-large')
      write(
        'mine.json',
        readFileSync(join(folder, 'mine.json'), 'utf8').replace('"tokenizer": null', '"tokenizer": "acme"'),
      )
    },
  },
  {
    it: 'a name that a shell would split',
    argv: ['estimate', write('split.yaml', text('acme large; v2')), ...mine],
    before: () => own('acme large; v2'),
  },
]

describe('NO_TOKENIZER says what to write, and that works, with --tokenizer and with --like', () => {
  it.each(cases)('$it', async ({ argv, before = async () => {} }) => {
    for (const [flag, value] of [
      ['--tokenizer', 'o200k_base'],
      ['--like', 'gpt-5.5'],
    ] as const) {
      rmSync(join(folder, 'mine.json'), { force: true })
      await before()
      const refused = await run(argv)
      expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('error NO_TOKENIZER') })
      const [, fix = '', flags = ''] =
        /write dsprice (prices add .+?) \(or --like another model\), and run this with (--pricing \S+)/.exec(
          refused.err,
        ) ?? []
      const typed = words(fix.replace('--tokenizer o200k_base', `${flag} ${value}`))
      expect(await run(typed)).toMatchObject({ code: 0 })
      const again = await run([...argv, ...words(flags)])
      expect({ code: again.code, err: again.code === 0 ? '' : again.err }).toEqual({ code: 0, err: '' })
    }
  })
})
