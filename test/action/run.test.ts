import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { repository } from '../fake-io.ts'
import { type Job, play, type Setting } from './job.ts'
import { bot, clean, git, newFolder, newRepository, playIn, resultOf, standIn, write } from './repo.ts'

// The action as it ships, played in real repositories, with what dist/ holds, which the run of the tests has just built.

afterAll(clean)

const CANNED = { github: '::error title=budget::over\n', markdown: '<!-- dsprice-check -->\n## Cost\n' }

/** The whole action. */
const playAll = (workspace: string, setting: Partial<Setting> = {}): Promise<Job> => {
  const inputs = { scenarios: 'bot.yaml', ...setting.inputs }
  return play({ temp: newFolder(), ...setting, workspace, inputs })
}

describe('the verdict of the job is that of the check', () => {
  it('0: within', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot() })
    const job = await playAll(folder)
    expect(job).toMatchObject({ code: 0, outputs: { 'exit-code': '0', over: 'false' }, ran: { report: 0, Verdict: 0 } })
    // 0.1 × 1.74 + 0.01 × 3.48
    expect(resultOf(job)).toMatchObject({ scenarios: [{ costs: { headline: '0.2088' } }], check: { exit: 0 } })
    expect(job.given['Upload the result']).toMatchObject({ name: 'dsprice-check', path: job.outputs['result'] })
    expect(job.summary).not.toBe('')
  })

  it('1: over, and every report is made all the same', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot('100K') })
    const job = await playAll(folder)
    expect(job).toMatchObject({ code: 1, outputs: { 'exit-code': '1', over: 'true' } })
    expect(job.ran).toMatchObject({ check: 0, report: 0, Comment: 0, 'Upload the result': -1, Verdict: 1 })
    expect(job.log).toMatch(/^::error /m)
  })

  it('0: over a limit that only warns', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot('100K', '{ view: headline, per_period: 0.30, level: warn }') })
    const job = await playIn(folder)
    expect(job).toMatchObject({ code: 0, outputs: { 'exit-code': '0', over: 'false' } })
    const strict = await playIn(folder, { inputs: { strict: 'true' } })
    expect(strict).toMatchObject({ code: 2, outputs: { 'exit-code': '2' } })
  })

  it('2: one scenario is broken; the other is priced, and the result is there', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot(), 'broken.yaml': bot().replace('turn:', 'trun:') })
    const job = await playIn(folder, { inputs: { scenarios: 'bot.yaml\nbroken.yaml\n' } })
    expect(job).toMatchObject({ code: 2, outputs: { 'exit-code': '2', over: 'false' } })
    expect(resultOf(job)).toMatchObject({ scenarios: [{ name: 'bot' }], check: { exit: 2 } })
    expect(job.log).toContain('trun')
  })

  it('3: no price is known', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot().replace('deepseek-v4-pro', 'no-such-model') })
    expect(await playIn(folder)).toMatchObject({ code: 3 })
  })

  it('2: there is nothing to check, and the summary and an annotation say so', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot().replace(/^budget.*\n/m, '') })
    const job = await playIn(folder)
    expect(job).toMatchObject({ code: 2, outputs: { 'exit-code': '2', result: '', over: '' } })
    expect(job.log).toMatch(/^::error title=NO_BUDGET::/m)
    expect(job.summary).toContain('dsprice check could not run (exit 2)')
    expect(job.given).not.toHaveProperty('Upload the result')
  })

  it('4: dsprice is not there', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot() })
    const job = await playIn(folder, { done: {}, inputs: { source: 'local' } })
    expect(job).toMatchObject({ code: 4, outputs: { 'exit-code': '' }, ran: { install: 2, Verdict: 4 } })
    expect(job.ran).not.toHaveProperty('check')
    expect(job.log).toContain('run npm ci in a step before this one')
  })

  it('4: what it ended with is no result', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot() })
    write(join(folder, 'node_modules/dsprice'), { 'package.json': '{}', 'bin/dsprice.js': 'process.exit(0)' })
    const job = await playIn(folder, { done: {}, inputs: { source: 'local' } })
    expect(job).toMatchObject({ code: 4, outputs: { 'exit-code': '4', result: '' } })
  })

  it.each([{ strict: 'yes' }, { 'require-baseline': '1' }, { source: 'latest' }, { comment: 'sometimes' }])(
    'fails on an input that it does not know: %o',
    async inputs => {
      const { folder } = newRepository({ 'bot.yaml': bot() })
      const job = await playAll(folder, { inputs })
      expect(job.code).toBeGreaterThan(0)
      expect(job.log).toMatch(/^::error title=dsprice check::[a-z-]+ must be /m)
    },
  )
})

