import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { initTrial, TOOLS } from '../../init-trial.ts'

let trial: ReturnType<typeof initTrial>
beforeEach(() => {
  trial = initTrial()
})
afterEach(() => trial.remove())

describe('what is found', () => {
  it('nothing: plain numbers that are called guesses', async () => {
    expect(await trial.init()).toEqual({
      code: 0,
      out: 'No prompt files found in .: all lengths are guesses to replace.\n\nWrote scenario.yaml. Next:\n  dsprice estimate scenario.yaml\n',
      err: '',
    })
    expect(trial.read()).toMatchObject({
      name: 'bot',
      model: 'deepseek-v4-pro',
      traffic: { requests: 1000, per: 'day', profile: 'office-hours', timezone: 'UTC', weekdays_only: true },
      request: { shared: '2K', turn: 300, output: 400 },
    })
    expect(readdirSync(trial.folder)).toEqual(['scenario.yaml'])
  })

  it('a system prompt, tools and messages in prompts/', async () => {
    trial.lay({
      'prompts/system.md': 'Be kind.',
      'prompts/tools.json': TOOLS,
      'prompts/users/a.txt': 'Hello?',
      'prompts/users/b.txt': 'Where is it?',
      'prompts/README.md': 'About these.',
    })
    const { out } = await trial.init()
    expect(trial.read().request).toMatchObject({
      shared: [{ file: 'prompts/system.md' }, { tools: 'prompts/tools.json' }],
      turn: { files: 'prompts/users/*.txt' },
    })
    expect(out).toBe(
      [
        'Found in .:',
        '  system prompt  prompts/system.md',
        '  tools          prompts/tools.json',
        '  messages       prompts/users/a.txt and 1 more',
        '',
        'Wrote scenario.yaml. Next:',
        '  dsprice estimate scenario.yaml',
        '',
      ].join('\n'),
    )
  })

  it.each([
    {
      it: 'system.md before every other name',
      files: ['system-long.md', 'a.system.md', 'system.md'],
      system: 'system.md',
    },
    { it: 'system* before *.system.md', files: ['a.system.md', 'system-long.txt'], system: 'system-long.txt' },
    {
      it: 'instructions in prompts/ before *.prompt.md',
      files: ['a.prompt.md', 'prompts/bot-instructions.md'],
      system: 'prompts/bot-instructions.md',
    },
    { it: 'no instructions elsewhere', files: ['docs/instructions.md'], system: null },
    { it: 'a prompt by its ending', files: ['src/answer.prompt.txt'], system: 'src/answer.prompt.txt' },
    { it: 'the less deep of two', files: ['a/b/system.md', 'z/system.md'], system: 'z/system.md' },
    { it: 'the first by the alphabet of two as deep', files: ['b/system.md', 'a/system.md'], system: 'a/system.md' },
    { it: 'whatever its case', files: ['System.MD'], system: 'System.MD' },
    { it: 'no prompt deeper than six folders', files: ['1/2/3/4/5/6/7/system.md'], system: null },
    {
      it: 'none of others',
      files: ['node_modules/a/system.md', 'dist/system.md', 'a/build/system.md', 'vendor/system.md'],
      system: null,
    },
    { it: 'none in dot folders', files: ['.git/system.md', '.cache/prompts/system.md'], system: null },
    {
      it: 'no README, CHANGELOG or LICENSE',
      files: ['prompts/README.system.md', 'LICENSE.prompt.md', 'changelog.prompt.md'],
      system: null,
    },
  ])('takes $it', async ({ files, system }) => {
    trial.lay(Object.fromEntries(files.map(file => [file, 'Be kind.'])))
    await trial.init('--quiet')
    expect(trial.read().request.shared).toEqual(system === null ? '2K' : [{ file: system }])
  })

  it('names the prompts that it did not take in a comment', async () => {
    trial.lay({ 'a/system.md': 'A', 'b/system.md': 'B', 'b/tools.json': TOOLS, 'a/tools-extra.json': TOOLS })
    const { out } = await trial.init()
    expect(trial.read().request.shared).toEqual([{ file: 'a/system.md' }, { tools: 'a/tools-extra.json' }])
    expect(readFileSync(join(trial.folder, 'scenario.yaml'), 'utf8')).toMatch(
      /# {3}b\/system\.md\n# {3}b\/tools\.json\n$/,
    )
    expect(out).toContain('  not used       b/system.md and 1 more\n')
  })

  it('the folder of messages beside the system prompt, and .txt before .md', async () => {
    trial.lay({
      'x/prompts/system.md': 'S',
      'x/prompts/cases/a.md': 'A',
      'x/prompts/cases/b.txt': 'B',
      'users/c.txt': 'C',
    })
    await trial.init()
    expect(trial.read().request.turn).toEqual({ file: 'x/prompts/cases/b.txt' })
  })

  it('messages beside a prompt, wherever that is, and none elsewhere', async () => {
    trial.lay({ 'a/bot/system.md': 'S', 'a/bot/users/c.txt': 'C', 'b/users/d.txt': 'D' })
    await trial.init()
    expect(trial.read().request).toMatchObject({
      shared: [{ file: 'a/bot/system.md' }],
      turn: { file: 'a/bot/users/c.txt' },
    })
    expect(readFileSync(join(trial.folder, 'scenario.yaml'), 'utf8')).not.toContain('b/users')
  })

  it('goes into no folder twice, so that no circle of links holds it', async () => {
    trial.lay({ 'prompts/system.md': 'S' })
    symlinkSync('..', join(trial.folder, 'prompts/up'))
    symlinkSync('/nowhere', join(trial.folder, 'prompts/system-2.md'))
    expect((await trial.init()).err).toContain('warning LINK_LEFT prompts/system-2.md')
    expect(trial.read().request.shared).toEqual([{ file: 'prompts/system.md' }])
  })
})

