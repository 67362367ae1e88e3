import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError, problems } from '../../../src/errors/index.ts'
import { readPlainYaml } from '../../../src/load/source/plain-yaml.ts'
import { parseSource } from '../../../src/load/source/source.ts'
import { yamlSource } from '../../../src/load/source/yaml-source.ts'
import { repository } from '../../fake-io.ts'
import { runs } from '../../laws.ts'

const scenarios = join(repository, 'scenarios')

/** Every path in some data, and some that lead past it. */
const pathsIn = (data: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => {
  const inner = typeof data === 'object' && data !== null ? Object.entries(data) : []
  const steps = inner.map(([key, value]) => [Array.isArray(data) ? Number(key) : key, value] as const)
  return [path, [...path, 'missing'], [...path, 0], ...steps.flatMap(([key, value]) => pathsIn(value, [...path, key]))]
}

/** What is read of a text without yaml is what yaml reads, and stands where yaml finds it. */
const holdToYaml = (text: string): boolean => {
  if (readPlainYaml(text) === undefined) return false
  const [plain, whole] = [parseSource('a.yaml', text, 'always'), yamlSource('a.yaml', text, 'always')]
  expect(plain.data).toStrictEqual(whole.data)
  for (const path of pathsIn(whole.data)) {
    for (const problem of [problems.usage('', ''), problems.unknownKey('a', [], [])]) {
      expect(plain.locate({ ...problem, path })).toEqual(whole.locate({ ...problem, path }))
    }
  }
  return true
}

const scalar = fc.oneof(
  fc.constantFrom(
    '200K',
    '30s',
    '85%',
    '2026-05-15',
    '0.85',
    '10',
    '007',
    '1e5',
    '0x1f',
    '1.',
    '.5',
    '-1',
    '+1',
    '1_000',
  ),
  fc.constantFrom(
    'true',
    'True',
    'yes',
    'null',
    '~',
    'a b',
    'a: b',
    'a:b',
    'a #b',
    'a# b',
    '"q"',
    "'q'",
    '"a\\n"',
    "'a''b'",
  ),
  fc.constantFrom(
    '{a: 1}',
    '{ a: 1, b: x y }',
    '[1, 2K]',
    '[]',
    '{}',
    '[a, {b: c}]',
    '{a: [b]}',
    '[a,]',
    '{a}',
    '{"a": 1}',
  ),
  fc.constantFrom(
    '&a b',
    '*a',
    '!x y',
    '|',
    '>',
    '- a',
    '@a',
    '`a',
    '%a',
    'https://a.b/c',
    '$400',
    '1:30',
    '模型',
    'a,b',
    'a]',
  ),
  fc.string({ maxLength: 8 }),
  fc.stringMatching(/^[-\w .,:#{}[\]"'&*!|>%@$?/]{0,12}$/),
)
const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'name', 'turn_gap', 'x-1') },
  fc.constantFrom('true', 'no', '__proto__', '<<', '1', 'a b', '"a"', '? a'),
  fc.stringMatching(/^[\w-]{1,5}$/),
)
const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom('', '', '', '', '  ', ' '), key, scalar)
      .map(([gap, k, v]) => `${gap}${k}: ${v}`),
  },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('', '  ', '    '), key).map(([gap, k]) => `${gap}${k}:`) },
  { weight: 2, arbitrary: fc.constantFrom('', '# a', '  # b', '   ', '---', '...', '- a', '\t', 'words') },
)
const tail = fc.oneof({ weight: 6, arbitrary: fc.constant('') }, fc.constantFrom(' ', ' # c', '# c', '  #', '\r', '\t'))
/** A mapping as people write it: always plain. */
const written = fc.letrec<{ map: string }>(tie => ({
  map: fc
    .uniqueArray(
      fc.tuple(
        fc.stringMatching(/^[ac-z_]{2,6}$/).filter(name => !/^(?:true|false|null)$/.test(name)),
        fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          fc.constantFrom('200K', '30s', '0.85', '10', 'false', 'two words', '"2026-05-15"', "'quoted: yes'"),
          fc.constantFrom('{hit_share: 85%}', '[1, 2K]', '{a: {b: c d}, e: [1.5]}', '$1 # a comment'),
          tie('map').map(inner => inner.replace(/^/gm, '  ')),
        ),
      ),
      { selector: ([name]) => name, minLength: 1, maxLength: 4 },
    )
    .map(pairs =>
      pairs.map(([name, value]) => (value.startsWith(' ') ? `${name}:\n${value}` : `${name}: ${value}`)).join('\n'),
    ),
})).map