describe('what comes in is data', () => {
  const HOSTILE = [
    '$(touch pwned).yaml',
    '`touch pwned`.yaml',
    '; touch pwned; .yaml',
    '--help.yaml',
    '-o pwned.yaml',
    '"quoted\' name.yaml',
    '::set-output name=over::no.yaml',
    '*.yaml',
    `$\{{ github.token }}.yaml'`,
  ]

  it('names of files given one a line', async () => {
    const { folder } = newRepository(
      Object.fromEntries(HOSTILE.map((name, i) => [name, bot().replace('bot', `b${i}`)])),
    )
    const job = await playIn(folder, { inputs: { scenarios: HOSTILE.join('\n') } })
    expect(job).toMatchObject({ code: 0, outputs: { 'exit-code': '0' } })
    expect(resultOf(job)).toMatchObject({ scenarios: HOSTILE.map((_, i) => ({ name: `b${i}` })) })
    expect(readdirSync(folder)).not.toContain('pwned')
  })

  it('a glob is expanded by dsprice, with names that a shell would split', async () => {
    const names = ['a b.yaml', 'c\nd.yaml', '-e.yaml', '$(touch pwned).yaml']
    const { folder } = newRepository(
      Object.fromEntries(names.map((name, i) => [`bots/${name}`, bot('100K').replace('bot', `b${i}`)])),
    )
    const job = await playIn(folder, { inputs: { scenarios: 'bots/*.yaml' } })
    expect(job).toMatchObject({ code: 1, outputs: { 'exit-code': '1' } })
    expect((resultOf(job) as { scenarios: unknown[] }).scenarios).toHaveLength(4)
    expect(readdirSync(folder)).not.toContain('pwned')
  })

  it.each([
    ['config', '--help'],
    ['pricing', '--help'],
    ['baseline', '--version'],
    ['baseline', 'git:--output=pwned'],
    ['config', '$(touch pwned)'],
    ['pricing', 'a\n; touch pwned'],
  ])('%s: %j is a value, never a flag or a command', async (name, value) => {
    const { folder } = newRepository({ 'bot.yaml': bot() })
    const job = await playIn(folder, { inputs: { [name]: value } })
    expect(job.code).toBe(2)
    expect(job.log).not.toContain('Usage:')
    expect(readdirSync(folder)).not.toContain('pwned')
  })

  it('text of a pull request gives the runner no commands', async () => {
    const evil = 'x\n::add-mask::secret\n::error::faked\n::set-output name=exit-code::0'
    const { folder } = newRepository({
      'bot.yaml': bot().replace(/^name: bot/, `name: ${JSON.stringify(evil)}\ntrun: 1`),
    })
    standIn(folder, { ...CANNED, table: `${evil}\n`, github: `::error title=a::b\n${evil.replace('faked', 'b')}\n` })
    const job = await playIn(folder, { done: {}, inputs: { source: 'local' } })
    expect(job.code).toBe(2)
    expect(commandsOf(job.log).filter(line => /mask|faked|set-output/.test(line))).toEqual([])
  })

  it('what stderr holds beside the errors is words, whatever it begins with', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot() })
    const lines = [
      'warning OLD a',
      '{"exit": broken.yaml',
      '{"exit":0,"errors":[{"code":"X","what":{},"fix":1}]}',
      '{"exit":2,"errors":[{"code":"NO","exit":2,"what":"a\\n::add-mask::b\\u001b[2J ##[group]","fix":"m","path":"p","at":"q"}]}',
      '{"exit":',
    ]
    const program = `process.stderr.write(${JSON.stringify(`${lines.join('\n')}\n`)}); process.exitCode = 2`
    write(join(folder, 'node_modules/dsprice'), { 'package.json': '{}', 'bin/dsprice.js': program })
    const job = await playIn(folder, { done: {}, inputs: { source: 'local' } })
    expect(job).toMatchObject({ code: 2, outputs: { 'exit-code': '2', result: '' } })
    expect(job.log).toContain('{"exit": broken.yaml')
    expect(job.log).toContain('\nerror NO q p\n  a\\u{a}::add-mask::b\\u{1b}[2J #\\u{23}[group]\n  fix: m\n')
    expect(job.log).toContain('\n::error title=NO::a\\u{a}::add-mask::b\\u{1b}[2J #\\u{23}[group]%0Amend: m\n')
    expect(job.summary).toContain('error NO q p')
  })

  it('a warning about a name that holds a line break and a brace ends in no crash', async () => {
    // Two scenarios of one name: a warning names the second file.
    const names = ['a.yaml', 'b\n{"exit":2.yaml']
    const { folder } = newRepository(Object.fromEntries(names.map(name => [name, bot()])))
    const job = await playIn(folder, { inputs: { scenarios: '*.yaml' } })
    expect(job).toMatchObject({ code: 0, outputs: { 'exit-code': '0' } })
    expect(job.log).toContain('warning NAME_TWICE b\\u{a}{"exit":2.yaml\n')
    expect(resultOf(job)).toMatchObject({ scenarios: names.map(file => ({ file })) })
  })

  it('only annotations are let through of a report', async () => {
    const { folder } = newRepository({ 'bot.yaml': bot() })
    const github =
      '::warning file=a.yaml,line=1::near\n::add-mask::x\n ::set-env name=A::b\n##[set-env name=A]b\nwords\n'
    standIn(folder, { ...CANNED, table: '::debug::x\n', github })
    const job = await playIn(folder, { done: {}, inputs: { source: 'local' } })
    expect(commandsOf(job.log)).toEqual(['::warning file=a.yaml,line=1::near'])
    expect(job.log).toContain('::add-mask::x')
  })
})

/** The lines of a log that a runner obeys: none between stop-commands and its token. */
const commandsOf = (log: string): string[] => {
  let end: string | null = null
  return log.split('\n').filter(line => {
    if (end !== null) {
      if (line === `::${end}::`) end = null
      return false
    }
    const [, token = null] = /^::stop-commands::(.+)$/.exec(line) ?? []
    end = token
    return token === null && (/^\s*::/.test(line) || line.includes('##['))
  })
}

it.runIf(process.env['CI'])('builds itself beside the workspace from its lock file', { timeout: 240_000 }, async () => {
  const copy = newFolder()
  const left = ['.git', 'node_modules', 'dist'].map(name => join(repository, name))
  cpSync(repository, copy, { recursive: true, filter: path => !left.includes(path) })
  const { folder } = newRepository({ 'bot.yaml': bot() })
  const job = await play({ workspace: folder, temp: newFolder(), home: copy, inputs: { scenarios: 'bot.yaml' } })
  expect(job.outputs).toMatchObject({ 'exit-code': '0' })
  expect(readdirSync(copy)).not.toContain('node_modules')
  expect(git(folder, 'status', '--porcelain')).toBe('')
})
