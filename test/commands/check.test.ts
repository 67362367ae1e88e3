import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Difference } from '../../src/model/result/difference.ts'
import { dsprice, type Surroundings } from '../fake-io.ts'
import type { GitFolder } from '../git-folder.ts'
import { removeFolder } from '../remove-folder.ts'
import { book, botRepository, checkIn, scenario, words } from './check-repository.ts'

let repo: GitFolder
beforeEach(() => {
  repo = botRepository()
})
afterEach(() => removeFolder(repo.root))

const check = (argv: readonly string[], around: Surroundings = {}, folder = repo.root) => checkIn(folder, argv, around)

describe('a pull request', () => {
  it('in which a prompt grows fails with 1, at the right line, with the right amounts', async () => {
    repo.write({ 'prompts/bot.md': words(1500) })
    repo.commit('grow')
    const { code, result, checked, err } = await check(['scenarios', '--baseline', 'git:HEAD~1'])
    expect(code).toBe(1)
    expect(err).toBe('')
    expect(result?.scenarios[0]?.budget).toMatchObject([
      {
        limit: 'per_month',
        state: 'over',
        actual: '1.5',
        allowed: '1.25',
        over_by: '0.25',
        at: 'scenarios/bot.yaml:8:14',
      },
      {
        limit: 'max_increase',
        state: 'over',
        actual: '0.5',
        baseline: '1',
        over_by: '0.3',
        at: 'scenarios/bot.yaml:9:17',
      },
    ])
    expect(checked?.changes).toMatchObject([
      { name: 'bot', state: 'changed', change: { cached: '0.5' }, prices: { cached: '0' } },
    ])
    expect(checked?.baseline).toMatchObject({
      kind: 'git',
      name: 'git:HEAD~1',
      commit: repo.git('rev-parse', 'HEAD~1'),
    })
  })

  it('that changes nothing passes', async () => {
    const { code, checked } = await check(['scenarios', '--baseline', 'git:HEAD'])
    expect(code).toBe(0)
    expect(checked).toMatchObject({ exit: 0, changes: [{ state: 'same', change: { cached: '0' } }] })
  })

  it('in which only a price changes is told apart: no increase, and the price on a line of its own', async () => {
    repo.write({ 'prices.json': book('1.2') })
    repo.commit('dearer')
    const { code, result, checked } = await check(['scenarios', '--baseline', 'git:HEAD~1'])
    expect(code).toBe(0)
    expect(result?.scenarios[0]?.budget[1]).toMatchObject({ limit: 'max_increase', state: 'within', actual: '0' })
    expect(checked?.changes).toMatchObject([
      { state: 'same', baseline: { cached: '1.2' }, change: { cached: '0' }, prices: { cached: '0.2' } },
    ])
  })

  it('in which both change is held at the new prices on both sides', async () => {
    repo.write({ 'prices.json': book('2'), 'prompts/bot.md': words(1100) })
    repo.commit('both')
    const { result, checked } = await check(['scenarios', '--baseline', 'git:HEAD~1'])
    // 1,100 tokens at $2 are $2.20, the old 1,000 would be $2: a tenth more, and $1 more by the price alone.
    expect(result?.scenarios[0]?.budget).toMatchObject([
      { limit: 'per_month', state: 'over', actual: '2.2' },
      { limit: 'max_increase', state: 'within', actual: '0.1', baseline: '2' },
    ])
    expect(checked?.changes).toMatchObject([{ change: { cached: '0.2' }, prices: { cached: '1' } }])
  })

  it('in which the model is swapped is held against the old one', async () => {
    repo.write({ 'scenarios/bot.yaml': scenario('bot', 'max_increase: 20%', { model: 'other' }) })
    const { code, result } = await check(['scenarios', '--baseline', 'git:HEAD'])
    expect(code).toBe(1)
    expect(result?.scenarios[0]?.budget).toMatchObject([{ state: 'over', actual: '2', baseline: '1' }])
  })

  it('that adds and removes scenarios is held in total', async () => {
    repo.write({
      'scenarios/new.yaml': scenario('new', 'max_increase: 0%'),
      'dsprice.config.yaml': 'total: { per_month: 10, max_increase: 50%, max_increase_usd: 0.5 }\n',
    })
    rmSync(join(repo.root, 'scenarios/bot.yaml'))
    repo.write({ 'prompts/bot.md': words(1600) })
    const { code, result, checked } = await check(['scenarios', '--baseline', 'git:HEAD'])
    expect(code).toBe(1)
    expect(result?.scenarios[0]?.budget).toMatchObject([{ state: 'no_baseline' }])
    expect(checked?.changes.map(({ name, state }) => [name, state])).toEqual([
      ['new', 'new'],
      ['bot', 'removed'],
    ])
    // From the $1 of what is gone to the $1.60 of what is new.
    expect(checked?.totals).toMatchObject([
      { of: 'per_month', limit: 'per_month', state: 'within', actual: '1.6' },
      { of: 'per_month', limit: 'max_increase', state: 'over', actual: '0.6' },
      { of: 'per_month', limit: 'max_increase_usd', state: 'over', actual: '0.6' },
    ])
  })

  it('is read from the commit, whatever the working tree holds, from any folder of it', async () => {
    repo.write({ 'prompts/bot.md': words(1100), 'scenarios/bot.yaml': scenario('bot', 'max_increase: 5%') })
    const { code, result } = await check(['bot.yaml', '--baseline', 'git:main'], {}, join(repo.root, 'scenarios'))
    expect(code).toBe(1)
    expect(result?.scenarios[0]?.budget).toMatchObject([{ actual: '0.1', at: 'bot.yaml:8:17' }])
  })
})

