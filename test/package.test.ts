import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../src/version.ts'
import { dsprice, repository } from './fake-io.ts'
import { removeFolder } from './remove-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsprice-'))
afterAll(() => removeFolder(folder))

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))

const run = (command: string, argv: readonly string[], cwd: string): string =>
  execFileSync(command, argv, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

it('has the version that package.json has', () => {
  expect(VERSION).toBe(manifest.version)
})

it('keeps the command line’s packages out of what it installs', () => {
  expect(Object.keys(manifest.dependencies)).not.toEqual(expect.arrayContaining(['commander', 'chalk', 'cli-table3']))
})

describe('where the repository lives', () => {
  // OWNER stands for an address that is not known yet: it is changed in package.json, and then this test names the rest.
  const [, address = ''] = /^git\+(https:\/\/.+)\.git$/.exec(manifest.repository.url) ?? []
  const project = new URL(address).pathname.slice(1)

  it('faults are reported there', () => {
    expect(manifest.bugs).toEqual({ url: `${address}/issues` })
  })

  it('the documents name no other place', () => {
    const pages = [
      'README.md',
      'action.yml',
      ...readdirSync(join(repository, 'docs'))
        .filter(name => name.endsWith('.md'))
        .map(name => `docs/${name}`),
    ]
    const text = pages.map(page => readFileSync(join(repository, page), 'utf8')).join('\n')
    // `uses: OWNER/dsprice@COMMIT`, `https://github.com/OWNER/dsprice`, `OWNER/dsprice`
    const named = [...text.matchAll(/(?:uses: |github\.com\/|`)([\w.-]+\/dsprice)(?![\w./-]*\.md|[\w.-])/g)]
    expect([...new Set(named.map(([, name]) => name))]).toEqual([project])
    expect(named.length).toBeGreaterThanOrEqual(3)
  })
})

// Packs what dist/ holds, which the run of the tests has just built.
describe('the tarball', () => {
  const app = join(folder, 'app')
  let packed: { readonly filename: string; readonly size: number; readonly paths: readonly string[] }

  beforeAll(() => {
    const flags = ['--ignore-scripts', '--json', '--pack-destination', folder]
    const [{ filename, size, files }] = JSON.parse(run('npm', ['pack', ...flags], repository)) as [
      { filename: string; size: number; files: { path: string }[] },
    ]
    packed = { filename, size, paths: files.map(({ path }) => path) }
  })

  it('has every page that its pages link to', () => {
    const pages = packed.paths.filter(path => path.endsWith('.md') && !path.startsWith('scenarios/'))
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/ci.md']))
    const links = pages.flatMap(page =>
      [...readFileSync(join(repository, page), 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(
        ([, target = '']) => ({ page, target: posix.join(posix.dirname(page), target) }),
      ),
    )
    expect(links.length).toBeGreaterThan(10)
    const there = ({ target }: { target: string }): boolean =>
      packed.paths.some(path => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`))
    expect(links.filter(link => !there(link))).toEqual([])
  })

  it('installs elsewhere', () => {
    const { paths } = packed
    for (const needed of [
      'bin/dsprice.js',
      'bin/package.json',
      'bin/completions/dsprice.bash',
      'dist/index.js',
      'dist/types/index.d.ts',
      'dist/LICENSES.txt',
    ]) {
      expect(paths).toContain(needed)
    }
    expect(paths.filter(path => /^(src|test|bench|scripts|node_modules)\//.test(path))).toEqual([])
    // Two thirds of it are the five vocabularies; no package that carries one is installed beside it.
    expect(packed.size).toBeLessThan(5_200_000)
    mkdirSync(app)
    writeFileSync(join(app, 'package.json'), '{"name": "app", "private": true, "type": "module"}\n')
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    run('npm', ['install', ...flags, join(folder, packed.filename)], app)
  })

  it('runs a scenario that comes with it, to the same bytes', async () => {
    const out = run(
      'npx',
      ['--no-install', 'dsprice', 'estimate', 'node_modules/dsprice/scenarios/coding-agent.yaml'],
      app,
    )
    const here = await dsprice(['estimate', 'scenarios/coding-agent.yaml'])
    expect(out).toBe(here.out)
  })

  it('counts text', () => {
    // Two tokens; OpenAI's rule adds 4 to a message and 3 to a prompt.
    writeFileSync(join(app, 'text.yaml'), 'name: t\nmodel: o3\nat: 2026-11-23\nrequest: {turn: {text: hello world}}\n')
    const out = run('npx', ['--no-install', 'dsprice', 'estimate', 'text.yaml', '--json'], app)
    expect(JSON.parse(out)).toMatchObject({ scenarios: [{ tokens: { prompt: 9 } }] })
  })

  it('is a library of three lines', () => {
    writeFileSync(
      join(app, 'library.js'),
      `import { estimate, loadBook, loadScenario } from 'dsprice'
const scenario = await loadScenario('node_modules/dsprice/scenarios/coding-agent.yaml')
console.log(estimate(scenario, await loadBook('2026-05-15')).scenarios[0].costs.cached)
`,
    )
    expect(run(process.execPath, ['library.js'], app)).toBe('0.7308\n')
  })

  it('exports its schemas and books, and its types compile', () => {
    writeFileSync(
      join(app, 'exports.js'),
      `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
console.log(require('dsprice/schema/scenario.schema.json').title, require('dsprice/pricing/2026-05-15.json').version)
`,
    )
    expect(run(process.execPath, ['exports.js'], app)).toBe('dsprice scenario 2026-05-15\n')
    writeFileSync(
      join(app, 'typed.ts'),
      `import { estimate, type LoadedBook, loadBook, loadScenario, type Result, type Printed } from 'dsprice'
const book: LoadedBook = await loadBook()
const result: Result = estimate(await loadScenario('a.yaml', { book }), book)
export const cached: Printed<string> | null | undefined = result.scenarios[0]?.costs.cached
`,
    )
    const tsc = join(repository, 'node_modules/typescript/bin/tsc')
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', 'false']
    expect(run(process.execPath, [tsc, ...flags, 'typed.ts'], app)).toBe('')
  })
})
