import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFile } from '../../src/disk/write-file.ts'
import { dsprice, repository } from '../fake-io.ts'
import { initTrial, TOOLS } from '../init-trial.ts'

let trial: ReturnType<typeof initTrial>
beforeEach(() => {
  trial = initTrial()
})
afterEach(() => trial.remove())

describe('names', () => {
  const odd = [
    "it's",
    'a b',
    '#x',
    '- y',
    'k: v',
    '[z] {1,2}',
    '(n)!',
    '*',
    'a?b',
    '"q"',
    '!neg',
    '@at',
    'é 中文',
    'a\\b',
    'new\nline',
  ]
  it.each(odd)('a folder %j', async name => {
    trial.lay({
      [`${name}/prompts/system.md`]: 'S',
      [`${name}/prompts/tools.json`]: TOOLS,
      [`${name}/prompts/users/1.txt`]: 'One',
      [`${name}/prompts/users/2.txt`]: 'Two',
    })
    const { code } = await trial.init()
    expect(code).toBe(0)
    if (name.includes('\n')) return // it runs, but such a folder is not looked into
    const { shared, turn } = trial.read().request
    expect(shared).toEqual([{ file: `${name}/prompts/system.md` }, { tools: `${name}/prompts/tools.json` }])
    expect(turn).toHaveProperty('files')
  })

  it('a line break in a folder cannot break a line of the scenario', async () => {
    trial.lay({ 'new\nmodel: o3/prompts/system.md': 'S', 'new\nmodel: o3/prompts/b.system.md': 'S' })
    expect((await trial.init('new\nmodel: o3', '--agent', 'new-model-o3', '-o', 'scenario.yaml')).code).toBe(0)
    expect(trial.read()).toMatchObject({
      name: 'new-model-o3',
      model: 'deepseek-v4-pro',
      request: { shared: [{ file: 'new\nmodel: o3/prompts/system.md' }] },
    })
  })

  it.each([
    ['Support Bot (v2)', 'support-bot-v2'],
    ['123', '123'],
    ['null', 'null'],
    ['---', 'my-workload'],
    ['Größe', 'größe'],
  ])('a scenario in %s is called %s, as text', async (given, name) => {
    mkdirSync(join(trial.folder, given))
    const { code } = await trial.init(`./${given}`, '-o', 'scenario.yaml')
    expect([code, trial.read().name]).toEqual([0, name])
  })

  it('the next command is quoted for a shell, from where one stands', async () => {
    mkdirSync(join(trial.folder, "it's here"))
    const { out } = await dsprice(['init', join(trial.folder, "it's here")], trial.folder)
    expect(out.split('\n').at(-2)).toBe("  dsprice estimate 'it'\\''s here/scenario.yaml'")
  })

  it('the next command in the file is the one that one types where init ran', async () => {
    mkdirSync(join(trial.folder, 'support'))
    const { out } = await dsprice(['init', 'support'], trial.folder)
    const next = '  dsprice estimate support/scenario.yaml'
    expect(out.split('\n').at(-2)).toBe(next)
    expect(readFileSync(join(trial.folder, 'support/scenario.yaml'), 'utf8').split('\n')[2]).toBe(`# ${next}`)
    expect((await dsprice(next.trim().split(' ').slice(1), trial.folder)).code).toBe(0)
  })

  it('no path of this machine is written', async () => {
    trial.lay({ 'prompts/system.md': 'S', 'prompts/users/a.txt': 'A', 'prompts/users/b.txt': 'B' })
    await dsprice(['init', trial.folder], repository)
    expect(readFileSync(join(trial.folder, 'scenario.yaml'), 'utf8')).not.toContain(dirname(trial.folder))
    expect(trial.read().request.turn).toEqual({ files: 'prompts/users/*.txt' })
  })
})

describe('the schema line', () => {
  const line = (text: string): string => text.split('\n')[0] ?? ''

  it('leads to the schema inside the sources of dsprice', async () => {
    const { out } = await dsprice(['init', '.', '-o', '-'], join(repository, 'scenarios/support-bot'))
    const [, path = ''] = /^# yaml-language-server: \$schema=(.+)$/.exec(line(out)) ?? []
    expect(path).toBe('../../schema/scenario.schema.json')
    expect(existsSync(join(repository, 'scenarios/support-bot', path))).toBe(true)
  })

  it.each([
    {
      it: 'the one installed above',
      files: ['node_modules/dsprice/schema/scenario.schema.json'],
      path: '../../node_modules/dsprice/schema/scenario.schema.json',
    },
    {
      it: 'where it will be, beside package.json',
      files: ['package.json'],
      path: '../../node_modules/dsprice/schema/scenario.schema.json',
    },
    { it: 'where it will be, without a package', files: [], path: 'node_modules/dsprice/schema/scenario.schema.json' },
  ])('names $it', async ({ files, path }) => {
    trial.lay(Object.fromEntries(files.map(file => [file, '{}'])))
    mkdirSync(join(trial.folder, 'a/b'), { recursive: true })
    await dsprice(['init', 'a/b'], trial.folder)
    expect(line(readFileSync(join(trial.folder, 'a/b/scenario.yaml'), 'utf8'))).toBe(
      `# yaml-language-server: $schema=${path}`,
    )
  })
})

