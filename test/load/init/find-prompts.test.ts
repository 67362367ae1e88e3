import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dsprice } from '../../fake-io.ts'
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
      out: [
        'No prompt files found in .: all lengths are guesses to replace.',
        '',
        'Wrote scenario.yaml.',
        'Next, answer the lines marked "guess", and type',
        '  dsprice estimate scenario.yaml',
        '',
      ].join('\n'),
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
        'Wrote scenario.yaml.',
        'Next, answer the lines marked "guess", and type',
        '  dsprice estimate scenario.yaml',
        '',
      ].join('\n'),
    )
  })

  it.each([
    {
      it: 'system.md before every other name',
      files: ['system-long.md', 'system-short.md', 'system.md'],
      system: 'system.md',
    },
    { it: 'one of its own by its beginning', files: ['system-long.txt'], system: 'system-long.txt' },
    { it: 'one by its ending', files: ['a.system.md'], system: 'a.system.md' },
    {
      it: 'instructions in prompts/',
      files: ['prompts/bot-instructions.md'],
      system: 'prompts/bot-instructions.md',
    },
    { it: 'no instructions elsewhere', files: ['docs/instructions.md'], system: null },
    { it: 'a prompt by its ending', files: ['src/answer.prompt.txt'], system: 'src/answer.prompt.txt' },
    { it: 'any text in prompts/', files: ['prompts/support.md'], system: 'prompts/support.md' },
    { it: 'any text in agents/', files: ['agents/support.txt'], system: 'agents/support.txt' },
    { it: 'the less deep of two AGENTS.md', files: ['a/AGENTS.md', 'AGENTS.md'], system: 'AGENTS.md' },
    { it: 'AGENTS.md before CLAUDE.md', files: ['CLAUDE.md', 'AGENTS.md'], system: 'AGENTS.md' },
    { it: 'no message to fill in', files: ['prompts/user.md', 'prompts/user.prompt.md'], system: null },
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
    trial.lay({ 'a/system.md': 'A', 'a/system-long.md': 'B', 'b/tools.json': TOOLS, 'a/tools-extra.json': TOOLS })
    const { out } = await trial.init()
    expect(trial.read().request.shared).toEqual([{ file: 'a/system.md' }, { tools: 'a/tools-extra.json' }])
    expect(readFileSync(join(trial.folder, 'scenario.yaml'), 'utf8')).toMatch(
      /# {3}a\/system-long\.md\n# {3}b\/tools\.json\n$/,
    )
    expect(out).toContain('  not used       a/system-long.md and 1 more\n')
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

  it('under --strict they are errors, and nothing is written; under --quiet nothing is said', async () => {
    trial.lay({ 'system.md': '' })
    expect(await trial.init('--strict')).toMatchObject({ code: 2, out: '' })
    expect(readdirSync(trial.folder)).toEqual(['system.md'])
    expect(await trial.init('--quiet')).toMatchObject({ code: 0, err: '' })
  })
})

describe('agents apart', () => {
  const TWO = { 'agents/support/system.md': 'Be kind.', 'agents/triage/system.md': 'Sort tickets.' }

  it('each has its own files; what lies above is for all', async () => {
    trial.lay({
      ...TWO,
      'agents/support/tools.json': TOOLS,
      'agents/triage/users/a.txt': 'Hi',
      'kb/a.md': 'A',
      'kb/b.md': 'B',
    })
    const { out } = await trial.init()
    expect(readdirSync(trial.folder).filter(name => name.endsWith('.yaml'))).toEqual([
      'scenario-support.yaml',
      'scenario-triage.yaml',
    ])
    const [support, triage] = [trial.read('scenario-support.yaml'), trial.read('scenario-triage.yaml')]
    expect(support).toMatchObject({
      name: 'support',
      request: { shared: [{ file: 'agents/support/system.md' }, { tools: 'agents/support/tools.json' }], turn: 300 },
    })
    expect(triage).toMatchObject({
      name: 'triage',
      request: { shared: [{ file: 'agents/triage/system.md' }], turn: { file: 'agents/triage/users/a.txt' } },
    })
    expect([support.request.context, triage.request.context]).toEqual(['2K', '2K'])
    expect(out).toContain('Found 2 agents in ., and wrote a scenario for each:\n')
    expect(out).toContain('  dsprice estimate scenario-support.yaml scenario-triage.yaml\n')
  })

  it('of one folder are told apart by their names, and so are their files', async () => {
    trial.lay({
      'prompts/a.system.md': 'A',
      'prompts/b.system.md': 'B',
      'prompts/b-tools.json': TOOLS,
      'prompts/user.md': 'U',
    })
    await trial.init()
    expect(trial.read('scenario-a.yaml').request.shared).toEqual([{ file: 'prompts/a.system.md' }])
    expect(trial.read('scenario-b.yaml').request.shared).toEqual([
      { file: 'prompts/b.system.md' },
      { tools: 'prompts/b-tools.json' },
    ])
  })

  it('of one name get different ones', async () => {
    trial.lay({ 'a/prompts/system.md': 'A', 'b/a/system.md': 'B', 'c/agents/a.agent.md': 'C' })
    await trial.init()
    expect(readdirSync(trial.folder).filter(name => name.endsWith('.yaml'))).toEqual([
      'scenario-a.yaml',
      'scenario-b-a.yaml',
      'scenario-c-a.yaml',
    ])
  })

  it('one alone is chosen by its name; -o takes no more than one', async () => {
    trial.lay(TWO)
    expect((await trial.init('--agent', 'triage', '-o', '-')).out).toContain('file: agents/triage/system.md')
    const several = await trial.init('-o', 'one.yaml')
    expect(several).toMatchObject({ code: 2, out: '' })
    expect(several.err).toContain('there are 2 agents here, and -o names one file: support, triage\n')
    expect((await trial.init('--agent', 'nobody')).err).toContain('fix: write --agent support, or triage\n')
    expect(readdirSync(trial.folder)).toEqual(['agents'])
  })

  it('none is written if one of the files is there', async () => {
    trial.lay({ ...TWO, 'scenario-triage.yaml': 'mine' })
    const { code, err } = await trial.init()
    expect([code, readdirSync(trial.folder).sort()]).toEqual([2, ['agents', 'scenario-triage.yaml']])
    expect(err).toContain('fix: take it away, or write others with --agent support\n')
    await dsprice(['init', '--agent', 'support'], trial.folder)
    expect(trial.read('scenario-support.yaml').name).toBe('support')
  })

  it('AGENTS.md waits where there are others', async () => {
    trial.lay({ ...TWO, 'AGENTS.md': 'Rules.', 'tools.json': TOOLS })
    expect((await trial.init()).out).toMatch(/\n {2}dsprice init --agent coding-agent\n$/)
    await dsprice(['init', '--agent', 'coding-agent'], trial.folder)
    expect(trial.read('scenario-coding-agent.yaml').request).toMatchObject({
      ...{ shared: [{ file: 'AGENTS.md' }], turns: 20, history: true },
    })
  })

  it('at most twenty get a scenario; the rest are counted', async () => {
    trial.lay(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`prompts/a${100 + i}.system.md`, 'A'])))
    const { out } = await trial.init()
    expect(readdirSync(trial.folder).filter(name => name.endsWith('.yaml'))).toHaveLength(20)
    expect(out).toContain('10 more agents beyond these')
  })
})