describe('a baseline', () => {
  it('may be what check printed before, prices and all', async () => {
    const { out } = await check(['scenarios'])
    repo.write({ 'baseline.json': out, 'prompts/bot.md': words(1500), 'prices.json': book('2') })
    const { code, result, checked } = await check(['scenarios', '--baseline', 'baseline.json'])
    expect(code).toBe(1)
    expect(result?.scenarios[0]?.budget[1]).toMatchObject({ actual: '0.5', baseline: '2', state: 'over' })
    expect(checked?.changes).toMatchObject([{ change: { cached: '1' }, prices: { cached: '1' } }])
  })

  it('that is not there is neither zero nor a failure', async () => {
    const { code, checked, result, errors } = await check(['scenarios', '--baseline', 'none.json', '--quiet'])
    expect({ code, errors }).toEqual({ code: 0, errors: [] })
    expect(checked?.baseline).toMatchObject({ kind: 'none', reason: 'there is no file "none.json"' })
    expect(result?.scenarios[0]?.budget[1]).toMatchObject({ state: 'no_baseline', actual: null })
    expect(result?.warnings).toMatchObject([{ code: 'NO_BASELINE' }])
  })

  it.each([
    ['a file that is not there', ['--baseline', 'none.json']],
    ['none named', []],
  ])('that is required fails with 2: %s', async (_, argv) => {
    const { code, codes, checked } = await check(['scenarios', '--require-baseline', ...argv])
    expect({ code, codes, exit: checked?.exit }).toEqual({ code: 2, codes: ['NO_BASELINE'], exit: 2 })
  })

  it('that is required is required of a new scenario too, if it has a limit on increases', async () => {
    repo.write({ 'scenarios/new.yaml': scenario('new', 'max_increase: 0%') })
    const { code, errors } = await check(['scenarios', '--require-baseline', '--baseline', 'git:HEAD'])
    expect(code).toBe(2)
    expect(errors).toMatchObject([{ code: 'NO_BASELINE', at: 'scenarios/new.yaml:8:17' }])
  })
})

