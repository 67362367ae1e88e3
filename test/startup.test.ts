import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from './fake-io.ts'
import { removeFolder } from './remove-folder.ts'

/** Vocabularies are megabytes: a run reads the one that it counts with, and none where nothing is text. */

const home = mkdtempSync(join(tmpdir(), 'dsprice-startup-'))
const hook = join(home, 'hook.cjs')
const told = join(home, 'touched.json')

// Loaded before the program: notes every file that it reads, and at its end what it has loaded, of Node as well.
const HOOK = `
const fs = require('node:fs')
const paths = []
const before = new Set(process.moduleLoadList)
let inside = false
for (const name of ['readFileSync', 'openSync']) {
  const real = fs[name]
  fs[name] = (path, ...rest) => {
    if (inside) return real(path, ...rest)
    if (typeof path !== 'number') paths.push(String(path))
    inside = true
    try {
      return real(path, ...rest)
    } finally {
      inside = false
    }
  }
}
const { writeFileSync } = fs
process.on('exit', () => {
  const modules = process.moduleLoadList.filter(name => !before.has(name))
  writeFileSync(${JSON.stringify(told)}, JSON.stringify({ files: [...paths, ...Object.keys(require.cache)], modules }))
})
`

beforeAll(() => {
  writeFileSync(hook, HOOK)
})
afterAll(() => removeFolder(home))

/** Every file that a run of the built program reads or loads, and the modules of Node that it loads. */
const touchedBy = (argv: readonly string[]): { files: string[]; modules: string[] } => {
  const args = ['--require', hook, join(repository, 'bin/dsprice.js'), ...argv]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(readFileSync(told, 'utf8')) as { files: string[]; modules: string[] }
}

const filesOf = (argv: readonly string[]): string[] => touchedBy(argv).files

const vocabulariesOf = (argv: readonly string[]): string[] => {
  const names = filesOf(argv).flatMap(file => /vocabularies[\\/]([\w.-]+)\.vocab$/.exec(file)?.[1] ?? [])
  return [...new Set(names)]
}

describe('a run reads', () => {
  it.each<{ argv: readonly string[]; touched: readonly string[] }>([
    { argv: ['estimate', 'scenarios/coding-agent.yaml'], touched: [] },
    { argv: ['compare', 'scenarios/coding-agent.yaml', '--models', 'deepseek-v4-pro,deepseek-v4'], touched: [] },
    { argv: ['compare', '--models', 'deepseek-v4-pro,gpt-5.5,claude-opus-4.7', '--quiet'], touched: [] },
    { argv: ['estimate', 'scenarios/support-bot.yaml'], touched: ['deepseek-v3'] },
    {
      argv: ['estimate', 'scenarios/support-bot.yaml', '--set', 'model=gpt-5.5', '--quiet'],
      touched: ['o200k_base'],
    },
    {
      argv: ['tokens', 'scenarios/support-bot/system.md', '--model', 'deepseek-v4-pro'],
      touched: ['deepseek-v3'],
    },
    {
      argv: ['tokens', 'scenarios/support-bot/system.md', '--model', 'gpt-5.5'],
      touched: ['o200k_base'],
    },
  ])('$touched for $argv', ({ argv, touched }) => {
    expect(vocabulariesOf(argv)).toEqual(touched)
  })

  it('its scenario and one price book', () => {
    const files = filesOf(['estimate', 'scenarios/coding-agent.yaml'])
    expect(files.some(file => file.endsWith('coding-agent.yaml'))).toBe(true)
    expect(files.filter(file => /pricing[\\/].*\.json$/.test(file))).toEqual([
      join(repository, 'pricing/2026-05-15.json'),
    ])
  })
})

/** Source files that each chunk of dist/ holds, and what a second build made. */
interface Built {
  readonly sourcesOf: ReadonlyMap<string, readonly string[]>
  readonly folder: string
}

const again = async (): Promise<Built> => {
  const folder = join(home, 'dist')
  const { bundleCli, bundleLibrary } = await import(join(repository, 'scripts/build/bundle.mjs'))
  const chunks = (await bundleCli(repository, folder)) as readonly { fileName: string; moduleIds: readonly string[] }[]
  await bundleLibrary(repository, folder)
  const sourcesOf = chunks.map(({ fileName, moduleIds }) => {
    const sources = moduleIds.map(id => relative(join(repository, 'src'), id)).filter(path => !path.startsWith('..'))
    return [join(repository, 'dist', fileName), sources] as const
  })
  return { sourcesOf: new Map(sourcesOf), folder }
}

/** Every file of src/ that is loaded on demand. */
const onDemand = (): ReadonlySet<string> => {
  const src = join(repository, 'src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  const targets = files.flatMap(name =>
    [...readFileSync(join(src, name), 'utf8').matchAll(/\bimport\(\s*'(\.[^']+)'/g)].map(([, path]) =>
      join(dirname(name), path ?? ''),
    ),
  )
  return new Set(targets)
}

