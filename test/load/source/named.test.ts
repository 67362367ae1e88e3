import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/index.ts'
import { dsprice, repository } from '../../fake-io.ts'
import { gitFolder } from '../../git-folder.ts'
import { removeFolder } from '../../remove-folder.ts'

const home = realpathSync(mkdtempSync(join(tmpdir(), 'dsprice-named-')))
afterAll(() => removeFolder(home))

const write = (name: string, text: string): string => {
  mkdirSync(dirname(join(home, name)), { recursive: true })
  writeFileSync(join(home, name), text)
  return name
}

const SECRET = 'hunter2-is-secret'
const book = JSON.stringify({
  ...(JSON.parse(readFileSync(join(repository, 'test/fixtures/book.json'), 'utf8')) as object),
  extends: 'none',
})
// repo/ is a repository, with another of its own inside; out/ lies beside it.
for (const top of ['repo', 'repo/inner']) write(`${top}/.git/config`, SECRET)
for (const folder of ['repo', 'repo/bots/deep', 'repo/inner', 'out']) {
  write(`${folder}/text`, SECRET)
  write(`${folder}/tools.json`, '[]')
  write(`${folder}/book.json`, book)
}
write('repo/bots/.git.md', 'a file like any other')
symlinkSync('../../out', join(home, 'repo/bots/far'))
symlinkSync('../../out/text', join(home, 'repo/bots/leak'))
symlinkSync('../.git', join(home, 'repo/bots/own'))
symlinkSync('deep', join(home, 'repo/bots/near'))

/** How a scenario can name a file, with a file of that kind: each must hold whatever it is given. */
const KEYS = {
  file: { name: 'text', body: (path: string) => `request: {turn: {file: ${JSON.stringify(path)}}}` },
  files: { name: 'tex*', body: (path: string) => `request: {turn: {files: ${JSON.stringify(path)}}}` },
  'files in a list': {
    name: 'te{x,y}t',
    body: (path: string) => `request: {shared: [5, {files: ${JSON.stringify(path)}}], turn: 1}`,
  },
  tools: { name: 'tools.json', body: (path: string) => `request: {turn: {tools: ${JSON.stringify(path)}}}` },
  pricing: { name: 'book.json', body: (path: string) => `request: {turn: 5}\npricing: ${JSON.stringify(path)}` },
} as const
type KeyName = keyof typeof KEYS
const EACH_KEY = Object.keys(KEYS) as KeyName[]

const LINE = 2
const scenario = (key: KeyName, folder: string): string =>
  write(
    'repo/bots/s.yaml',
    `name: a\n${KEYS[key].body(`${folder}${KEYS[key].name}`)}\nmodel: ${key === 'pricing' ? 'plain' : 'o3'}\n`,
  )

const estimate = async (key: KeyName, folder: string, ...flags: string[]) => {
  const file = scenario(key, folder)
  const { code, out, err } = await dsprice(['estimate', file, '--json', '--quiet', ...flags], home)
  const errors = code === 0 ? [] : (JSON.parse(err).errors as { code: string; at: string | null }[])
  return { code, errors, said: out + err }
}

describe.each(EACH_KEY)('%s of a scenario', key => {
  it.each([
    { it: 'below', folder: 'deep/' },
    { it: 'above, in the repository', folder: '../' },
    { it: 'behind a link that stays inside', folder: 'near/' },
    { it: 'by its whole path', folder: join(home, 'repo/') },
  ])('is read inside the repository: $it', async ({ folder }) => {
    expect(await estimate(key, folder)).toMatchObject({ code: 0, errors: [] })
  })

  const OUTSIDE = [
    { it: 'above the repository', folder: '../../out/' },
    { it: 'by its whole path', folder: join(home, 'out/') },
    { it: 'behind a link that leads out', folder: 'far/' },
    { it: 'through a folder and out again', folder: 'deep/../../../out/' },
    { it: 'behind a link that is left again', folder: 'near/../far/' },
  ]
  it.each(OUTSIDE)('is not read outside: $it', async ({ folder }) => {
    const { code, errors, said } = await estimate(key, folder)
    const row = key === 'pricing' ? LINE + 1 : LINE
    expect([code, errors.map(one => one.code)]).toEqual([2, ['OUTSIDE']])
    expect(errors[0]?.at).toMatch(new RegExp(`^repo/bots/s\\.yaml:${row}:\\d+$`))
    expect(said).not.toContain(SECRET)
  })

  it.each(OUTSIDE)('is read there with --allow-outside: $it', async ({ folder }) => {
    expect(await estimate(key, folder, '--allow-outside')).toMatchObject({ code: 0 })
  })

  it.each(['../.git/', '../inner/.git/', 'own/', `${join(home, 'repo')}/.git/`, '../.GIT/'])(
    'is never read in %s',
    async folder => {
      for (const name of readdirSync(join(home, 'out'))) write(`repo/.git/${name}`, SECRET)
      for (const flags of [[], ['--allow-outside']]) {
        const { code, said } = await estimate(key, folder, ...flags)
        expect(code).toBe(2)
        expect(said).not.toContain(SECRET)
      }
    },
  )
})