describe('what is written', () => {
  it('never replaces a file, a folder or a link to nowhere', async () => {
    trial.lay({ 'scenario.yaml': 'mine', 'a/b': '' })
    symlinkSync('nowhere', join(trial.folder, 'link.yaml'))
    for (const target of ['scenario.yaml', 'a', 'link.yaml']) {
      const { code, out, err } = await dsprice(['init', '-o', target], trial.folder)
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain(`error FILE_EXISTS\n  "${target}" already exists, and is never overwritten\n`)
    }
    expect(readFileSync(join(trial.folder, 'scenario.yaml'), 'utf8')).toBe('mine')
    expect(readdirSync(trial.folder).sort()).toEqual(['a', 'link.yaml', 'scenario.yaml'])
    expect((await dsprice(['init'], trial.folder)).err).toContain('fix: write -o scenario-2.yaml, or - for stdout\n')
  })

  it('of many at once exactly one wins, and its file is whole', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, async () => (await dsprice(['init'], trial.folder)).code))
    expect(codes.sort()).toEqual([0, 2, 2, 2, 2, 2, 2, 2])
    expect(readdirSync(trial.folder)).toEqual(['scenario.yaml'])
    const file = join(trial.folder, 'one')
    const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
    const tried = await Promise.allSettled(texts.map(text => createFile(file, text)))
    const won = tried.flatMap(({ status }, i) => (status === 'fulfilled' ? [texts[i]] : []))
    expect(won).toEqual([readFileSync(file, 'utf8')])
  })

  it('-o - is stdout alone, and writes nothing', async () => {
    trial.lay({ 'prompts/system.md': 'S' })
    const { out, err } = await trial.init('-o', '-')
    expect(out).toMatch(/^# yaml-language-server[\s\S]*[^\n]\n$/)
    expect([err, readdirSync(trial.folder)]).toEqual(['', ['prompts']])
  })

  it('-o elsewhere has its paths from there', async () => {
    trial.lay({ 'prompts/system.md': 'S', 'deep/er/x': '' })
    await dsprice(['init', '-o', 'deep/er/s.yaml'], trial.folder)
    expect(trial.read('deep/er/s.yaml').request.shared).toEqual([{ file: '../../prompts/system.md' }])
    expect(await dsprice(['estimate', 'deep/er/s.yaml'], trial.folder)).toMatchObject({ code: 0, err: '' })
  })

  it('--json says the same to programs', async () => {
    trial.lay({ 'system.md': 'S', 'users/a.txt': 'A', 'users/b.txt': '' })
    const { out } = await trial.init('--json', '--quiet')
    const found = {
      ...{ system: 'system.md', tools: null, few_shot: null, samples: ['users/a.txt'] },
      ...{ messages: null, documents: null, begin_alike: null, others: [] },
    }
    expect(JSON.parse(out)).toEqual({
      schema: 'dsprice/init/1',
      file: 'scenario.yaml',
      found,
      scenarios: [{ name: 'bot', file: 'scenario.yaml', found }],
      beside: [],
      more: 0,
      left_out: [{ file: 'users/b.txt', why: '"users/b.txt" is empty' }],
      next: 'dsprice estimate scenario.yaml',
    })
  })

  it.skipIf(process.getuid?.() === 0)('refuses a folder it may not write (skipped for root, who may)', async () => {
    chmodSync(trial.folder, 0o500)
    const { code, err } = await dsprice(['init'], trial.folder)
    expect([code, err.split('\n')[0]]).toEqual([2, 'error NOT_WRITABLE'])
  })
})

describe('a call that is wrong', () => {
  it.each([
    { it: 'an unknown model', argv: ['--model', 'deepseek-v4-prp'], code: 3, said: 'UNKNOWN_MODEL' },
    { it: 'a model whose tokens are not known', argv: ['--model', 'deepseek-coder'], code: 3, said: 'NO_TOKENIZER' },
    { it: 'a model without a price today', argv: ['--model', 'deepseek-reasoner'], code: 3, said: 'NO_PRICE_AT' },
    { it: 'a folder that is not there', argv: ['nowhere'], code: 2, said: 'NO_FOLDER' },
    { it: 'a file', argv: ['system.md'], code: 2, said: 'NO_FOLDER' },
    { it: 'an empty file', argv: ['system.md/x'], code: 2, said: 'NO_FOLDER' },
    { it: 'a target in no folder', argv: ['-o', 'nowhere/s.yaml'], code: 2, said: 'NOT_WRITABLE' },
    { it: 'both on stdout', argv: ['--json', '-o', '-'], code: 2, said: 'USAGE' },
  ])('$it: $said, and nothing is written', async ({ argv, code, said }) => {
    trial.lay({ 'system.md': 'S' })
    const ran = await dsprice(['init', ...argv], trial.folder)
    expect(ran).toMatchObject({ code, out: '' })
    expect(ran.err).toContain(said)
    expect(readdirSync(trial.folder)).toEqual(['system.md'])
  })

  it('a model whose tokens are not known will do where there is no text', async () => {
    const ran = await dsprice(['init', '--model', 'kimi-k3'], trial.folder, { newer: true })
    expect(ran).toMatchObject({ code: 0, err: '' })
  })
})
