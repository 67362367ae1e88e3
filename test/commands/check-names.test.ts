import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GitFolder, gitFolder } from '../git-folder.ts'
import { removeFolder } from '../remove-folder.ts'
import { book, botRepository, checkIn, scenario, words } from './check-repository.ts'

let repo: GitFolder
beforeEach(() => {
  repo = botRepository()
})
afterEach(() => removeFolder(repo.root))

describe('a scenario that grows is held', () => {
  const grow = (): void => repo.write({ 'prompts/bot.md': words(1500) })
  const held = async (argv: readonly string[], folder = '.') => {
    const { code, result } = await checkIn(join(repo.root, folder), [...argv, '--baseline', 'git:HEAD'])
    return { code, increase: result?.scenarios[0]?.budget.find(one => one.limit === 'max_increase')?.state }
  }

  it.each([
    ['the folder', ['scenarios'], '.'],
    ['the folder with a slash', ['scenarios/'], '.'],
    ['the folder from within', ['../scenarios/'], 'scenarios'],
    ['this folder', ['.'], 'scenarios'],
    ['the configuration from within', [], 'scenarios'],
    ['a glob', ['scenarios/*.yaml'], '.'],
    ['a glob through above', ['../scenarios/b*.yaml'], 'prompts'],
    ['a file by its name', ['bot.yaml'], 'scenarios'],
  ])('named by %s', async (_, argv, folder) => {
    repo.write({ 'dsprice.config.yaml': 'scenarios: [scenarios/]\n' })
    grow()
    expect(await held(argv, folder)).toEqual({ code: 1, increase: 'over' })
  })

  it('named by whole paths, also through a link to the repository', async () => {
    grow()
    const link = `${repo.root}-link`
    symlinkSync(repo.root, link)
    try {
      for (const root of [repo.root, link]) {
        for (const name of ['scenarios/bot.yaml', 'scenarios', 'scenarios/*.yaml']) {
          expect(await held([`${root}/${name}`]), `${root}/${name}`).toEqual({ code: 1, increase: 'over' })
        }
      }
    } finally {
      rmSync(link)
    }
  })

  it('through a folder that is a link', async () => {
    symlinkSync('scenarios', join(repo.root, 'linked'))
    repo.commit('link')
    grow()
    expect(await held(['linked'])).toEqual({ code: 1, increase: 'over' })
    expect(await held(['linked/bot.yaml'])).toEqual({ code: 1, increase: 'over' })
  })

  it('in a folder that was moved together with its entry in the configuration', async () => {
    repo.write({ 'dsprice.config.yaml': 'scenarios: [scenarios/]\n' })
    repo.commit('configured')
    repo.git('mv', 'scenarios', 'agents')
    repo.write({ 'dsprice.config.yaml': 'scenarios: [agents/]\n' })
    grow()
    expect(await held([])).toEqual({ code: 1, increase: 'over' })
  })

  it('under another name and in another file, while the old one cannot be read', async () => {
    repo.write({ 'scenarios/bot.yaml': scenario('bot', 'max_increase: 20%', { model: 'nope' }) })
    repo.commit('broken')
    repo.git('mv', 'scenarios/bot.yaml', 'scenarios/other.yaml')
    repo.write({ 'scenarios/other.yaml': scenario('other', 'max_increase: 20%') })
    expect(await held(['scenarios'])).toEqual({ code: 3, increase: 'unknown' })
  })

  it('outside the repository: git knows no earlier state, so it is new and not its own baseline', async () => {
    const outside = gitFolder()
    outside.write({
      'prices.json': book(),
      'prompts/bot.md': words(9),
      's/bot.yaml': scenario('bot', 'max_increase: 0%'),
    })
    expect(await held([join(outside.root, 's/bot.yaml')])).toEqual({ code: 0, increase: 'no_baseline' })
    expect((await checkIn(repo.root, [join(outside.root, 's/bot.yaml'), '--strict'])).code).toBe(2)
    removeFolder(outside.root)
  })
})