describe('a cluster of one’s own', () => {
  // One node at $1 an hour costs $730 a month, whatever the 1M tokens of the traffic.
  const cluster = (nodes: number): string =>
    `self_host: {nodes: ${nodes}, usd_per_gpu_hour: 0.125, throughput: {prefill: 10000, decode: 5000}}`
  const write = (nodes: number): void =>
    repo.write({ 'scenarios/bot.yaml': `${scenario('bot', LIMITS)}${cluster(nodes)}\n` })
  const LIMITS = 'view: self_hosted\nper_month: 800\nmax_increase: 20%'

  it('is held like any other view, and its growth too', async () => {
    write(1)
    repo.commit('a cluster')
    expect((await check(['scenarios'], {})).code).toBe(0)
    write(2)
    const { code, result, checked } = await check(['scenarios', '--baseline', 'git:HEAD'])
    expect(code).toBe(1)
    expect(result?.scenarios[0]?.budget).toMatchObject([
      { limit: 'per_month', view: 'self_hosted', actual: '1460', state: 'over', over_by: '660' },
      { limit: 'max_increase', baseline: '730', actual: '1', state: 'over' },
    ])
    expect(checked?.changes).toMatchObject([{ state: 'changed', change: { self_hosted: '730', cached: '0' } }])
  })

  it('that is not described is unknown, which is no pass', async () => {
    repo.write({ 'scenarios/bot.yaml': scenario('bot', LIMITS) })
    const { code, result } = await check(['scenarios'])
    expect(code).toBe(3)
    expect(result?.scenarios[0]?.budget[0]).toMatchObject({
      state: 'unknown',
      reason: 'the scenario describes no cluster',
      fix: expect.stringContaining('self_host:'),
    })
  })
})

