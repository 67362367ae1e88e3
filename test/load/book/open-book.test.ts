import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { faultsOf } from '../../../src/errors/index.ts'
import { openBook } from '../../../src/load/book/open-book.ts'
import { dsprice, fakeIo } from '../../fake-io.ts'

/** A repository with a configuration at its top, and a folder of scenarios below. */
const top = mkdtempSync(join(tmpdir(), 'dsprice-config-'))
const below = join(top, 'team/chat')
mkdirSync(join(top, '.git'))
mkdirSync(below, { recursive: true })
afterAll(() => rmSync(top, { recursive: true }))

const config = (text: string): void => writeFileSync(join(top, 'dsprice.config.yaml'), text)
const write = (path: string, data: unknown): void => writeFileSync(join(top, path), JSON.stringify(data))
beforeEach(() => config('pricing: "2026-05-15"\n'))

const terms = { title: 'Our terms', where: 'here', retrieved: null, grade: 'own' }
const layer = (extra: object = {}) => ({ schema: 'dsprice/pricing/1', sources: { terms }, ...extra })
const half = (model: string) => ({ discounts: [{ model, off: '0.5', from: '2024-01-01', source: 'terms' }] })

const versionOf = async (asked: readonly string[], own?: readonly string[]): Promise<string> =>
  (await openBook(asked, fakeIo(below), { names: [], ...(own ? { own: own as never } : {}) })).book.version

describe('which book', () => {
  it.each<[what: string, asked: readonly string[], own: readonly string[], version: string]>([
    ["the call's version", ['2026-11-23'], [], '2026-11-23'],
    ["else the scenario's", [], ['2026-11-23'], '2026-11-23'],
    ["else the configuration's", [], [], '2026-05-15'],
  ])('%s', async (_, asked, own, version) => {
    expect(await versionOf(asked, own)).toBe(version)
  })

  it('else the newest that ships', async () => {
    config('total: { per_month: 5 }\n')
    expect(await versionOf([])).toBe('2026-11-23')
  })

  it("a file of the call is laid over the configuration's book", async () => {
    write('team/chat/mine.json', layer(half('deepseek-v4')))
    const { book, layers } = await openBook(['mine.json'], fakeIo(below), { names: [] })
    expect([book.version, layers.map(({ name }) => name)]).toEqual(['2026-05-15', ['mine.json']])
  })

  it('a file that the configuration names is found beside it', async () => {
    write('house.json', layer({ extends: '2026-11-23', ...half('gpt-5.5') }))
    config('pricing: house.json\n')
    const { book, layers } = await openBook([], fakeIo(below), { names: [] })
    expect([book.version, layers.map(({ name }) => name)]).toEqual(['2026-11-23', ['../../house.json']])
  })

  it("a version of the call leaves the configuration's file aside, and unread", async () => {
    config('pricing: [\n')
    expect(await versionOf(['2026-11-23'])).toBe('2026-11-23')
  })

  it('the library reads no configuration', async () => {
    expect((await openBook([], fakeIo(below), { names: [], config: null })).book.version).toBe('2026-11-23')
  })
})

describe('what is wrong is told at its place in the configuration', () => {
  it.each<[text: string, code: string, at: string]>([
    ['pricing: "2026-01-01"\n', 'UNKNOWN_BOOK', '../../dsprice.config.yaml:1:10'],
    ['pricing: absent.json\n', 'NO_FILE', '../../dsprice.config.yaml:1:10'],
    ['pricing: ../outside.json\n', 'OUTSIDE', '../../dsprice.config.yaml:1:10'],
    ['pricing: 5\n', 'INVALID', '../../dsprice.config.yaml:1:10'],
    ['pricing: "2026-05-15"\nlimits: 3\n', 'UNKNOWN_KEY', '../../dsprice.config.yaml:2:1'],
  ])('%j', async (text, code, at) => {
    config(text)
    const faults = await openBook([], fakeIo(below), { names: [] }).then(() => [], faultsOf)
    expect(faults.map(fault => [fault.code, fault.at])).toEqual([[code, at]])
  })

  it.each([
    ['estimate', 'scenario.json'],
    ['prices', 'list'],
    ['compare', '--models', 'deepseek-v4-pro'],
    ['init', '-o', '-'],
  ])('by %s %s', async (...argv) => {
    write('team/chat/scenario.json', { name: 'one', model: 'deepseek-v4-pro', request: { turn: 1, output: 1 } })
    config('pricing: "2026-01-01"\n')
    const { code, err } = await dsprice(argv, below)
    expect([code, err]).toEqual([2, expect.stringContaining('dsprice.config.yaml:1:10')])
  })
})

it.each([
  ['tokens', ['tokens', 'text.txt', '--model', 'deepseek-v4']],
  ['prices show', ['prices', 'show', 'deepseek-v4']],
  ['check', ['check', 'scenario.json']],
  ['compare', ['compare', 'scenario.json', '--models', 'deepseek-v4,deepseek-v4-pro']],
])('%s has it too', async (_, argv) => {
  writeFileSync(join(below, 'text.txt'), 'hello')
  const budget = { per_period: 1 }
  write('team/chat/scenario.json', {
    name: 'one',
    at: '2026-05-15',
    model: 'deepseek-v4',
    request: { turn: 1, output: 1 },
    budget,
  })
  expect(await dsprice(argv, below)).toMatchObject({ code: 0 })
})

it('scenarios of one run may not have different books, the configuration’s included', async () => {
  write('team/chat/a.json', { name: 'a', model: 'deepseek-v4-pro', request: { turn: 1, output: 1 } })
  write('team/chat/b.json', {
    name: 'b',
    pricing: '2026-11-23',
    model: 'deepseek-v4-pro',
    request: { turn: 1, output: 1 },
  })
  const { code, err } = await dsprice(['estimate', 'a.json', 'b.json'], below)
  expect([code, err]).toEqual([2, expect.stringContaining('2026-05-15 (a.json), 2026-11-23 (b.json)')])
})
