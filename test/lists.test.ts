import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { completionCommand } from '../src/commands/completion.ts'
import { COMMANDS } from '../src/commands/index.ts'
import { pricesCommand } from '../src/commands/prices.ts'
import { CODES } from '../src/errors/codes.ts'
import { SCHEMA_NAMES } from '../src/model/result/schema-names.ts'
import { VIEW_KEYS } from '../src/model/views.ts'
import { fakeIo, repository } from './fake-io.ts'

/** Lists in words, which no program can derive, say what the code has: nothing less, and nothing that is not there. */

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const readme = read('README.md')
const pages = [
  'README.md',
  ...readdirSync(join(repository, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]
const manifest = JSON.parse(read('package.json'))

/** The part of the README below a heading. */
const section = (heading: string): string => {
  const [, text] = new RegExp(`^## ${heading}\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(readme) ?? []
  if (text === undefined) throw new Error(`the README has no "${heading}"`)
  return text
}
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)
const sources = (folder: string, ending = '.ts'): string =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .map(name => read(join(folder, name)))
    .join('\n')

const io = fakeIo(repository)

describe('commands', () => {
  const names = COMMANDS.map(({ name }) => name)

  it('each has a row of the README', () => {
    const rows = all(section('Every command'), /^\| `dsprice (\w+)` \|/gm)
    expect(rows.sort()).toEqual([...names].sort())
  })

  it.each(pages)('%s names none that is not there', page => {
    const named = all(read(page), /(?:^\$ |`|\| |npx --no-install )dsprice ([a-z][a-z-]*)/gm)
    expect(named.filter(name => !names.includes(name))).toEqual([])
  })

  it('the README and help name every subcommand of prices', () => {
    const subcommands = pricesCommand(io).commands.map(command => command.name())
    const [sentence = ''] = /The price book: .*?\./.exec(section('prices')) ?? []
    expect(all(sentence, /`(\w+)/g)).toEqual(subcommands)
    expect(COMMANDS.find(({ name }) => name === 'prices')?.summary).toBe(`the price books: ${subcommands.join(', ')}`)
  })
})

it('the README names every schema', () => {
  const [named = ''] = all(readme, /`dsprice schema ([\w|]+)`/g)
  expect(named.split('|').sort()).toEqual([...SCHEMA_NAMES].sort())
})

it('every shell has its script, a line in the README and a word in help', () => {
  const shells = completionCommand(io, COMMANDS).registeredArguments[0]?.argChoices ?? []
  const scripts = readdirSync(join(repository, 'bin/completions')).map(name => name.replace('dsprice.', ''))
  expect(scripts.sort()).toEqual([...shells].sort())
  expect(all(section('schema, completion'), /^(?:source <\()?dsprice completion (\w+)/gm)).toEqual(shells)
  const summary = COMMANDS.find(({ name }) => name === 'completion')?.summary ?? ''
  expect(shells.filter(shell => !summary.includes(shell))).toEqual([])
})

it('the README names every price book', () => {
  const books = readdirSync(join(repository, 'pricing')).filter(name => /^\d/.test(name))
  expect(all(section('prices'), /`(\d{4}-\d\d-\d\d)`/g).map(name => `${name}.json`)).toEqual(books)
})

it('docs/model.md explains every view', () => {
  expect(all(read('docs/model.md'), /^\| `(\w+)` +\|/gm)).toEqual(expect.arrayContaining([...VIEW_KEYS]))
})

it.each(pages)('%s names no code of a fault or warning that is not there', page => {
  const outside = ['DSPRICE_CLICKHOUSE_PASSWORD', 'GIT_DIR', 'NO_COLOR', 'FORCE_COLOR', 'GITHUB_STEP_SUMMARY']
  const named = all(read(page), /`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)
  expect(named.filter(code => !Object.hasOwn(CODES, code) && !outside.includes(code))).toEqual([])
})

it('the README says what every dependency is for, and names no other', () => {
  const packages = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].filter(
    name => !name.startsWith('@types/'),
  )
  const named = all(section('Dependencies'), /`([^`]+)`(?<!\.md`)/g).map(name =>
    name === 'biome' ? '@biomejs/biome' : name,
  )
  expect(named.sort()).toEqual(packages.sort())
})

it('the oldest Node is the same wherever it is named', () => {
  const [oldest = ''] = all(manifest.engines.node, /^>=([\d.]+)$/g)
  expect(all(readme, /Node ([\d.]+) or newer/g)).toEqual([oldest])
  const { description } = parse(read('action.yml')).inputs['node-version']
  expect(all(description, /\(([\d.]+) or newer\)/g)).toEqual([oldest])
  const targets = all(sources('scripts', '.mjs'), /'node(\d[\d.]+)'/g)
  expect([...new Set(targets)]).toEqual([oldest])
})

describe('the workflow of CI', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml'))
  const steps = (Object.values(jobs) as { steps: { run?: string }[] }[]).flatMap(job => job.steps)

  it('calls what .ci/ has, and nothing else', () => {
    const calls = steps.flatMap(({ run }) => run ?? [])
    expect(calls).not.toEqual([])
    expect(calls.filter(call => !existsSync(join(repository, call.split(' ')[0] ?? '')))).toEqual([])
    expect(calls.filter(call => !call.startsWith('.ci/'))).toEqual([])
  })

  it('takes the oldest Node and the majors that the package is run on', () => {
    const oldest = `${manifest.engines.node.replace('>=', '')}.0`
    const [majors = ''] = all(read('.ci/steps/every-node.mjs'), /^const MAJORS = \[(.*)\]$/gm)
    const newer = majors.split(', ').filter(major => !oldest.startsWith(`${major}.`))
    expect(jobs.alone.strategy.matrix.node.map(String)).toEqual([oldest, ...newer])
  })
})
