import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../src/model/result/result.ts'
import { dsprice } from '../fake-io.ts'
import { type GitFolder, gitFolder } from '../git-folder.ts'
import { removeFolder } from '../remove-folder.ts'

/** A run that costs more only where its output grows; the limit is on that. */
const bot = (output: string, { name = 'bot', more = '' } = {}): string =>
  `name: ${name}
model: gpt-5.5
pricing: "2026-11-23"
at: 2026-11-01
request: { turn: 300, output: ${output} }
budget: { max_increase: 10% }
${more}`

let repo: GitFolder
beforeEach(() => {
  repo = gitFolder()
})
afterEach(() => {
  removeFolder(repo.root)
})

const check = async (folder: string, ...argv: string[]) => {
  const { code, out, err } = await dsprice(['check', ...argv, '--json'], folder)
  const result = out === '' ? null : (JSON.parse(out) as Result)
  return { code, err, result, states: result?.scenarios.flatMap(({ budget }) => budget.map(({ state }) => state)) }
}
const held = async (folder: string, ...argv: string[]) => {
  const { code, states, err } = await check(folder, ...argv)
  return { code, states, codes: [...err.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code) }
}
const OVER = { code: 1, states: ['over'], codes: [] }

/** With variables of the environment as git or a user sets them; those of this process come back after. */
const withEnv = async <T>(env: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> => {
  const before = { ...process.env }
  Object.assign(process.env, env)
  try {
    return await work()
  } finally {
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

describe('an increase is held whatever the environment says', () => {
  beforeEach(() => {
    repo.write({ 'apps/bot/bot.yaml': bot('300') })
    repo.commit('first')
    repo.write({ 'apps/bot/bot.yaml': bot('3000') })
  })
  const below = (): string => join(repo.root, 'apps/bot')

  it.each<{ it: string; env: () => Record<string, string> }>([
    // What git sets for a hook, in the main work tree and in a linked one.
    {
      it: 'in a hook',
      env: () => ({ GIT_INDEX_FILE: '.git/index', GIT_PREFIX: '', GIT_EXEC_PATH: '/usr/lib/git-core' }),
    },
    { it: 'in a hook that has the folder', env: () => ({ GIT_DIR: join(repo.root, '.git'), GIT_PREFIX: 'apps/bot/' }) },
    { it: 'with a folder relative to another', env: () => ({ GIT_DIR: '.git' }) },
    { it: 'with another work tree', env: () => ({ GIT_DIR: join(repo.root, '.git'), GIT_WORK_TREE: below() }) },
    {
      it: 'with settings',
      env: () => ({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.bare', GIT_CONFIG_VALUE_0: 'true' }),
    },
    { it: 'with settings in one variable', env: () => ({ GIT_CONFIG_PARAMETERS: "'core.worktree=/'" }) },
    { it: 'with a namespace', env: () => ({ GIT_NAMESPACE: 'other', GIT_CEILING_DIRECTORIES: repo.root }) },
    { it: 'with objects elsewhere', env: () => ({ GIT_OBJECT_DIRECTORY: tmpdir(), GIT_COMMON_DIR: tmpdir() }) },
    { it: 'with paths taken literally', env: () => ({ GIT_LITERAL_PATHSPECS: '1', GIT_TRACE: '2', GIT_FLUSH: '1' }) },
    { it: 'with attributes of another commit', env: () => ({ GIT_ATTR_SOURCE: 'HEAD~9', GIT_DEFAULT_HASH: 'sha256' }) },
  ])('$it', async ({ env }) => {
    await withEnv(env(), async () => {
      expect(await held(below(), 'bot.yaml', '--baseline', 'git:HEAD')).toEqual(OVER)
      expect(await held(repo.root, 'apps', '--baseline', 'git:HEAD')).toEqual(OVER)
    })
  })

  it('in a hook of a linked work tree', async () => {
    const linked = `${repo.root}-linked`
    repo.git('worktree', 'add', '-q', linked, '-b', 'feature')
    writeFileSync(join(linked, 'apps/bot/bot.yaml'), bot('3000'))
    const own = join(repo.root, '.git/worktrees', linked.split('/').at(-1) ?? '')
    try {
      for (const env of [{}, { GIT_DIR: own, GIT_INDEX_FILE: join(own, 'index'), GIT_PREFIX: 'apps/bot/' }]) {
        await withEnv(env, async () => {
          expect(await held(join(linked, 'apps/bot'), 'bot.yaml', '--baseline', 'git:HEAD')).toEqual(OVER)
        })
      }
    } finally {
      repo.git('worktree', 'remove', '--force', linked)
    }
  })

  it('in the repository that the folder is in, where a hook names another', async () => {
    const other = gitFolder()
    other.write({ 'apps/bot/bot.yaml': bot('3000') })
    other.commit('the same as here')
    await withEnv({ GIT_DIR: join(other.root, '.git'), GIT_WORK_TREE: other.root }, async () => {
      expect(await held(below(), 'bot.yaml', '--baseline', 'git:HEAD')).toEqual(OVER)
    })
    removeFolder(other.root)
  })
})

describe('line ends and encodings of a checkout are no change', () => {
  // A row of a table is a token more with CR LF.
  const prompt = Array.from({ length: 200 }, (_, i) => `Rule ${i} — only:\n\n|a|b|\n|-|-|\n`).join('')
  const scenario = bot('300').replace('turn: 300', 'shared: { file: system.md }').replace('10%', '0%')

  it.each<{ it: string; attributes: string; autocrlf: string }>([
    { it: 'CR LF by a setting', attributes: '* text=auto\n', autocrlf: 'true' },
    { it: 'CR LF by a setting alone', attributes: '\n', autocrlf: 'true' },
    { it: 'CR LF by an attribute', attributes: '*.md text eol=crlf\n', autocrlf: 'false' },
    { it: 'UTF-16', attributes: '*.md text working-tree-encoding=UTF-16\n', autocrlf: 'false' },
    { it: 'UTF-16 and CR LF', attributes: '*.md text eol=crlf working-tree-encoding=UTF-16LE-BOM\n', autocrlf: 'true' },
  ])('$it', async ({ attributes, autocrlf }) => {
    repo.write({ '.gitattributes': attributes })
    repo.git('add', '.gitattributes')
    const text = attributes.includes('UTF-16') ? Buffer.from(`\ufeff${prompt}`, 'utf16le') : prompt
    repo.write({ 'system.md': text, 'bot.yaml': scenario })
    repo.commit('first')
    expect(repo.git('cat-file', '-p', 'HEAD:system.md')).toBe(prompt.trim())
    repo.git('config', 'core.autocrlf', autocrlf)
    rmSync(join(repo.root, 'system.md'))
    repo.git('checkout', '-q', '--', 'system.md')
    expect(repo.git('status', '--short')).toBe('')
    expect(readFileSync(join(repo.root, 'system.md')).equals(Buffer.from(prompt))).toBe(false)
    const { code, result } = await check(repo.root, 'bot.yaml', '--baseline', 'git:HEAD')
    expect(code).toBe(0)
    expect(result?.check?.changes).toMatchObject([{ state: 'same' }])
  })

  it('but attributes of a pull request do not make the baseline dearer', async () => {
    repo.write({ 'system.md': prompt, 'bot.yaml': scenario })
    repo.commit('first')
    // Longer by some of its lines only: nothing, were the baseline read with CR LF.
    repo.write({ '.gitattributes': '* text eol=crlf\n', 'system.md': `${prompt}- three\n` })
    repo.commit('longer')
    expect(await held(repo.root, 'bot.yaml', '--baseline', 'git:HEAD~1')).toEqual(OVER)
  })
})

describe('a file is its real path, on both sides', () => {
  it.each<{ it: string; links: Readonly<Record<string, string>> }>([
    { it: 'linked into two packages', links: { 'packages/one/bots': '../../bots', 'packages/two/bots': '../../bots' } },
    { it: 'in a folder that leads up', links: { 'bots/up': '..' } },
    { it: 'in a folder that holds itself', links: { 'bots/self': '.' } },
    { it: 'linked as a file', links: { 'packages/one/again.yaml': '../../bots/bot.yaml' } },
  ])('$it, it counts once', async ({ links }) => {
    repo.write({ 'bots/bot.yaml': bot('300'), 'dsprice.config.yaml': 'total: { per_run: 0.0106, max_increase: 0% }\n' })
    // (300 × $5 + 300 × $30) ÷ 1M = $0.0105.
    for (const [link, target] of Object.entries(links)) {
      mkdirSync(join(repo.root, dirname(link)), { recursive: true })
      symlinkSync(target, join(repo.root, link))
    }
    repo.commit('first')
    for (const names of [['.'], ['bots', '.'], ['bots/bot.yaml', ...Object.keys(links)]]) {
      const { code, result } = await check(repo.root, ...names, '--baseline', 'git:HEAD')
      expect({ code, files: result?.scenarios.map(({ file }) => file) }, names.join(' ')).toEqual({
        code: 0,
        files: ['bots/bot.yaml'],
      })
      expect(result?.check?.sums?.run?.change.headline).toBe('0')
    }
  })

  it('a link that is not followed is a warning, and one for all', async () => {
    repo.write({ 'bots/bot.yaml': bot('300') })
    for (let i = 0; i < 20; i++) symlinkSync(`nowhere-${i}`, join(repo.root, `bots/${i}.yaml`))
    symlinkSync(tmpdir(), join(repo.root, 'bots/tmp'))
    repo.commit('first')
    const { code, result } = await check(repo.root, '.', '--baseline', 'git:HEAD')
    expect(code).toBe(0)
    expect(result?.warnings).toMatchObject([
      { code: 'LINK_LEFT', what: '"bots/tmp" is not followed: it leads out of the repository' },
      {
        code: 'LINK_LEFT',
        what: '"bots/0.yaml", "bots/1.yaml", "bots/10.yaml" and 17 more are not followed: they lead to nothing',
      },
    ])
    expect(await held(repo.root, '.', '--baseline', 'git:HEAD', '--strict')).toMatchObject({ code: 2 })
    for (const argv of [
      ['estimate', '.', '--strict'],
      ['diff', 'git:HEAD', '.', '.', '--strict'],
    ]) {
      const { code, err } = await dsprice(argv, repo.root)
      expect({ code, told: err.includes('LINK_LEFT') }, argv[0]).toEqual({ code: 2, told: true })
    }
  })

  it('the samples of a scenario as well', async () => {
    repo.write({ 'bot.yaml': bot('300').replace('turn: 300', 'turn: { files: "s/**/*.txt" }'), 's/a.txt': 'a b c' })
    symlinkSync('.', join(repo.root, 's/self'))
    symlinkSync('/nowhere/at/all', join(repo.root, 's/out.txt'))
    repo.commit('first')
    const { code, result } = await check(repo.root, 'bot.yaml', '--baseline', 'git:HEAD')
    expect(code).toBe(0)
    expect(result?.warnings).toMatchObject([{ code: 'LINK_LEFT', at: 's/out.txt' }])
    expect(result?.check?.changes).toMatchObject([{ state: 'same' }])
    const { out, err } = await dsprice(['tokens', '**', '--model', 'o200k_base', '--json'], join(repo.root, 's'))
    expect(JSON.parse(out).files).toMatchObject([{ file: 'a.txt' }])
    expect(err).toContain('LINK_LEFT')
  })
})

describe('what a pull request may do does not make an increase pass', () => {
  beforeEach(() => {
    repo.write({ 'bots/bot.yaml': bot('300') })
    repo.commit('first')
    repo.git('branch', 'base')
    repo.write({ 'bots/bot.yaml': bot('3000') })
  })
  const FAILS = { code: 3, states: ['unknown'], codes: ['BUDGET_UNKNOWN'] }

  it('a branch that is called like the baseline', async () => {
    repo.git('update-ref', 'refs/remotes/origin/main', 'base')
    repo.commit('dearer')
    repo.git('branch', 'origin/main')
    expect(await held(repo.root, 'bots', '--baseline', 'git:origin/main')).toEqual({
      code: 2,
      states: undefined,
      codes: ['NO_REVISION'],
    })
    expect(await held(repo.root, 'bots', '--baseline', 'git:refs/remotes/origin/main')).toEqual(OVER)
    expect(await held(repo.root, 'bots', '--baseline', 'git:HEAD~1')).toEqual(OVER)
  })

  it('an object put in the place of the baseline’s', async () => {
    const dearer = repo.commit('dearer')
    repo.git('replace', 'base', dearer)
    expect(await held(repo.root, 'bots', '--baseline', 'git:base')).toEqual(OVER)
  })

  it('a folder that looks like a repository inside', async () => {
    const trap = gitFolder()
    trap.write({ 'bot.yaml': bot('3000'), 'bots/bot.yaml': bot('3000') })
    trap.commit('dearer')
    for (const name of ['HEAD', 'config', 'objects', 'refs']) {
      cpSync(join(trap.root, '.git', name), join(repo.root, 'bots', name), { recursive: true })
    }
    writeFileSync(join(repo.root, 'bots/config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n')
    repo.commit('trap')
    expect(await held(join(repo.root, 'bots'), '.', '--baseline', 'git:HEAD~1')).toEqual(OVER)
    removeFolder(trap.root)
  })

  it('a program called git in the repository', async () => {
    writeFileSync(join(repo.root, 'git'), '#!/bin/sh\nexit 0\n')
    chmodSync(join(repo.root, 'git'), 0o755)
    await withEnv({ PATH: `.:${process.env['PATH']}` }, async () => {
      expect(await held(repo.root, 'bots', '--baseline', 'git:base')).toEqual(OVER)
    })
  })

  it.each<{ it: string; change: () => void; names?: string[] }>([
    {
      it: 'a folder in its place, with the file in it',
      change: () => {
        rmSync(join(repo.root, 'bots/bot.yaml'))
        repo.write({ 'bots/bot.yaml/bot.yaml': bot('3000') })
      },
    },
    {
      it: 'a link in its place',
      change: () => {
        renameSync(join(repo.root, 'bots/bot.yaml'), join(repo.root, 'elsewhere.yaml'))
        symlinkSync('../elsewhere.yaml', join(repo.root, 'bots/bot.yaml'))
      },
    },
    {
      it: 'a folder that is a link now',
      change: () => {
        renameSync(join(repo.root, 'bots'), join(repo.root, 'moved'))
        symlinkSync('moved', join(repo.root, 'bots'))
      },
    },
    {
      it: 'another case of its name',
      change: () => {
        renameSync(join(repo.root, 'bots/bot.yaml'), join(repo.root, 'bots/Bot.yaml'))
      },
    },
    {
      it: 'attributes that keep it from exports',
      change: () => {
        repo.write({ '.gitattributes': '* export-ignore export-subst -diff -merge filter=none\n' })
      },
    },
    {
      it: 'links beside it that lead to it',
      change: () => {
        symlinkSync('bots', join(repo.root, 'a'))
        symlinkSync('bot.yaml', join(repo.root, 'bots/a.yaml'))
      },
    },
  ])('$it', async ({ change, names = ['bots'] }) => {
    change()
    repo.commit('dearer')
    expect(await held(repo.root, ...names, '--baseline', 'git:base')).toEqual(OVER)
  })

  it('another name: with --require-baseline it is no way out', async () => {
    rmSync(join(repo.root, 'bots/bot.yaml'))
    repo.write({ 'bots/new.yaml': bot('3000', { name: 'new' }) })
    expect(await held(repo.root, 'bots', '--baseline', 'git:base', '--require-baseline')).toMatchObject({
      code: 2,
      codes: ['NO_BASELINE'],
    })
  })

  it('a submodule: its earlier state is not known, so it is not new', async () => {
    const inner = gitFolder()
    inner.write({ 'sub.yaml': bot('3000', { name: 'sub' }) })
    inner.commit('inner')
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.root, 'sub')
    repo.write({ 'bots/bot.yaml': bot('300') })
    repo.commit('with a submodule')
    const { code, result } = await check(repo.root, '.', '--baseline', 'git:HEAD')
    expect({ code, states: result?.scenarios.map(({ name, budget }) => [name, budget[0]?.state]) }).toEqual({
      code: 3,
      states: [
        ['bot', 'within'],
        ['sub', 'unknown'],
      ],
    })
    // Within it, it is a repository like any other.
    writeFileSync(join(repo.root, 'sub/sub.yaml'), bot('30000', { name: 'sub' }))
    expect(await held(join(repo.root, 'sub'), '.', '--baseline', 'git:HEAD')).toEqual(OVER)
    removeFolder(inner.root)
  })

  it('a pointer of Git LFS instead of a prompt', async () => {
    repo.write({
      'bots/bot.yaml': bot('300').replace('turn: 300', 'turn: { file: ../big.md }'),
      'big.md': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 99999999\n',
    })
    expect(await held(repo.root, 'bots', '--baseline', 'git:base')).toMatchObject({ code: 2, codes: ['NOT_READABLE'] })
  })

  it('a clone that lacks the baseline’s files: it is not new', async () => {
    repo.git('config', 'uploadpack.allowFilter', 'true')
    repo.commit('dearer')
    const clone = mkdtempSync(join(tmpdir(), 'dsprice-clone-'))
    repo.git('clone', '-q', '--filter=blob:none', `file://${repo.root}`, clone)
    expect(await held(clone, 'bots', '--baseline', 'git:origin/base')).toEqual(FAILS)
    removeFolder(clone)
  })

  it('a sparse checkout that has the scenario', async () => {
    repo.write({ 'other/other.yaml': bot('300', { name: 'other' }) })
    repo.commit('dearer')
    repo.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'bots')
    expect(await held(repo.root, '.', '--baseline', 'git:base')).toEqual(OVER)
  })

  it('a disk that heeds no case finds the file in the commit, too', async () => {
    repo.commit('dearer')
    renameSync(join(repo.root, 'bots/bot.yaml'), join(repo.root, 'bots/BOT.yaml'))
    repo.git('config', 'core.ignorecase', 'true')
    writeFileSync(join(repo.root, 'bots/BOT.yaml'), bot('3000', { name: 'renamed' }))
    expect(await held(repo.root, 'bots/BOT.yaml', '--baseline', 'git:base')).toEqual(OVER)
  })
})

it('a scenario written on Windows fails closed, and says to write /', async () => {
  repo.write({
    'windows.yaml': `name: windows
model: gpt-5.5
request: { shared: { file: prompts\\system.md }, turn: { files: prompts\\users\\*.txt }, output: 10 }
`,
    'prompts/system.md': 'system',
    'prompts/users/a.txt': 'a',
  })
  const { code, err } = await dsprice(['estimate', 'windows.yaml'], repo.root)
  expect(code).toBe(2)
  expect(err).toContain('write / between folders rather than \\: prompts/system.md')
  expect(err).toContain('write / between folders rather than \\: prompts/users/*.txt')
  const named = await dsprice(['estimate', 'bots\\bot.yaml'], repo.root)
  expect(named.code).toBe(2)
  expect(named.err).toContain('rather than \\: bots/bot.yaml')
})