describe('files that cannot be priced', () => {
  it('are left out of the scenario and named on stderr', async () => {
    trial.lay({
      'system.md': ' \n',
      'system.txt': new Uint8Array([65, 0, 66]),
      'a.system.md': new Uint8Array([65, 0xff]),
      'system-2.md': 'x'.repeat(20 * 2 ** 20),
      'system-3.md': 'Be kind.',
      'tools.json': '{"a": 1',
      'tools-none.json': '[]',
      'functions.json': '[{"name": "anthropic"}]',
      'users/good.txt': 'Hello?',
      'users/bad.txt': new Uint8Array([0xc3, 0x28]),
      'users/empty.txt': '',
      'users/also good, {1}.txt': 'Hi.',
    })
    const { code, err } = await trial.init()
    expect(code).toBe(0)
    expect(trial.read().request).toMatchObject({
      shared: [{ file: 'system-3.md' }],
      turn: { files: 'users/{also good\\, \\{1\\}.txt,good.txt}' },
    })
    const named = [...err.matchAll(/^warning LEFT_OUT (.*?)(?::\d+:\d+)?$/gm)].map(([, name = '']) => name)
    expect(named.sort()).toEqual(
      [
        'a.system.md',
        'functions.json',
        'system-2.md',
        'system.md',
        'system.txt',
        'tools-none.json',
        'tools.json',
        'users/bad.txt',
        'users/empty.txt',
      ].sort(),
    )
    expect(err).toContain('has 20971520 bytes')
  })

  it('a run that no tokenizer counts in time is left out as well', async () => {
    trial.lay({ 'system.md': 'a'.repeat(400_000) })
    expect((await trial.init()).err).toContain('an unbroken run of 400000 characters')
    expect(trial.read().request.shared).toBe('2K')
  })

  it('under --strict they are errors, and nothing is written; under --quiet nothing is said', async () => {
    trial.lay({ 'system.md': '' })
    expect(await trial.init('--strict')).toMatchObject({ code: 2, out: '' })
    expect(readdirSync(trial.folder)).toEqual(['system.md'])
    expect(await trial.init('--quiet')).toMatchObject({ code: 0, err: '' })
  })
})