describe('what is counted, and what is guessed', () => {
  it('front matter is not sent', async () => {
    trial.lay({ '.github/prompts/kind.prompt.md': '---\nmodel: gpt-5\n---\nBe kind.' })
    await trial.init()
    expect(trial.read().request.shared).toEqual([{ file: '.github/prompts/kind.prompt.md' }])
    // "Be kind." has 3 tokens in DeepSeek's vocabulary: "Be", " kind", ".".
    const { out } = await dsprice(['estimate', 'scenario.yaml', '--explain'], trial.folder)
    expect(out).toContain('shared: 3 tokens in .github/prompts/kind.prompt.md')
  })

  it('tools of any form are named, and what is not counted among them is said', async () => {
    const find = { name: 'find', input_schema: { type: 'object' } }
    trial.lay({ 'system.md': 'S', 'tools.json': JSON.stringify([find]) })
    expect((await trial.init()).err).toBe('')
    expect(trial.read().request.shared).toEqual([{ file: 'system.md' }, { tools: 'tools.json' }])
    trial.lay({ 'tools.json': JSON.stringify([find, { type: 'web_search_20250305', name: 'web_search' }]) })
    const { out } = await dsprice(['init', '-o', '-'], trial.folder)
    expect(out).toContain('tools: tools.json # tool definitions, their tokens counted, without web_search_20250305')
  })

  it('few-shot messages are shared, other conversations are samples', async () => {
    const few = [
      { role: 'user', content: 'Be kind.' },
      { role: 'assistant', content: [{ type: 'text', text: 'Be kind.' }] },
    ]
    const line = JSON.stringify({ messages: [few[0], few[1], few[0]] })
    trial.lay({ 'system.md': 'S', 'few-shot.json': JSON.stringify(few), 'chats.jsonl': `${line}\n${line}\n` })
    const { out } = await trial.init()
    // Twice "Be kind." and a line break: at most 7 tokens; a call brings one message of 3, two of a conversation.
    expect(trial.read().request).toMatchObject({ turn: 3, turns: 2, history: true })
    expect(out).toContain('few-shot       few-shot.json (2 messages, a guess)')
    expect(out).toContain('messages       chats.jsonl (2 conversations, a guess)')
  })

  it('a promptfoo configuration: its prompt up to the first placeholder, its tests as samples', async () => {
    trial.lay({
      'eval/promptfooconfig.yaml':
        'prompts: [file://answer.txt]\ntests:\n  - vars: {question: Be kind.}\n  - vars: {question: Be kind.}\n',
      'eval/answer.txt': 'Be kind. {{question}}',
    })
    await trial.init()
    const { shared, turn } = trial.read().request
    // "Be kind. " before it: 3 tokens and a space.
    expect([shared, turn]).toEqual([[4], 3])
  })

  it('names no file that promptfoo names outside of the folder', async () => {
    trial.lay({ 'sub/promptfooconfig.yaml': 'prompts: [file://../secret.txt]\n', 'secret.txt': 'key' })
    expect((await dsprice(['init', 'sub'], trial.folder)).out).toContain('No prompt files found')
  })
})