describe('what cannot be known never passes', () => {
  const limit = 'per_month: 1000'
  it.each<{ it: string; files: Record<string, string>; argv?: string[]; code: number; codes: string[] }>([
    {
      it: 'an unknown model',
      files: { 'scenarios/bot.yaml': scenario('bot', limit, { model: 'nope' }) },
      code: 3,
      codes: ['UNKNOWN_MODEL'],
    },
    {
      it: 'an expired price',
      files: {
        'prices.json': book('1', 'expired'),
        'scenarios/bot.yaml': scenario('bot', limit, { model: 'expired' }),
      },
      code: 3,
      codes: ['NO_PRICE_AT'],
    },
    {
      it: 'a prompt that is not there',
      files: { 'scenarios/bot.yaml': scenario('bot', limit, { words: 'nope.md' }) },
      code: 2,
      codes: ['NO_FILE'],
    },
    {
      it: 'a view that is unknown',
      files: {
        'prices.json': book('1', 'half-known'),
        'scenarios/bot.yaml': scenario('bot', `view: cached_ideal\n${limit}`, { model: 'half-known' }),
      },
      code: 3,
      codes: ['BUDGET_UNKNOWN'],
    },
    {
      it: 'a view that is not offered',
      files: { 'scenarios/bot.yaml': scenario('bot', `view: batch\n${limit}`) },
      code: 3,
      codes: ['BUDGET_UNKNOWN'],
    },
    {
      it: 'a baseline that is no JSON',
      files: { 'b.json': '{"schema": ' },
      argv: ['--baseline', 'b.json'],
      code: 2,
      codes: ['NOT_A_RESULT'],
    },
    {
      it: 'a baseline of another kind',
      files: { 'b.json': '{"schema": "other/1"}' },
      argv: ['--baseline', 'b.json'],
      code: 2,
      codes: ['NOT_A_RESULT'],
    },
    {
      it: 'a baseline that is half there',
      files: { 'b.json': '{"schema": "dsprice/result/1", "scenarios": []}' },
      argv: ['--baseline', 'b.json'],
      code: 2,
      codes: ['MISSING_KEY', 'MISSING_KEY', 'MISSING_KEY', 'MISSING_KEY', 'MISSING_KEY'],
    },
    { it: 'a commit that is not there', files: {}, argv: ['--baseline', 'git:nope'], code: 2, codes: ['NO_REVISION'] },
    { it: 'git: without a name', files: {}, argv: ['--baseline', 'git:'], code: 2, codes: ['USAGE'] },
    {
      it: 'a negative limit',
      files: { 'scenarios/bot.yaml': scenario('bot', 'per_month: -5') },
      code: 2,
      codes: ['INVALID'],
    },
    {
      it: 'a limit that is not a number',
      files: { 'scenarios/bot.yaml': scenario('bot', 'per_month: .nan') },
      code: 2,
      codes: ['INVALID'],
    },
    {
      it: 'a limit without end',
      files: { 'scenarios/bot.yaml': scenario('bot', 'per_month: .inf') },
      code: 2,
      codes: ['INVALID'],
    },
    {
      it: 'a limit in words',
      files: { 'scenarios/bot.yaml': scenario('bot', 'per_month: 4OO') },
      code: 2,
      codes: ['INVALID'],
    },
    {
      it: 'an empty limit',
      files: { 'scenarios/bot.yaml': scenario('bot', 'per_month:') },
      code: 2,
      codes: ['INVALID'],
    },
    {
      it: 'an increase of ten, which may be 10% or ten times',
      files: { 'scenarios/bot.yaml': scenario('bot', 'max_increase: 10') },
      code: 2,
      codes: ['INVALID'],
    },
    {
      it: 'a slip in a key',
      files: { 'scenarios/bot.yaml': scenario('bot', 'per_mnth: 5') },
      code: 2,
      codes: ['UNKNOWN_KEY'],
    },
    {
      it: 'no limit at all',
      files: { 'scenarios/bot.yaml': scenario('bot', 'view: cached') },
      code: 2,
      codes: ['NO_BUDGET'],
    },
    { it: 'a glob that matches nothing', files: {}, argv: ['nope/*.yaml'], code: 2, codes: ['NO_MATCH'] },
    {
      it: 'a slip in the configuration',
      files: { 'dsprice.config.yaml': 'totl: { per_month: 5 }\n' },
      code: 2,
      codes: ['UNKNOWN_KEY'],
    },
    {
      it: 'a limit a month on a run',
      files: { 'scenarios/bot.yaml': scenario('bot', limit).replace(', per: month', '') },
      code: 2,
      codes: ['NOT_PACED'],
    },
    {
      it: 'a limit a request on totals',
      files: {
        'scenarios/bot.yaml': scenario('bot', 'per_request: 5').replace(
          /^request.*$/m,
          'totals: { input: 1M, output: 0 }',
        ),
      },
      code: 2,
      codes: ['NO_REQUESTS'],
    },
    {
      it: 'an increase over a baseline that is broken there',
      files: {},
      argv: ['--baseline', 'git:broken'],
      code: 3,
      codes: ['BUDGET_UNKNOWN'],
    },
  ])('$it', async ({ files, argv = [], code, codes }) => {
    if (argv.includes('git:broken')) {
      repo.git('checkout', '-q', '-b', 'broken')
      repo.write({ 'scenarios/bot.yaml': 'name: bot\nmodl: plain\n' })
      repo.commit('broken')
      repo.git('checkout', '-q', 'main')
    }
    repo.write(files)
    const found = await check(argv[0]?.startsWith('nope') ? argv : ['scenarios', ...argv])
    expect({ code: found.code, codes: found.codes }).toEqual({ code, codes })
    // What is told on stderr names something to type.
    for (const error of JSON.parse(found.err).errors) expect(error.fix).toMatch(/\w/)
    if (found.checked) expect(found.checked.exit).toBe(code)
  })

  it('one broken scenario is told of, the rest is computed, and the run fails', async () => {
    repo.write({
      'scenarios/a.yaml': 'name: a\nmodl: plain\n',
      'scenarios/z.yaml': scenario('z', 'per_month: 5'),
      'dsprice.config.yaml': 'total: { per_month: 2.5 }\n',
    })
    const { code, result, checked } = await check(['scenarios'])
    expect(code).toBe(2)
    expect(result?.scenarios.map(({ name, budget }) => [name, budget[0]?.state])).toEqual([
      ['bot', 'within'],
      ['z', 'within'],
    ])
    expect(checked?.faults).toMatchObject([{ file: 'scenarios/a.yaml' }, {}, {}])
    expect(checked?.totals).toMatchObject([
      { state: 'unknown', at_least: '2', reason: 'not every scenario could be priced' },
    ])
  })

  it('a total with an unknown in it is at least what is known', async () => {
    repo.write({
      'prices.json': book('1', 'half-known'),
      'scenarios/half.yaml': scenario('half', 'level: warn\nper_month: 5', { model: 'half-known' }).replace(
        'cache: none',
        'cache: ideal',
      ),
      'dsprice.config.yaml': 'total: { per_month: 0.5 }\n',
    })
    const { code, checked } = await check(['scenarios'])
    // The bot's $1 alone is over.
    expect(checked?.totals).toMatchObject([{ state: 'over', actual: null, at_least: '1', over_by: '0.5' }])
    expect(code).toBe(1)
  })
})

