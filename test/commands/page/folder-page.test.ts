import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { folderPage } from '../../../src/commands/page/folder-page.ts'
import type { PageData } from '../../../src/plan/page/page-data.ts'
import { fakeIo } from '../../fake-io.ts'
import { removeFolder } from '../../remove-folder.ts'

const home = realpathSync(mkdtempSync(join(tmpdir(), 'dsprice-folder-')))
afterAll(() => removeFolder(home))

const scenario = (name: string, book: string): string =>
  `name: ${name}\npricing: "${book}"\nat: ${book}\nmodel: deepseek-v4-pro\nrequest: {turn: 1K, output: 100}\n`

beforeEach(() => {
  removeFolder(join(home, 'bots'))
  mkdirSync(join(home, 'bots'))
})

const write = (name: string, text: string): void => writeFileSync(join(home, 'bots', name), text)

const page = async (): Promise<string> => folderPage('bots', fakeIo(home), {}, '/events')

const dataOf = (html: string): PageData => {
  const [, data = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? []
  return JSON.parse(data) as PageData
}

it('has every scenario of a folder, and nothing apart', async () => {
  write('a.yaml', scenario('a', '2026-05-15'))
  write('b.yaml', scenario('b', '2026-05-15'))
  const { scenarios, apart } = dataOf(await page())
  expect(scenarios.map(({ scenario }) => scenario.name)).toEqual(['a', 'b'])
  expect(apart).toEqual([])
})

it('keeps what cannot be priced apart, in the words of a terminal', async () => {
  write('a.yaml', scenario('a', '2026-05-15'))
  write('b.yaml', scenario('b', '2026-05-15').replace('deepseek-v4-pro', 'deepseek-v4-por'))
  const { scenarios, apart } = dataOf(await page())
  expect(scenarios.map(({ scenario }) => scenario.name)).toEqual(['a'])
  expect(apart).toEqual([
    expect.stringMatching(/^error UNKNOWN_MODEL bots\/b\.yaml:4:8 model\n[\s\S]*fix: .*deepseek-v4-pro/),
  ])
})

it('has the scenarios of the book that most name, and says how to see the others', async () => {
  write('a.yaml', scenario('a', '2026-11-23'))
  write('b.yaml', scenario('b', '2026-05-15'))
  write('c.yaml', scenario('c', '2026-05-15'))
  const { scenarios, apart } = dataOf(await page())
  expect(scenarios.map(({ scenario }) => scenario.name)).toEqual(['b', 'c'])
  expect(apart?.join()).toMatch(/MIXED_BOOKS bots\/a\.yaml[\s\S]*2026-11-23[\s\S]*dsprice serve bots\/a\.yaml/)
})

it('of two books with as many takes the newest', async () => {
  write('a.yaml', scenario('a', '2026-05-15'))
  write('b.yaml', scenario('b', '2026-11-23'))
  expect(dataOf(await page()).scenarios.map(({ scenario }) => scenario.name)).toEqual(['b'])
})

it('is the message alone where nothing can be priced', async () => {
  write('a.yaml', 'name: a\n')
  write('b.yaml', 'nothing\n')
  const html = await page()
  expect(html).toContain('bots/a.yaml')
  expect(html).toContain('bots/b.yaml')
  expect(html).not.toContain('id="data"')
})