describe('beside the files of a scenario', () => {
  const outcome = async (argv: readonly string[], cwd = home) => {
    const { code, err } = await dsprice([...argv, '--json', '--quiet'], cwd)
    return code === 0 ? [0] : [code, ...(JSON.parse(err).errors as { code: string }[]).map(one => one.code)]
  }

  it('a file that names itself .git.md is like any other', async () => {
    const request = 'request: {turn: {files: "*.md"}, shared: {file: .git.md}}'
    write('repo/bots/s.yaml', `name: a\nmodel: o3\n${request}\n`)
    expect(await outcome(['estimate', 'repo/bots/s.yaml'])).toEqual([0])
  })

  it('a glob of all files passes by what is git’s', async () => {
    write('all/.git/config', SECRET)
    write('all/p/a.md', 'hello')
    write('all/s.yaml', 'name: a\nmodel: o3\nrequest: {turn: {files: "**"}}\n')
    const { code, out } = await dsprice(['estimate', 'all/s.yaml', '--json', '--quiet'], home)
    expect([code, JSON.parse(out).scenarios[0].input.request.turn.parts[0].samples.length]).toEqual([0, 2])
    const { out: counted } = await dsprice(['tokens', '**', '--model', 'o3', '--json'], join(home, 'all'))
    expect(counted).toContain('p/a.md')
    expect(counted).not.toContain('.git')
  })

  it('what is typed is the user’s choice', async () => {
    write('repo/bots/s.yaml', 'name: a\nmodel: plain\nrequest: {turn: 5}\n')
    const file = 'repo/bots/s.yaml'
    for (const set of ['pricing=../../out/book.json', `pricing=${join(home, 'out/book.json')}`]) {
      expect(await outcome(['estimate', file, '--set', set])).toEqual([0])
    }
    for (const set of ['request.turn={file: ../../out/text}', 'request.turn.file=../../out/text']) {
      expect(await outcome(['estimate', file, '--set', 'model=o3', '--set', set])).toEqual([0])
    }
    expect(await outcome(['estimate', 'bots/s.yaml', '--pricing', '../out/book.json'], join(home, 'repo'))).toEqual([0])
    expect(await outcome(['tokens', '../out/text', '--model', 'o3'], join(home, 'repo'))).toEqual([0])
  })

  it('a setting of another key lets nothing else out', async () => {
    scenario('file', '../../out/')
    expect(await outcome(['estimate', 'repo/bots/s.yaml', '--set', 'request.shared={text: x}'])).toEqual([2, 'OUTSIDE'])
  })

  it('a scenario on stdin names files of the working folder', async () => {
    const run = async (path: string) => {
      const stdin = `name: a\nmodel: o3\nrequest: {turn: {file: ${path}}}\n`
      return (await dsprice(['estimate', '-', '--quiet'], join(home, 'repo'), { stdin })).code
    }
    expect([await run('bots/deep/text'), await run('../out/text')]).toEqual([0, 2])
  })

  it('outside a repository the higher of the two folders holds', async () => {
    write('out/below/s.yaml', 'name: a\nmodel: o3\nrequest: {turn: {file: ../text}}\n')
    expect(await outcome(['estimate', 'below/s.yaml'], join(home, 'out'))).toEqual([0])
    expect(await outcome(['estimate', 's.yaml'], join(home, 'out/below'))).toEqual([2, 'OUTSIDE'])
  })

  it('a broken scenario is told of its paths as well', async () => {
    write(
      'repo/bots/s.yaml',
      'name: 5\nmodel: o3\nrequest: {turn: {file: ../../out/text}}\npricing: ../../out/book.json\n',
    )
    expect(await outcome(['estimate', 'repo/bots/s.yaml'])).toEqual([2, 'INVALID', 'OUTSIDE', 'OUTSIDE'])
  })

  it('the library holds them, too', async () => {
    const path = join(home, scenario('file', '../../out/'))
    await expect(loadScenario(path)).rejects.toMatchObject({ problems: [{ code: 'OUTSIDE' }] })
    expect((await loadScenario(path, { allowOutside: true })).name).toBe('a')
  })

  it('a backslash is no folder, and the fault says so', async () => {
    write('repo/bots/s.yaml', 'name: a\nmodel: o3\nrequest: {shared: {file: deep\\text}, turn: {files: deep\\tex*}}\n')
    const { code, err } = await dsprice(['estimate', 'repo/bots/s.yaml'], home)
    expect(code).toBe(2)
    expect(err).toContain('fix: check the path, and write / between folders rather than \\: repo/bots/deep/text')
    expect(err).toContain('fix: check the path, and write / between folders rather than \\: deep/tex*')
  })
})