describe('nothing passes by a way around', () => {
  it('by a price file of another scenario: one run has one book', async () => {
    repo.write({
      'scenarios/cheap.yaml': scenario('cheap', 'per_month: 9').replace('prices.json', 'cheap.json'),
      'cheap.json': book('0.1'),
    })
    const { code, errors } = await check(['scenarios'])
    expect({ code, codes: errors.map(one => one.code) }).toEqual({ code: 2, codes: ['MIXED_BOOKS'] })
    const asked = await check(['scenarios', '--pricing', '2026-11-23'])
    expect({ code: asked.code, codes: asked.codes }).toEqual({ code: 2, codes: ['MIXED_BOOKS'] })
  })

  it('by a word that was meant as a branch', async () => {
    const { code, codes, err } = await check(['scenarios', '--baseline', 'main'])
    expect({ code, codes }).toEqual({ code: 2, codes: ['USAGE'] })
    expect(err).toContain('git:main')
  })

  it('by a scenario that weakens what the configuration sets for it', async () => {
    repo.write({
      'scenarios/bot.yaml': scenario('bot', 'level: warn\nview: cached_ideal\nwarn_at: 99%'),
      'dsprice.config.yaml': 'budgets: { bot: { per_month: 0.5 } }\n',
    })
    const { code, result } = await check(['scenarios'])
    expect(code).toBe(1)
    expect(result?.scenarios[0]?.budget).toMatchObject([{ level: 'error', view: 'cached', state: 'over' }])
  })

  it('by a scenario that cannot be read now: it is not gone', async () => {
    repo.write({ 'scenarios/bot.yaml': 'name: bot\n', 'scenarios/z.yaml': scenario('z', 'per_month: 5') })
    const { code, checked } = await check(['scenarios', '--baseline', 'git:HEAD'])
    expect(code).toBe(2)
    expect(checked?.changes.map(({ name, state }) => [name, state])).toEqual([['z', 'new']])
    expect(checked?.sums?.per_month?.change.cached).toBeNull()
  })
})

it('the first scenario of a kind is no increase of anything', async () => {
  repo.write({
    'scenarios/run.yaml': scenario('run', 'per_period: 5').replace(', per: month', ''),
    'dsprice.config.yaml': 'total: { max_increase: 5% }\n',
  })
  const { code, checked } = await check(['scenarios', '--baseline', 'git:HEAD'])
  expect(code).toBe(0)
  expect(checked?.totals).toMatchObject([
    { of: 'per_month', state: 'within' },
    { of: 'run', state: 'no_baseline' },
  ])
})

