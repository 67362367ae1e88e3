import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Difference } from '../../src/model/result/difference.ts'
import { dsprice } from '../fake-io.ts'
import type { GitFolder } from '../git-folder.ts'
import { removeFolder } from '../remove-folder.ts'
import { book, botRepository, scenario, words } from './check-repository.ts'

let repo: GitFolder
beforeEach(() => {
  repo = botRepository()
})
afterEach(() => removeFolder(repo.root))

const diff = async (...argv: string[]) => {
  const { code, out, err } = await dsprice(['diff', ...argv, '--json'], repo.root)
  return { code, err, entries: out === '' ? [] : (JSON.parse(out) as Difference).scenarios }
}

const GROWN = { key: 'request.turn', part: '../prompts/bot.md', from: 1000, to: 1500, effect: '0.5' }

describe('a prompt file that grew is a cause by its name: 1,000 requests a month of 500 tokens more at $1', () => {
  beforeEach(() => repo.write({ 'prompts/bot.md': words(1500) }))

  it.each<[string, string[]]>([
    ['in a folder since a commit', ['git:HEAD', 'scenarios']],
    ['in a file since a commit', ['git:HEAD', 'scenarios/bot.yaml']],
    ['in the working tree since a commit', ['git:HEAD', '.', 'scenarios']],
  ])('%s', async (_, argv) => {
    const { code, entries } = await diff(...argv)
    expect(code).toBe(0)
    expect(entries).toMatchObject([
      { name: 'bot', effects: { workload: { cached: '0.5' } }, causes: { cached: [GROWN] } },
    ])
  })

  it('the other way round it shrank', async () => {
    const { entries } = await diff('scenarios', 'git:HEAD')
    expect(entries[0]?.causes?.cached).toMatchObject([{ from: 1500, to: 1000, effect: '-0.5' }])
  })

  it('between two commits', async () => {
    repo.commit('grow')
    expect((await diff('git:HEAD~1', 'git:HEAD', 'scenarios')).entries[0]?.causes?.cached).toEqual([GROWN])
  })

  it('and on another model, counted for the old one: then the model follows as routing', async () => {
    repo.write({ 'scenarios/bot.yaml': scenario('bot', 'per_month: 9', { model: 'other' }) })
    // 1,500 tokens at $3 instead of $1
    expect((await diff('git:HEAD', 'scenarios')).entries).toMatchObject([
      { causes: { cached: [GROWN] }, effects: { workload: { cached: '0.5' }, routing: { cached: '3' } } },
    ])
    const { out } = await dsprice(['check', 'scenarios', '--baseline', 'git:HEAD', '--json'], repo.root)
    expect(JSON.parse(out).check.changes[0].causes.cached).toEqual([
      GROWN,
      { key: 'model', from: 'plain', to: 'other', effect: '3' },
    ])
  })
})

describe('scenarios are paired', () => {
  it('two files whatever their names, and says so', async () => {
    repo.write({ 'scenarios/next.yaml': scenario('next', 'per_month: 9').replace('1000', '2000') })
    const { entries } = await diff('scenarios/bot.yaml', 'scenarios/next.yaml')
    expect(entries).toMatchObject([
      {
        ...{ name: 'next', base_name: 'bot', file: 'scenarios/next.yaml', base_file: 'scenarios/bot.yaml' },
        causes: { cached: [{ key: 'traffic.requests', from: 1000, to: 2000, effect: '1' }] },
      },
    ])
    const { out } = await dsprice(['diff', 'scenarios/bot.yaml', 'scenarios/next.yaml'], repo.root)
    expect(out).toContain('next is compared with bot')
  })

  it('a file with a saved result of one scenario', async () => {
    const { out } = await dsprice(['estimate', 'scenarios/bot.yaml', '--json', '--quiet'], repo.root)
    repo.write({
      'before.json': out,
      'scenarios/next.yaml': scenario('next', 'per_month: 9').replace('1000', '2000'),
    })
    expect((await diff('before.json', 'scenarios/next.yaml')).entries).toMatchObject([
      { base_name: 'bot', state: 'changed', change: { cached: '1' } },
    ])
  })

  it('in folders by their paths, where their names differ, or are the same', async () => {
    const at = (folder: string, file: string, name: string) => ({
      [`${folder}/s/${file}.yaml`]: scenario(name, 'per_month: 9'),
    })
    repo.write({
      ...{
        'old/prices.json': book(),
        'new/prices.json': book(),
        'old/prompts/bot.md': words(10),
        'new/prompts/bot.md': words(10),
      },
      ...{ ...at('old', 'a', 'twin'), ...at('old', 'b', 'twin'), ...at('old', 'c', 'was') },
      ...{ ...at('new', 'b', 'twin'), ...at('new', 'a', 'twin'), ...at('new', 'c', 'is') },
    })
    const { code, entries } = await diff('old/s', 'new/s')
    expect(code).toBe(0)
    expect(entries.map(({ file, base_file }) => [base_file, file])).toEqual([
      ['old/s/a.yaml', 'new/s/a.yaml'],
      ['old/s/b.yaml', 'new/s/b.yaml'],
      ['old/s/c.yaml', 'new/s/c.yaml'],
    ])
    const globs = await diff('old/s/*.yaml', 'new/s/*.yaml')
    expect(globs.entries).toEqual(entries)
  })
})

it('faults of both sides are told at once, each with its file', async () => {
  repo.write({ 'a/x.yaml': 'name: x\n', 'b/x.yaml': 'name: x\n' })
  const { code, err } = await diff('a', 'b')
  expect(code).toBe(2)
  expect(err).toContain('a/x.yaml:1:1')
  expect(err).toContain('b/x.yaml:1:1')
})

it('--set and --at hold for scenario files, and are refused for two saved results', async () => {
  const { entries } = await diff('scenarios', 'scenarios', '--set', 'traffic.requests=2000')
  expect(entries).toMatchObject([{ state: 'same', head: { cached: '2' } }])
})
