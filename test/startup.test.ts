import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from './fake-io.ts'
import { removeFolder } from './remove-folder.ts'

/** Vocabularies are megabytes: a run reads the one that it counts with, and none where nothing is text. */

const home = mkdtempSync(join(tmpdir(), 'dsprice-startup-'))
const hook = join(home, 'hook.cjs')
const told = join(home, 'touched.json')

// Loaded before the program: notes every file that it reads, and at its end what it has loaded.
const HOOK = `
const fs = require('node:fs')
const paths = []
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
process.on('exit', () => writeFileSync(${JSON.stringify(told)}, JSON.stringify([...paths, ...Object.keys(require.cache)])))
`

beforeAll(() => {
  writeFileSync(hook, HOOK)
})
afterAll(() => removeFolder(home))

const WATCHED = {
  'js-tiktoken': /js-tiktoken[\\/]dist[\\/]lite/,
  o200k_base: /ranks[\\/]o200k_base/,
  cl100k_base: /ranks[\\/]cl100k_base/,
  tokenizers: /@huggingface[\\/]tokenizers/,
  'deepseek-v3': /vocabularies[\\/]deepseek-v3/,
  'any other': /js-tiktoken[\\/]dist[\\/]index|ranks[\\/](?!o200k_base|cl100k_base)/,
} as const

/** Every file that a run of the built program reads or loads. */
const filesOf = (argv: readonly string[]): string[] => {
  const args = ['--require', hook, join(repository, 'bin/dsprice.js'), ...argv]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(readFileSync(told, 'utf8')) as string[]
}

const vocabulariesOf = (argv: readonly string[]): string[] => {
  const files = filesOf(argv)
  return Object.entries(WATCHED).flatMap(([name, path]) => (files.some(file => path.test(file)) ? [name] : []))
}

describe('a run reads', () => {
  it.each<{ argv: readonly string[]; touched: readonly string[] }>([
    { argv: ['estimate', 'scenarios/coding-agent.yaml'], touched: [] },
    { argv: ['compare', 'scenarios/coding-agent.yaml', '--models', 'deepseek-v4-pro,deepseek-v4'], touched: [] },
    { argv: ['compare', '--models', 'deepseek-v4-pro,gpt-5.5,claude-opus-4.7', '--quiet'], touched: [] },
    { argv: ['estimate', 'scenarios/support-bot.yaml'], touched: ['tokenizers', 'deepseek-v3'] },
    {
      argv: ['estimate', 'scenarios/support-bot.yaml', '--set', 'model=gpt-5.5', '--quiet'],
      touched: ['js-tiktoken', 'o200k_base'],
    },
    {
      argv: ['tokens', 'scenarios/support-bot/system.md', '--model', 'deepseek-v4-pro'],
      touched: ['tokenizers', 'deepseek-v3'],
    },
    {
      argv: ['tokens', 'scenarios/support-bot/system.md', '--model', 'gpt-5.5'],
      touched: ['js-tiktoken', 'o200k_base'],
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

describe('what ships', () => {
  const shipped = ['bin', 'dist'].flatMap(folder =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  )

  it('is source, data and words', () => {
    const strange = shipped.filter(path => !/\.(?:c?js|json|d\.ts|txt|bash|zsh|fish)$/.test(path))
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