it('a run that became paced is gone from the runs and new among the months', async () => {
  repo.write({ 'scenarios/a.yaml': scenario('a', 'per_period: 5').replace(', per: month', '') })
  repo.commit('a run')
  repo.write({
    'scenarios/a.yaml': scenario('a', 'per_period: 5'),
    'dsprice.config.yaml': 'total: { max_increase: 150% }\n',
  })
  const { code, checked } = await check(['scenarios', '--baseline', 'git:HEAD'])
  expect(code).toBe(0)
  // $1 a run, and $1 a month beside the bot's $1.
  expect(checked?.sums).toMatchObject({
    run: { baseline: { cached: '1' }, change: { cached: '-1' } },
    per_month: { baseline: { cached: '1' }, change: { cached: '1' } },
  })
  expect(checked?.totals).toMatchObject([
    { of: 'per_month', state: 'within', actual: '1' },
    { of: 'run', state: 'within', actual: '-1' },
  ])
})

it('scenarios that share a name are told of', async () => {
  repo.write({ 'scenarios/copy.yaml': scenario('bot', 'per_month: 5') })
  const { result } = await check(['scenarios', '--quiet'])
  expect(result?.warnings).toMatchObject([{ code: 'NAME_TWICE', at: 'scenarios/copy.yaml' }])
})

describe('limits', () => {
  it('of the configuration: its own for a name, then the scenario’s, then the defaults, key by key', async () => {
    repo.write({
      'scenarios/b.yaml': scenario('b', 'per_month: 7'),
      'dsprice.config.yaml': `scenarios: [scenarios/*.yaml]
defaults: { per_request: 0.005, per_month: 9, max_increase: 50% }
budgets: { bot: { per_month: 3 } }
`,
    })
    const { code, result } = await check([])
    expect(code).toBe(0)
    const limits = result?.scenarios.map(({ name, budget }) => [
      name,
      ...budget.map(one => `${one.limit} ${one.allowed} ${one.at}`),
    ])
    expect(limits).toEqual([
      [
        'b',
        'per_month 7 scenarios/b.yaml:8:14',
        'per_request 0.005 dsprice.config.yaml:2:26',
        'max_increase 0.5 dsprice.config.yaml:2:61',
      ],
      [
        'bot',
        'per_month 3 dsprice.config.yaml:3:30',
        'max_increase 0.2 scenarios/bot.yaml:9:17',
        'per_request 0.005 dsprice.config.yaml:2:26',
      ],
    ])
  })

  it('are found above the folder, up to the repository, and their scenarios are relative to them', async () => {
    repo.write({ 'dsprice.config.yaml': 'scenarios: [scenarios]\n' })
    mkdirSync(join(repo.root, 'deep/er'), { recursive: true })
    const { code, result } = await check([], {}, join(repo.root, 'deep/er'))
    expect(code).toBe(0)
    expect(result?.scenarios).toMatchObject([{ file: '../../scenarios/bot.yaml' }])
  })

  it('that only warn never fail, but for --strict', async () => {
    repo.write({ 'scenarios/bot.yaml': scenario('bot', 'level: warn\nper_month: 0.5') })
    expect(await check(['scenarios'])).toMatchObject({ code: 0, checked: { exit: 0 } })
    const strict = await check(['scenarios', '--strict'])
    expect(strict).toMatchObject({ code: 2, codes: ['BUDGET_WARNING'], checked: { exit: 2 } })
  })

  it('for a name that no scenario has are told of, with the nearest', async () => {
    repo.write({ 'dsprice.config.yaml': 'budgets: { bott: { per_month: 1 } }\n' })
    const { code, result } = await check(['scenarios', '--quiet'])
    expect(code).toBe(0)
    expect(result?.warnings).toMatchObject([
      { code: 'BUDGET_UNUSED', fix: 'did you mean bot?', at: 'dsprice.config.yaml:1:18' },
    ])
  })

  it('by request: $1 a month for 1,000 requests', async () => {
    repo.write({ 'scenarios/bot.yaml': scenario('bot', 'per_request: 0.001') })
    expect((await check(['scenarios'])).result?.scenarios[0]?.budget).toMatchObject([
      { state: 'within', actual: '0.001' },
    ])
    repo.write({ 'scenarios/bot.yaml': scenario('bot', 'per_request: 0.000999') })
    expect(await check(['scenarios'])).toMatchObject({ code: 1 })
  })
})

