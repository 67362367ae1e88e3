import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from './fake-io.ts'

const src = join(repository, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .sort()

/** A file's text without comments: rule 1 is about code. */
const codeOf = (name: string): string =>
  readFileSync(join(src, name), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')

/** What a file imports, also on demand and also what it exports again. */
const importsOf = (name: string, { types = true } = {}): string[] => {
  const code = codeOf(name)
  const stated = types
    ? /^(?:import|export)\s[^'"`]*?\bfrom\s*'([^']+)'/gm
    : /^(?:import|export)\s(?!type\b)[^'"`]*?\bfrom\s*'([^']+)'/gm
  return [...code.matchAll(stated), ...code.matchAll(/\bimport\(\s*'([^']+)'/g)].flatMap(([, found]) => found ?? [])
}

/** The room of a file: its folder; of a file at the top, itself. */
const roomOf = (name: string): string => (name.includes('/') ? dirname(name) : name)
const layerOf = (name: string): string => name.split('/')[0] ?? name

/** STYLE rule 1: each layer imports from those that it names, and from itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  'version.ts': [],
  disk: [],
  'io.ts': ['disk'],
  'git.ts': ['io.ts'],
  model: ['errors', 'version.ts'],
  tokens: ['model', 'errors', 'version.ts'],
  cost: ['model', 'errors', 'version.ts'],
  plan: ['cost', 'model', 'errors', 'version.ts'],
  usage: ['cost', 'model', 'errors', 'version.ts'],
  book: ['cost', 'model', 'errors', 'version.ts'],
  gateway: ['cost', 'model', 'errors', 'version.ts'],
  replay: ['cost', 'model', 'errors', 'version.ts'],
  load: ['usage', 'replay', 'plan', 'book', 'cost', 'tokens', 'model', 'errors', 'version.ts', 'io.ts'],
  report: ['usage', 'plan', 'replay', 'gateway', 'book', 'cost', 'tokens', 'model', 'errors', 'version.ts'],
  'engine.ts': ['plan', 'cost', 'errors'],
  page: ['engine.ts', 'report', 'plan', 'cost', 'model', 'errors'],
  commands: [
    'report',
    'load',
    'usage',
    'plan',
    'replay',
    'gateway',
    'book',
    'cost',
    'tokens',
    'model',
    'errors',
    'version.ts',
    'io.ts',
  ],
  'cli.ts': ['commands', 'report', 'load', 'model', 'errors', 'version.ts', 'io.ts'],
  'library.ts': ['load', 'usage', 'plan', 'book', 'cost', 'tokens', 'model', 'errors', 'version.ts', 'io.ts'],
  'index.ts': [
    'library.ts',
    'report',
    'load',
    'usage',
    'plan',
    'book',
    'cost',
    'tokens',
    'model',
    'errors',
    'version.ts',
    'io.ts',
  ],
  'main.ts': ['cli.ts', 'load', 'errors', 'version.ts', 'io.ts', 'git.ts', 'disk'],
}

/** The rooms of a layer in the order in which data goes through them: each imports only from those before it. */
const ROOMS: readonly (readonly string[])[] = [
  ['model/number', 'model', 'model/scenario', 'model/book', 'model/result'],
  [
    'cost/time',
    'cost/rates',
    'cost/workload',
    'cost/api',
    'cost/cluster',
    'cost/cluster/lookup',
    'cost/fleet',
    'cost/result/notes',
    'cost/result',
    'cost/diff',
    'cost/budget',
  ],
  [
    'load/files',
    'load/schema',
    'load/source',
    'load/tools',
    'load/contents',
    'load/git',
    'load/book',
    'load/lengths',
    'load/scenario',
    'load/sweep',
    'load/advise',
    'load/page',
    'load/usage/scan',
    'load/usage',
    'load/clickhouse',
    'load/engines',
    'load/init',
    'load/replay',
  ],
  [
    'report/page',
    'report/blocks',
    'report/figures',
    'report/estimate',
    'report/fleet',
    'report/route',
    'report/check',
    'report/difference',
    'report/forecast',
    'report/sweep',
    'report/advice',
    'report/usage',
    'report/replay',
    'report/sheets',
    'report/formats',
    'report/files',
    'report',
  ],
  ['replay/cache', 'replay'],
  [
    'usage',
    'usage/reading',
    'usage/bodies',
    'usage/gateways',
    'usage/traces',
    'usage/bills',
    'usage/sessions',
    'usage/formats',
    'usage/plan',
    'usage/groups',
    'usage/sql',
    'usage/price',
    'usage/result',
    'usage/workload',
  ],
  ['page/charts/drawing', 'page/charts', 'page/dom', 'page/controls', 'page/answer', 'page/sections', 'page'],
  [
    'commands/flags',
    'commands/completion',
    'commands/prices',
    'commands/what-if',
    'commands/usage',
    'commands/page',
    'commands',
  ],
]

/** Rooms of another size than 4 to 15 files, and why. */
const ODD_SIZES: Readonly<Record<string, string>> = {
  'commands/completion': 'one command and its words',
  'commands/what-if': 'one kind of question',
  'load/advise': 'one command',
  errors: 'a file for each subject',
  'report/page': 'one document',
  model: 'what every layer needs',
  'page/sections': 'a file for each part of the page',
  'plan/page': 'a file for each group of controls',
  'model/result': 'a file for each document',
  'model/scenario': 'a file for each part of a scenario',
  'load/sweep': 'one command',
  report: 'the registry of formats',
  usage: 'the form of a record',
  'report/difference': 'one document',
  'report/advice': 'one document',
}

it('finds imports at all', () => {
  expect(importsOf('library.ts')).toContain('./cost/result/estimate.ts')
  expect(importsOf('commands/index.ts')).toContain('./estimate.ts')
  expect(files.length).toBeGreaterThan(40)
})

describe.each(files)('src/%s', name => {
  const own = importsOf(name).filter(found => found.startsWith('.'))

  it('imports only from the layers to its left', () => {
    const allowed = MAY[layerOf(name)]
    expect(allowed).toBeDefined()
    const strays = own.filter(
      found => ![layerOf(name), ...(allowed ?? [])].includes(layerOf(join(dirname(name), found))),
    )
    expect(strays).toEqual([])
  })

  it('imports files by their names', () => {
    expect(own.filter(found => !found.endsWith('.ts'))).toEqual([])
  })
})

describe.each(
  files.filter(name =>
    ['model', 'tokens', 'cost', 'plan', 'usage', 'replay', 'book', 'gateway', 'report'].includes(layerOf(name)),
  ),
)('src/%s', name => {
  it('touches no clock, file, terminal, environment or network', () => {
    expect(importsOf(name).filter(found => found.startsWith('node:'))).toEqual([])
    const code = codeOf(name)
    expect(code).not.toMatch(/\bprocess\s*[.[]/)
    expect(code).not.toMatch(/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\b/)
    expect(code).not.toMatch(/\bfetch\(|\bconsole\.|\bMath\.random\b|\bglobalThis\b/)
  })
})

it('opens a network connection in one place only', () => {
  const network = /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici|ws)(?:\/|$)/
  const opens = files.filter(name => {
    const code = codeOf(name)
    // A function of its own may be called fetch.
    const fetches = /\bfetch\(/.test(code) && !/\bfetch(?: =|:)/.test(code)
    return fetches || /\bWebSocket\b/.test(code) || importsOf(name, { types: false }).some(found => network.test(found))
  })
  // `serve` listens on this machine, and asks nobody.
  expect(opens).toEqual(['commands/page/page-server.ts', 'load/clickhouse/post.ts'])
})

it.each(ROOMS.map(rooms => ({ layer: layerOf(rooms[0] ?? ''), rooms })))(
  'rooms of $layer import one way',
  ({ layer, rooms }) => {
    const own = files.filter(name => layerOf(name) === layer)
    expect([...new Set(own.map(roomOf))].filter(room => !rooms.includes(room))).toEqual([])
    const strays = own.flatMap(name =>
      importsOf(name)
        .filter(found => found.startsWith('.'))
        .map(found => join(dirname(name), found))
        .filter(found => layerOf(found) === layer && rooms.indexOf(roomOf(found)) > rooms.indexOf(roomOf(name)))
        .map(found => `${name} imports ${found}`),
    )
    expect(strays).toEqual([])
  },
)

it('a room has 4 to 15 files', () => {
  const rooms = files.filter(name => name.includes('/')).map(roomOf)
  const odd = [...new Set(rooms)].filter(room => {
    const { length } = rooms.filter(one => one === room)
    return length < 4 || length > 15
  })
  expect(odd.sort()).toEqual(Object.keys(ODD_SIZES).sort())
})

it('has no circle of imports, types included', () => {
  const circles: string[] = []
  const done = new Set<string>()
  const walk = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) circles.push([...above.slice(above.indexOf(name)), name].join(' → '))
    if (done.has(name) || above.includes(name)) return
    for (const found of importsOf(name).filter(one => one.startsWith('.'))) {
      walk(join(dirname(name), found), [...above, name])
    }
    done.add(name)
  }
  for (const name of files) walk(name, [])
  expect(circles).toEqual([])
})

it('keeps to the runtime dependencies that package.json names', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(repository, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>
  const used = new Set(
    files.flatMap(name => importsOf(name)).flatMap(found => /^(?!\.|node:)((?:@[^/]+\/)?[^/]+)/.exec(found)?.[1] ?? []),
  )
  expect([...used].filter(name => !dependencies?.[name] && !devDependencies?.[name])).toEqual([])
  // The library is not bundled: what it imports must be installed with it.
  const library = new Set<string>()
  const walk = (name: string): void => {
    if (library.has(name)) return
    library.add(name)
    for (const found of importsOf(name, { types: false }).filter(one => one.startsWith('.'))) {
      walk(join(dirname(name), found))
    }
  }
  walk('index.ts')
  const needed = [...library]
    .flatMap(name => importsOf(name))
    .flatMap(found => /^(?!\.|node:)((?:@[^/]+\/)?[^/]+)/.exec(found)?.[1] ?? [])
  expect(needed.filter(name => !dependencies?.[name])).toEqual([])
})
