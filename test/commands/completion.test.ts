import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/commands/index.ts'
import { FACTS } from '../../src/model/book/choices.ts'
import { SCHEMA_NAMES } from '../../src/model/result/schema-names.ts'
import { dsprice, repository } from '../fake-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the scripts are answered for a line whose last word is at the cursor. */
const ask = async (words: readonly string[], cwd = repository) => {
  const { code, out, err } = await dsprice(['completion', 'zsh', '--words', '--', ...words], cwd)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const [first = '', ...lines] = out.trimEnd().split('\n')
  const [how, head] = out.startsWith('\n') ? [] : first.trimEnd().split('\t')
  return { how, head: head ?? '', words: lines.map(line => line.split('\t')[0] ?? ''), lines }
}

const built = COMMANDS.filter(({ load }) => load !== null).map(({ name }) => name)

describe('the words that fit', () => {
  it.each<{ it: string; typed: string[]; words: readonly string[]; how?: string; head?: string }>([
    { it: 'commands that are built', typed: [''], words: [...built, 'help'] },
    { it: 'a command that is begun', typed: ['compl'], words: ['completion'] },
    { it: 'commands to ask help of', typed: ['help', ''], words: built },
    {
      it: 'subcommands',
      typed: ['prices', ''],
      words: ['list', 'show', 'add', 'import', 'lint', 'diff', 'age', 'gpus', 'throughput', 'help'],
    },
    {
      it: 'catalogues to import',
      typed: ['prices', 'import', ''],
      words: ['litellm', 'genai-prices', 'models.dev', 'openrouter', 'pi-ai'],
    },
    { it: 'the program’s own flags', typed: ['--'], words: ['--version', '--help'] },
    { it: 'an argument’s choices', typed: ['schema', ''], words: SCHEMA_NAMES },
    { it: 'shells', typed: ['completion', ''], words: ['bash', 'zsh', 'fish'] },
    { it: 'flags, where nothing else fits', typed: ['schema', 'result', ''], words: ['--json', '--output', '--help'] },
    { it: 'a flag’s choices', typed: ['estimate', '--color', 'a'], words: ['auto', 'always'] },
    { it: 'choices of a short flag', typed: ['estimate', '-f', 'js'], words: ['json'] },
    { it: 'choices behind =', typed: ['estimate', '--format=js'], words: ['json'], head: '--format=' },
    { it: 'views', typed: ['compare', '--view', 'batch_'], words: ['batch_cached'] },
    { it: 'facts', typed: ['compare', '--require', ''], words: FACTS, how: 'nospace' },
    { it: 'the facts left', typed: ['compare', '--require', 'zdr,so'], words: ['soc2'], how: 'nospace', head: 'zdr,' },
    { it: 'a model', typed: ['tokens', '--model', 'claude-opus-5.'], words: ['claude-opus-5.5'] },
    { it: 'an alias', typed: ['prices', 'show', 'gpt-5.5-2026'], words: ['gpt-5.5-2026-04-23'] },
    { it: 'a model of a host', typed: ['prices', 'list', 'avian/deepseek-'], words: ['avian/deepseek-v4-pro-0813'] },
    {
      it: 'the next model of a list',
      typed: ['compare', '--models=o3-pro,o3'],
      words: ['o3', 'o3-2025-04-16'],
      how: 'nospace',
      head: '--models=o3-pro,',
    },
    {
      it: 'no model that an alias has named',
      typed: ['compare', '--models', 'o3-2025-04-16,o3'],
      words: ['o3-pro'],
      how: 'nospace',
      head: 'o3-2025-04-16,',
    },
    {
      it: 'models of the book that the line names',
      typed: ['compare', '--pricing', '2026-05-15', '--models', 'deepseek-r'],
      words: ['deepseek-r1'],
      how: 'nospace',
    },
    { it: 'a key', typed: ['estimate', '--set', 'request.turns'], words: ['request.turns='], how: 'nospace' },
    {
      it: 'a key’s long form, once it is begun',
      typed: ['estimate', '--set', 'cache'],
      words: [
        'cache=',
        'cache.policy=',
        'cache.ttl=',
        'cache.hit_share=',
        'cache.marks=',
        'cache.read=',
        'cache.write=',
        'cache.write_1h=',
      ],
      how: 'nospace',
    },
    {
      it: 'a key’s choices',
      typed: ['compare', '--set=cache='],
      words: ['prefix', 'none', 'ideal'],
      head: '--set=cache=',
    },
    {
      it: 'yes and no',
      typed: ['estimate', '--set', 'request.history='],
      words: ['true', 'false'],
      head: 'request.history=',
    },
    { it: 'a score’s model', typed: ['route', '--quality', 'o3-p'], words: ['o3-pro='], how: 'nospace' },
    { it: 'a score itself not', typed: ['route', '--quality', 'o3-pro='], words: [] },
    { it: 'a key’s model', typed: ['estimate', '--set', 'model=o3-p'], words: ['o3-pro'], head: 'model=' },
    {
      it: 'a key’s book',
      typed: ['estimate', '--set', 'pricing=2026-05'],
      words: ['2026-05-15'],
      how: 'files *.json *.yaml *.yml',
      head: 'pricing=',
    },
    {
      it: 'books',
      typed: ['prices', 'diff', '2026-05-15', '2'],
      words: ['2026-05-15', '2026-11-23'],
      how: 'files *.json *.yaml *.yml',
    },
    { it: 'scenarios', typed: ['estimate', 'a.yaml', 'b'], words: [], how: 'files *.yaml *.yml *.json' },
    { it: 'results', typed: ['render', ''], words: [], how: 'files *.json' },
    { it: 'any file', typed: ['estimate', '--output=re'], words: [], how: 'files *', head: '--output=' },
    { it: 'any file after a short flag', typed: ['compare', '-o', ''], words: [], how: 'files *' },
    { it: 'files after --', typed: ['tokens', '--', '--f'], words: [], how: 'files *' },
  ])('$it: $typed', async ({ typed, words, how = 'space', head = '' }) => {
    const answer = await ask(typed)
    expect({ how: answer.how, head: answer.head, words: answer.words }).toEqual({ how, head, words })
  })

  it('has every key of the scenario, with what the schema says of it', async () => {
    const { lines, words } = await ask(['estimate', '--set', ''])
    expect(words).toEqual(
      expect.arrayContaining(['name=', 'model=', 'tags.', 'request.turns=', 'totals.input=', 'cache=']),
    )
    expect(words.filter(word => !/[=.]$/.test(word))).toEqual([])
    expect(lines).toContain('request.turns=\tCalls per request')
  })

  it('offers a flag once, but a repeatable one again', async () => {
    const { words } = await ask(['estimate', '--format=json', '-o', 'x', '--set', 'a=1', '--quiet', '--'])
    expect(words).toContain('--set')
    expect(words).toContain('--pricing')
    for (const given of ['--format', '--output', '--quiet']) expect(words).not.toContain(given)
  })

  it('takes models from a file of one’s own, and from the newest book where the file is broken', async () => {
    const sources = { own: { title: 'Our contract', where: 'on paper', retrieved: '2026-11-01', grade: 'own' } }
    const prices = [{ from: '2026-11-01', input: '4', cache_read: '0.4', output: '24', source: 'own', grade: 'own' }]
    const unknown = { context: null, max_output: null, tokenizer: null }
    const model = { id: 'my-model', provider: 'openai', aliases: [], ...unknown, prices }
    const layer = { schema: 'dsprice/pricing/1', sources, models: [model] }
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(layer))
    writeFileSync(join(folder, 'broken.json'), '{"models": [')
    const models = async (book: string) => (await ask(['tokens', '--pricing', book, '--model', 'my'], folder)).words
    expect(await models('mine.json')).toEqual(['my-model'])
    for (const book of ['broken.json', 'none.json', '2020-01-01', '.', '']) {
      expect((await ask(['tokens', '--pricing', book, '--model', 'o3-pr'], folder)).words).toEqual(['o3-pro'])
    }
  })
})

it.each([
  [[]],
  [['nonsense', '']],
  [['gateway', '']],
  [['estimate', '--nonsense=']],
  [['estimate', '--quiet=']],
  [['estimate', '--at', '']],
  [['estimate', '--set', 'no.such.key=']],
  [['estimate', '--set', '__proto__=']],
  [['compare', '--models', ',,nonsense']],
  [['prices', 'nonsense', '']],
  [['help', 'prices', '']],
])('has nothing to say, and no complaint, for %j', async words => {
  expect((await ask(words)).words).toEqual(words.length === 0 ? expect.arrayContaining(built) : [])
})

describe('the scripts', () => {
  it.each(['bash', 'zsh', 'fish'])('%s gets its own', async shell => {
    const { code, out } = await dsprice(['completion', shell])
    expect(code).toBe(0)
    expect(out).toContain(`dsprice completion ${shell} --words`)
  })

  it('are for three shells, one at a time', async () => {
    expect((await dsprice(['completion', 'tcsh'])).code).toBe(2)
    expect((await dsprice(['completion', 'bash', 'zsh'])).err).toContain('too many arguments')
    expect((await dsprice(['completion'])).code).toBe(2)
  })
})