describe('a checked result', () => {
  it('is the same bytes every time', async () => {
    const argv = ['scenarios', '--baseline', 'git:HEAD']
    expect((await check(argv)).out).toBe((await check(argv)).out)
  })

  it('writes the job summary where GitHub asks for it: no token is needed, so a fork has it too', async () => {
    const summary = join(repo.root, 'summary.md')
    repo.write({ 'summary.md': 'before\n', 'prompts/bot.md': words(1500) })
    const { code } = await check(['scenarios', '--baseline', 'git:HEAD'], { env: { GITHUB_STEP_SUMMARY: summary } })
    expect(code).toBe(1)
    const text = readFileSync(summary, 'utf8')
    expect(text.startsWith('before\n')).toBe(true)
    expect(text).toContain('$1.50')
  })

  it('and a summary that cannot be written change nothing but a word on stderr', async () => {
    const env = { GITHUB_STEP_SUMMARY: '/nope/summary.md' }
    const { code, err } = await dsprice(['check', 'scenarios'], repo.root, { env })
    expect(code).toBe(0)
    expect(err).toContain('cannot write the job summary "/nope/summary.md": ENOENT')
  })
})

describe('diff', () => {
  const diff = async (...argv: string[]) => {
    const { code, out, err } = await dsprice(['diff', ...argv, '--json'], repo.root)
    return { code, err, found: out === '' ? null : (JSON.parse(out) as Difference) }
  }

  it('of two commits tells workload, routing and prices apart', async () => {
    repo.write({
      'prices.json': book('2'),
      'prompts/bot.md': words(1500),
      'scenarios/bot.yaml': scenario('bot', 'per_month: 9', { model: 'other' }),
    })
    repo.commit('all at once')
    const { code, found } = await diff('git:HEAD~1', 'git:HEAD', 'scenarios')
    expect(code).toBe(0)
    // 500 tokens more at $1; then $3 instead of $1 for 1,500; other costs $3 then and now.
    expect(found?.scenarios).toMatchObject([
      {
        name: 'bot',
        model: { base: 'plain', head: 'other' },
        base: { cached: '1' },
        head: { cached: '4.5' },
        change: { cached: '3.5' },
        effects: { workload: { cached: '0.5' }, routing: { cached: '3' }, prices: { cached: '0' } },
      },
    ])
  })

  it('of saved results needs no files; of the working tree those it is given', async () => {
    const before = await check(['scenarios'])
    repo.write({ 'before.json': before.out, 'prompts/bot.md': words(1500), 'prices.json': book('2') })
    const effects = { workload: { cached: '0.5' }, routing: { cached: '0' }, prices: { cached: '1.5' } }
    const tree = await diff('before.json', '.', 'scenarios')
    expect(tree.found?.scenarios).toMatchObject([{ change: { cached: '2' }, effects }])
    repo.write({ 'after.json': (await check(['scenarios', '--quiet'])).out })
    expect((await diff('before.json', 'after.json')).found?.scenarios).toMatchObject([
      { change: { cached: '2' }, effects },
    ])
  })

  it.each<{ it: string; argv: string[]; code: number; what: string }>([
    { it: 'a file that is not there', argv: ['nope.json', '.', 'scenarios'], code: 2, what: 'NO_FILE' },
    { it: 'a commit that is not there', argv: ['git:nope', '.', 'scenarios'], code: 2, what: 'NO_REVISION' },
    { it: 'a file that neither side has', argv: ['git:HEAD', 'git:HEAD', 'typo.yaml'], code: 2, what: 'NO_FILE' },
    {
      it: 'a glob that neither side has',
      argv: ['git:HEAD', 'git:HEAD', 'typo/*.yaml'],
      code: 2,
      what: 'NO_SCENARIOS',
    },
    { it: 'settings for saved results', argv: ['a.json', 'b.json', '--at', '2026-05-01'], code: 2, what: 'USAGE' },
    { it: 'no scenarios', argv: ['git:HEAD', '.'], code: 2, what: 'NO_SCENARIOS' },
    {
      it: 'a broken scenario, as the difference would be wrong without it',
      argv: ['git:HEAD', '.', 'broken'],
      code: 2,
      what: 'MISSING_KEY',
    },
  ])('is refused: $it', async ({ argv, code, what }) => {
    repo.write({ 'broken/a.yaml': 'name: a\n' })
    const found = await diff(...argv)
    expect(found.code).toBe(code)
    expect(found.err).toContain(what)
  })
})