describe('what a configuration names', () => {
  const check = async (entry: string, ...flags: string[]) => {
    write('repo/dsprice.config.yaml', `scenarios:\n  - ${JSON.stringify(entry)}\ndefaults: {per_period: 100}\n`)
    const { code, err } = await dsprice(['check', '--json', '--quiet', ...flags], join(home, 'repo'))
    return code === 0 ? '0' : `${code} ${JSON.parse(err).errors[0].code} ${JSON.parse(err).errors[0].at}`
  }
  write('repo/bots/jobs/w.yaml', 'name: w\nmodel: o3\nrequest: {turn: 5}\n')
  write('out/jobs/w.yaml', 'name: w\nmodel: o3\nrequest: {turn: 5}\n')
  symlinkSync('../out/jobs', join(home, 'repo/jobs'))

  it.each(['bots/jobs', 'bots/jobs/*.yaml', 'bots/jobs/w.yaml'])('is read inside: %s', async entry => {
    expect(await check(entry)).toBe('0')
  })

  it.each(['../out/jobs', '../out/jobs/*.yaml', '../out/jobs/w.yaml', 'b*/../../out/**/*.yaml', 'jobs', 'jobs/w.yaml'])(
    'is not read outside, unless that is typed: %s',
    async entry => {
      expect(await check(entry)).toBe('2 OUTSIDE dsprice.config.yaml:2:5')
      expect(await check(entry, '--allow-outside')).toBe('0')
    },
  )
})

describe('a baseline of a commit', () => {
  it('is held as the disk is, on the base and on the head', async () => {
    const { root, git, write: add, commit } = gitFolder()
    try {
      const inside = 'name: a\nmodel: o3\nrequest: {turn: {file: ../p.md}}\nbudget: {max_increase: 10%}\n'
      const outside = inside.replace('../p.md', `../../${basename(root)}.md`)
      writeFileSync(`${root}.md`, 'hello')
      add({ 'bots/s.yaml': inside, 'p.md': 'hello' })
      commit('inside')
      const check = async (...flags: string[]) =>
        dsprice(['check', 'bots/s.yaml', '--baseline', 'git:HEAD', '--json', ...flags], root)
      expect((await check()).code).toBe(0)
      add({ 'bots/s.yaml': outside })
      const head = await check()
      expect([head.code, head.err]).toEqual([2, expect.stringContaining('"code":"OUTSIDE"')])
      expect((await check('--allow-outside')).code).toBe(0)
      commit('outside')
      add({ 'bots/s.yaml': inside })
      const base = await check()
      expect(base.out).toContain('is outside')
      expect(base.code).not.toBe(0)
      expect((await check('--allow-outside')).code).toBe(0)
      expect(git('status', '--short')).toBe('M bots/s.yaml')
    } finally {
      removeFolder(root)
      rmSync(`${root}.md`, { force: true })
    }
  })
})

it('is the one way from a file to the files that it names', () => {
  const load = join(repository, 'src/load')
  const reads = readdirSync(load, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .filter(name =>
      /\b(?:read(?:Text|Bytes)\(|textPieces\(|[fF]iles\.(?:read|glob)\()/.test(readFileSync(join(load, name), 'utf8')),
    )
    .map(name => basename(name))
    .sort()
  // What else reads, reads what was typed or found: whatever a file names is a NamedPath, from named.ts.
  expect(reads).toEqual([
    'add-to-file.ts',
    'block-ids.ts',
    'catalogue-file.ts',
    'columns-file.ts',
    'count-file.ts',
    'count-files.ts',
    'find-sources.ts',
    'layers.ts',
    'named-files.ts',
    'named.ts',
    'open-checks.ts',
    'own-tokenizer.ts',
    'prefix-of-files.ts',
    'price-cells.ts',
    'read-bytes.ts',
    'read-config.ts',
    'read-document.ts',
    'read-once.ts',
    'read-text.ts',
    'read-trace.ts',
    'read-value.ts',
    'sample-glob.ts',
    'scenario-files.ts',
    'scenario.ts',
    'schema-path.ts',
    'sides.ts',
    'text-files.ts',
  ])
})