describe('the chunks of dist/', () => {
  let built: Built
  beforeAll(async () => {
    built = await again()
  }, 60_000)

  it('come out of a second build to the same bytes', () => {
    const made = readdirSync(built.folder, { recursive: true, encoding: 'utf8' }).filter(name => extname(name) !== '')
    expect(made.length).toBeGreaterThan(20)
    for (const name of made) {
      expect(readFileSync(join(built.folder, name)).equals(readFileSync(join(repository, 'dist', name))), name).toBe(
        true,
      )
    }
  })

  it('import one another one way, and export values', () => {
    const code = (path: string): string => readFileSync(path, 'utf8')
    const importsOf = (path: string): string[] =>
      [...code(path).matchAll(/(?<!=>)require\("(\.[^"]+)"\)/g)].map(([, to]) => join(dirname(path), to ?? ''))
    const walk = (path: string, above: readonly string[]): string[] =>
      above.includes(path) ? [[...above, path].join(' > ')] : importsOf(path).flatMap(to => walk(to, [...above, path]))
    const chunks = [...built.sourcesOf.keys()]
    expect(chunks.flatMap(path => walk(path, []))).toEqual([])
    expect(chunks.filter(path => code(path).includes('defineProperty(exports,"'))).toEqual([])
  })

  // What is loaded on demand is loaded where it is wanted; what is small and wanted together may share a file.
  it.each<{ argv: readonly string[]; wanted: readonly string[]; files: number }>([
    { argv: ['--version'], wanted: [], files: 3 },
    {
      argv: ['estimate', 'scenarios/coding-agent.yaml'],
      wanted: ['commands/estimate.ts', 'report/estimate/document.ts', 'report/blocks/terminal.ts'],
      files: 14,
    },
    { argv: ['estimate', 'scenarios/coding-agent.yaml', '--json'], wanted: ['commands/estimate.ts'], files: 13 },
    {
      argv: ['estimate', 'scenarios/routing-80-15-5.yaml', '--quiet'],
      wanted: [
        'commands/estimate.ts',
        'report/estimate/document.ts',
        'report/fleet/fleet-blocks.ts',
        'report/blocks/terminal.ts',
      ],
      files: 18,
    },
    {
      argv: ['compare', '--models', 'deepseek-v4-pro,gpt-5.5', '--quiet'],
      wanted: ['commands/compare.ts', 'report/estimate/comparison.ts', 'report/blocks/terminal.ts'],
      files: 15,
    },
    {
      argv: ['prices', 'show', 'deepseek-v4-pro'],
      wanted: ['commands/prices.ts', 'report/sheets/show.ts', 'report/blocks/terminal.ts'],
      files: 12,
    },
    { argv: ['schema', 'scenario'], wanted: ['commands/schema.ts'], files: 6 },
    { argv: ['completion', 'bash'], wanted: ['commands/completion.ts'], files: 6 },
  ])('are loaded as far as they are needed: $argv', ({ argv, wanted, files }) => {
    const loaded = filesOf(argv).filter(path => built.sourcesOf.has(path))
    const sources = new Set(loaded.flatMap(path => built.sourcesOf.get(path) ?? []))
    const others = [...onDemand()].filter(path => sources.has(path) && !wanted.includes(path))
    // Other commands and formats; what is loaded on demand here may be a part of something else as well.
    expect(
      others.filter(path =>
        /^commands\/[^/]+\.ts$|^report\/(?:formats\/(?:csv|github|junit)|blocks\/markdown|check\/\w+|difference\/\w+)\.ts$/.test(
          path,
        ),
      ),
    ).toEqual([])
    expect([...sources]).toEqual(expect.arrayContaining([...wanted]))
    expect(new Set(loaded).size).toBeLessThanOrEqual(files)
  })

  it.each([
    { argv: ['estimate', 'scenarios/coding-agent.yaml'], loads: false },
    { argv: ['estimate', 'scenarios/coding-agent.yaml', '--set', 'cache={hit_share: 85%}', '--quiet'], loads: false },
    // Its legs are a list in several lines.
    { argv: ['estimate', 'scenarios/routing-80-15-5.yaml', '--quiet'], loads: true },
  ])('hold the whole of YAML apart, for texts that are not plain: $argv', ({ argv, loads }) => {
    const sources = filesOf(argv).flatMap(path => built.sourcesOf.get(path) ?? [])
    expect(sources.includes('load/source/yaml-source.ts')).toBe(loads)
  })

  it('are all the code of dist/ that a run loads, and all that it reads there is data beside them', () => {
    const dist = join(repository, 'dist/')
    for (const argv of [
      ['estimate', 'scenarios/coding-agent.yaml'],
      ['estimate', 'scenarios/support-bot.yaml'],
    ]) {
      const read = filesOf(argv).filter(path => path.startsWith(dist))
      const strange = read.filter(path => !built.sourcesOf.has(path) && !['.json', '.vocab'].includes(extname(path)))
      expect(strange).toEqual([])
    }
  })

  it('load no more of Node than they need for numbers', () => {
    const { modules } = touchedBy(['estimate', 'scenarios/coding-agent.yaml'])
    expect(modules.filter(name => /^NativeModule (?!process$)/.test(name))).toEqual([])
  })
})

describe('what ships', () => {
  const shipped = ['bin', 'dist'].flatMap(folder =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  )

  it('is source, data and words', () => {
    const strange = shipped.filter(
      path => !/\.(?:c?js|json|d\.ts|txt|bash|zsh|fish)$|vocabularies[\\/][\w-]+\.vocab$/.test(path),
    )
    expect(strange).toEqual([])
  })

  // Compiled code is V8's own format: another build of Node takes it for its own and crashes, and who can write it runs it.
  it('neither keeps nor takes compiled code', () => {
    const compiled =
      /enableCompileCache|compile-cache|cachedData|CachedData|startupSnapshot|setFlagsFromString|process\.dlopen/
    const code = shipped.filter(path => /^\.c?js$/.test(extname(path)))
    expect(code.length).toBeGreaterThan(10)
    expect(code.filter(path => compiled.test(readFileSync(path, 'utf8')))).toEqual([])
  })
})