describe('a saved result', () => {
  it('with an increase of more than all, or with nothing in it, can be read again', async () => {
    repo.write({ 'scenarios/bot.yaml': scenario('bot', 'max_increase: 150%') })
    repo.write({ 'r.json': (await check(['scenarios'])).out })
    expect(await check(['scenarios', '--baseline', 'r.json'])).toMatchObject({ code: 0 })
    repo.write({ 'scenarios/bot.yaml': 'name: bot\n' })
    repo.write({ 'empty.json': (await check(['scenarios'])).out })
    expect((await dsprice(['render', 'empty.json'], repo.root)).code).toBe(0)
  })

  it('of a later version, with keys that this one does not know, is read all the same', async () => {
    const { out } = await check(['scenarios'])
    const { check: _, ...result } = JSON.parse(out)
    const [first] = result.scenarios
    const { estimated_share: _share, overhead: _overhead, ...older } = first
    repo.write({
      'later.json': JSON.stringify({ ...result, future: 1, scenarios: [{ ...older, more: { of: 'it' } }] }),
    })
    for (const format of ['table', 'markdown', 'csv', 'json']) {
      expect((await dsprice(['render', 'later.json', '--format', format], repo.root)).code, format).toBe(0)
    }
    expect(await check(['scenarios', '--baseline', 'later.json'])).toMatchObject({ code: 0 })
  })

  // A baseline that was edited by hand must not become one that lets everything through.
  it.each<[string, (result: never) => unknown]>([
    [
      'requests below zero',
      ({ scenarios: [one] }: { scenarios: { input: { traffic: object } }[] }) =>
        Object.assign(one?.input.traffic ?? {}, { requests: -5 }),
    ],
    [
      'no turns',
      ({ scenarios: [one] }: { scenarios: { input: { request: object } }[] }) =>
        Object.assign(one?.input.request ?? {}, { turns: 0 }),
    ],
    [
      'a profile that is none',
      ({ scenarios: [one] }: { scenarios: { input: { traffic: object } }[] }) =>
        Object.assign(one?.input.traffic ?? {}, { profile: 'foo' }),
    ],
    [
      'a hit share of five',
      ({ scenarios: [one] }: { scenarios: { input: object }[] }) =>
        Object.assign(one?.input ?? {}, { cache: { policy: 'hit_share', hit_share: 5 } }),
    ],
    [
      'a hit share of nothing',
      ({ scenarios: [one] }: { scenarios: { input: object }[] }) =>
        Object.assign(one?.input ?? {}, { cache: { policy: 'hit_share' } }),
    ],
    [
      'a date that is none',
      ({ scenarios: [one] }: { scenarios: object[] }) => Object.assign(one ?? {}, { at: 'garbage' }),
    ],
    ['no providers', ({ prices }: { prices: object }) => Object.assign(prices, { providers: {} })],
  ])('that was edited is refused with 2: %s', async (_, edit) => {
    const result = JSON.parse((await check(['scenarios'])).out)
    edit(result as never)
    repo.write({ 'edited.json': JSON.stringify(result) })
    expect(await check(['scenarios', '--baseline', 'edited.json'])).toMatchObject({ code: 2, result: null })
  })
})