/** Such a mapping with one line that may be anything, in the place of another or between them. */
const text = fc
  .tuple(written, line, tail, fc.nat(), fc.boolean(), fc.boolean())
  .map(([base, odd, end, seed, replaces, ends]) => {
    const lines = base.split('\n')
    const at = seed % lines.length
    const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? ''
    lines.splice(at, replaces ? 1 : 0, indent + odd + end)
    return lines.join('\n') + (ends ? '\n' : '')
  })

describe('plain YAML', () => {
  it('is read as yaml reads it, every value at its place', () => {
    fc.assert(
      fc.property(written, given => {
        expect(holdToYaml(given)).toBe(true)
      }),
      { numRuns: runs(150) },
    )
  })

  it('may be one value on one line, as settings are', () => {
    for (const value of ['20', '0.85', 'gpt-5.5', '{hit_share: 85%}', '[a, 2K]', '"x"'])
      expect(holdToYaml(value), value).toBe(true)
    fc.assert(
      fc.property(scalar, tail, (value, end) => {
        if (value.trim() !== '') holdToYaml(value + end)
      }),
      { numRuns: runs(500) },
    )
  })

  it('is never what yaml reads in another way, or refuses', () => {
    const count = { plain: 0 }
    fc.assert(
      fc.property(text, given => {
        if (holdToYaml(given)) count.plain++
      }),
      { numRuns: runs(1500) },
    )
    expect(count.plain).toBeGreaterThan(runs(1500) / 30)
  })

  it.each(readdirSync(scenarios).filter(name => name.endsWith('.yaml')))('%s, changed by a character', name => {
    const whole = readFileSync(join(scenarios, name), 'utf8')
    holdToYaml(whole)
    fc.assert(
      fc.property(fc.nat(whole.length), fc.constantFrom(...' :#-{}[]"\',&*!|>%@`\n\tx1~'), (at, mark) => {
        holdToYaml(whole.slice(0, at) + mark + whole.slice(at))
        holdToYaml(whole.slice(0, at) + mark + whole.slice(at + 1))
      }),
      { numRuns: runs(20) },
    )
  })

  it('is what a scenario of numbers is written in', () => {
    const plain = ['chat', 'coding-agent', 'extraction', 'reasoning', 'market-today']
    for (const name of plain) {
      expect(readPlainYaml(readFileSync(join(scenarios, `${name}.yaml`), 'utf8')), name).toBeDefined()
    }
  })

  it.each([
    ['an anchor', 'a: &x 1'],
    ['a text of several lines', 'a: one\n  two'],
    ['a key twice', 'a: 1\na: 2'],
    ['nothing under a key', 'a:\nb: 1'],
    ['a number in another form', 'a: 1e5'],
    ['a word that may mean nothing', 'a: null'],
    ['a tab', 'a:\tb'],
    ['an escape', 'a: "\\u0041"'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a long text', `a: ${'b'.repeat(2 ** 15)}`],
    ['deep brackets', `a: ${'['.repeat(50)}${']'.repeat(50)}`],
  ])('leaves %s to yaml', (_, given) => {
    expect(readPlainYaml(given)).toBeUndefined()
  })
})

it('tells of a fault in plain YAML where yaml would', () => {
  const source = parseSource('a.yaml', 'request:\n  turns: ten # calls\n', 'always')
  const problem = source.locate({ ...problems.usage('', ''), path: ['request', 'turns'] })
  expect(problem).toMatchObject({ at: 'a.yaml:2:10', excerpt: '2 |   turns: ten # calls\n  |          ^^^' })
  expect(() => parseSource('a.yaml', 'a: [1', 'always')).toThrow(InputError)
})
