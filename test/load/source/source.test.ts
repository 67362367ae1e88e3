import { describe, expect, it } from 'vitest'
import type { Code, Problem } from '../../../src/errors/index.ts'
import { overlay, parseSource } from '../../../src/load/source/source.ts'
import { faultsOf } from '../../faults-of.ts'

const problem = (path: readonly (string | number)[], code = 'INVALID'): Problem => ({
  code: code as Code,
  exit: 2,
  what: 'x',
  fix: 'y',
  path,
})

const TEXT = `name: a # a name
request:
  turn: 5
  list: [1, {file: b.txt}]
anchored: &x {deep: 7}
again: *x
empty:
`

describe('places', () => {
  // Lines and columns count from 1.
  it.each<{ it: string; path: (string | number)[]; code?: string; at: string }>([
    { it: 'a value by itself', path: ['name'], at: 'f.yaml:1:7' },
    { it: 'a nested value', path: ['request', 'turn'], at: 'f.yaml:3:9' },
    { it: 'an item of a list', path: ['request', 'list', 0], at: 'f.yaml:4:10' },
    { it: 'a value inside an item', path: ['request', 'list', 1, 'file'], at: 'f.yaml:4:20' },
    { it: 'a map by its first key', path: ['request'], at: 'f.yaml:3:3' },
    { it: 'an unknown key by the key', path: ['request', 'turn'], code: 'UNKNOWN_KEY', at: 'f.yaml:3:3' },
    { it: 'an unknown key of the top by the key', path: ['name'], code: 'UNKNOWN_KEY', at: 'f.yaml:1:1' },
    { it: 'a missing key by what should hold it', path: ['request', 'output'], at: 'f.yaml:2:1' },
    { it: 'a missing key of the top by the file', path: ['model'], at: 'f.yaml:1:1' },
    { it: 'an aliased value where the alias stands', path: ['again'], at: 'f.yaml:6:8' },
    { it: 'a value behind an alias where it is written', path: ['again', 'deep'], at: 'f.yaml:5:21' },
    { it: 'an unknown key behind an alias', path: ['again', 'deep'], code: 'UNKNOWN_KEY', at: 'f.yaml:5:15' },
    { it: 'a key without a value by the key', path: ['empty'], at: 'f.yaml:7:1' },
    { it: 'the whole file', path: [], at: 'f.yaml:1:1' },
  ])('finds $it', ({ path, code, at }) => {
    expect(parseSource('f.yaml', TEXT, 'always').locate(problem(path, code)).at).toBe(at)
  })

  it('counts the same with CRLF', () => {
    const source = parseSource('f.yaml', TEXT.replaceAll('\n', '\r\n'), 'always')
    expect(source.locate(problem(['request', 'list', 1, 'file']))).toMatchObject({
      at: 'f.yaml:4:20',
      excerpt: `4 |   list: [1, {file: b.txt}]\n  | ${' '.repeat(19)}^^^^^`,
    })
  })

  it('shows the line with a marker as long as the value', () => {
    expect(parseSource('f.yaml', TEXT, 'always').locate(problem(['request', 'turn'])).excerpt).toBe(
      '3 |   turn: 5\n  |         ^',
    )
  })

  it('cuts a long line around the fault', () => {
    const { excerpt = '' } = parseSource(
      'f.yaml',
      `text: ${'a'.repeat(300)}\nb: {c: ${'d'.repeat(200)}, key: 5}\n`,
      'always',
    ).locate(problem(['b', 'key']))
    const [line = '', marker = ''] = excerpt.split('\n')
    expect(line.length).toBeLessThanOrEqual(104)
    expect(line.at(marker.indexOf('^'))).toBe('5')
    expect(line).toMatch(/key: 5}$/)
  })

  it('keeps the marker under the fault behind wide characters in the same line', () => {
    expect(parseSource('f.yaml', 'a: {b: "é", c: 5}', 'always').locate(problem(['a', 'c'])).excerpt).toBe(
      '1 | a: {b: "é", c: 5}\n  |                ^',
    )
  })
})

describe('parseSource', () => {
  it.each([
    { it: 'JSON', text: '{"a": [1, 2]}', data: { a: [1, 2] } },
    { it: 'anchors and aliases', text: 'a: &x {b: 1}\nc: *x', data: { a: { b: 1 }, c: { b: 1 } } },
    { it: 'a date as text', text: 'at: 2026-05-15', data: { at: '2026-05-15' } },
    { it: 'yes and no as text', text: 'a: yes\nb: no', data: { a: 'yes', b: 'no' } },
    { it: 'numbers as numbers', text: 'a: 1\nb: 0.5', data: { a: 1, b: 0.5 } },
    { it: 'numeric keys as text', text: '1: a', data: { 1: 'a' } },
  ])('reads $it', ({ text, data }) => {
    expect(parseSource('f.yaml', text, 'always').data).toEqual(data)
  })

  it.each([
    { it: 'nothing', text: '', codes: ['EMPTY_FILE'], at: undefined },
    { it: 'only blanks', text: ' \n\t\n', codes: ['EMPTY_FILE'], at: undefined },
    { it: 'a tab as indentation', text: 'a:\n\tb: 1', codes: ['SYNTAX'], at: 'f.yaml:2:1' },
    { it: 'a key twice', text: 'a: 1\nb: 2\na: 3', codes: ['SYNTAX'], at: 'f.yaml:3:1' },
    { it: 'a quote that never closes', text: 'a: "b', codes: ['SYNTAX'], at: 'f.yaml:1:6' },
    { it: 'a list that never closes', text: 'a: [1, 2', codes: ['SYNTAX'], at: 'f.yaml:1:9' },
    { it: 'two faults at once', text: 'a: 1\na: 2\nb: 1\nb: 2', codes: ['SYNTAX', 'SYNTAX'], at: 'f.yaml:2:1' },
  ])('refuses $it', ({ text, codes, at }) => {
    const faults = faultsOf(() => parseSource('f.yaml', text, 'always'))
    expect(faults.map(({ code }) => code)).toEqual(codes)
    expect(faults[0]?.at).toBe(at)
  })

  it('shares what thousands of aliases stand for', () => {
    const items = Array(8000).fill('*a').join(', ')
    const { data, locate } = parseSource('f.yaml', `a: &a {b: 1}\nc: [${items}]\n`, 'always')
    expect(data).toMatchObject({ a: { b: 1 } })
    const { a, c } = data as { a: unknown; c: unknown[] }
    expect(new Set(c)).toEqual(new Set([a]))
    // Column 9 has the second alias: four characters before the first, and four for it.
    expect(locate(problem(['c', 1])).at).toBe('f.yaml:2:9')
  })

  it('takes the last anchor of a name before the alias', () => {
    expect(parseSource('f.yaml', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', 'always').data).toEqual({ a: 1, b: 1, c: 2, d: 2 })
  })

  it.each([
    { it: 'a mapping that holds itself', text: 'a: 1\ntags: &a {x: *a}', at: 'f.yaml:2:14' },
    { it: 'a list that holds itself two levels down', text: 'a: &a [1, {b: [*a]}]', at: 'f.yaml:1:16' },
    { it: 'aliases of much text', text: `a: &a ${'x'.repeat(2 ** 16)}\nb: [*a, *a]`, at: 'f.yaml:2:9' },
    { it: 'lists 101 deep', text: `a: ${'['.repeat(101)}${']'.repeat(101)}`, at: 'f.yaml:1:104' },
  ])('refuses $it, at its place', ({ text, at }) => {
    expect(faultsOf(() => parseSource('f.yaml', text, 'always'))).toMatchObject([{ code: 'SYNTAX', at }])
  })

  it('refuses YAML of more words and marks than it reads in a second, and reads as much JSON', () => {
    const values = Array(60_000).fill('1')
    expect(faultsOf(() => parseSource('f.yaml', `a: [${values.join(', ')}]`, 'always'))).toMatchObject([
      { code: 'TOO_MUCH' },
    ])
    expect(parseSource('f.json', JSON.stringify({ a: values }), 'always').data).toEqual({ a: values })
  })

  it('refuses aliases that explode, at once', () => {
    const levels = [...'abcdefghi'].map(
      (key, i, keys) => `${key}: &${key} [${Array(9).fill(i ? `*${keys[i - 1]}` : 'x')}]`,
    )
    const before = performance.now()
    expect(faultsOf(() => parseSource('f.yaml', levels.join('\n'), 'always'))).toMatchObject([{ code: 'SYNTAX' }])
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it.each([
    { it: 'lists that never close', text: '['.repeat(20_000) },
    { it: 'lists in lists', text: `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}` },
    { it: 'maps in maps', text: `a: ${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}` },
  ])('answers $it nested thousands deep', ({ text }) => {
    expect(faultsOf(() => parseSource('f.yaml', text, 'always'))).toMatchObject([{ code: 'SYNTAX' }])
  })

  it('tells of twenty faults at most', () => {
    expect(faultsOf(() => parseSource('f.yaml', Array(50).fill('a: 1').join('\n'), 'always'))).toHaveLength(20)
  })

  it('refuses an alias of nothing', () => {
    expect(faultsOf(() => parseSource('f.yaml', 'a: *nope', 'always'))).toMatchObject([{ code: 'SYNTAX' }])
  })

  it('places an alias of nothing where it stands', () => {
    expect(faultsOf(() => parseSource('f.yaml', 'b: 1\na: *nope', 'always'))).toMatchObject([{ at: 'f.yaml:2:4' }])
  })

  it('refuses a second document', () => {
    expect(faultsOf(() => parseSource('f.yaml', 'a: 1\n---\nb: 2', 'always'))).toMatchObject([{ code: 'SYNTAX' }])
  })
})

it('a second document is told of without advice to programmers', () => {
  expect(faultsOf(() => parseSource('f.yaml', 'a: 1\n---\nb: 2', 'always'))[0]?.what).not.toContain('parseAllDocuments')
})

describe('JSON', () => {
  const TEXT = `{
  "name": "a\\"b: {",
  "request": {"turn": 5, "list": [1, {"file": "b.txt"}, [], -2.5e3]},
  "empty": {},
  "": true,
  "a\\u0062": null
}
`
  const PATHS: (readonly (string | number)[])[] = [
    [],
    ['name'],
    ['request'],
    ['request', 'turn'],
    ['request', 'list', 0],
    ['request', 'list', 1],
    ['request', 'list', 1, 'file'],
    ['request', 'list', 2],
    ['request', 'list', 3],
    ['request', 'output'],
    ['empty'],
    ['empty', 'x'],
    [''],
    ['ab'],
    ['model'],
  ]

  // A comment makes it YAML: both ways of reading give the same values and places.
  const [json, yaml] = [parseSource('f', TEXT, 'always'), parseSource('f', `${TEXT}# YAML`, 'always')]

  it('has the values that YAML has', () => {
    expect(json.data).toEqual(yaml.data)
  })

  it.each(PATHS.flatMap(path => ['INVALID', 'UNKNOWN_KEY'].map(code => ({ path, code }))))(
    'places $path, $code, where YAML does',
    ({ path, code }) => {
      const { at, excerpt } = json.locate(problem(path, code))
      expect({ at, excerpt }).toEqual((({ at, excerpt }) => ({ at, excerpt }))(yaml.locate(problem(path, code))))
    },
  )

  it.each([
    { it: 'twice', text: '{"a": 1, "b": {"c": 1, "c": 2}}', at: 'f:1:24' },
    { it: 'twice, once escaped', text: '{"a": 1, "\\u0061": 2}', at: 'f:1:10' },
  ])('refuses a key that stands there $it', ({ text, at }) => {
    expect(faultsOf(() => parseSource('f', text, 'always'))).toMatchObject([{ code: 'SYNTAX', at }])
  })

  it('takes no colon in a text for a key', () => {
    expect(parseSource('f', '{"a:b": "c: \\": d", "e": ":"}', 'always').data).toEqual({ 'a:b': 'c: ": d', e: ':' })
  })

  it('keeps a key that objects inherit', () => {
    const { data } = parseSource('f', '{"constructor": {"a": 1}}', 'always')
    expect(Object.keys(data as object)).toEqual(['constructor'])
  })
})

describe('overlay', () => {
  const source = parseSource('f.yaml', 'request: {turn: 5, parts: [1, 2]}\n', 'always')

  it.each([
    { it: 'a value', set: ['request.turn=6'], data: { request: { turn: 6, parts: [1, 2] } } },
    { it: 'a new key', set: ['model=o3'], data: { request: { turn: 5, parts: [1, 2] }, model: 'o3' } },
    { it: 'an item of a list', set: ['request.parts.1=9'], data: { request: { turn: 5, parts: [1, 9] } } },
    { it: 'YAML', set: ['request={turn: [1, 2]}'], data: { request: { turn: [1, 2] } } },
    {
      it: 'an equals sign in the value',
      set: ['name=a=b'],
      data: { request: { turn: 5, parts: [1, 2] }, name: 'a=b' },
    },
    { it: 'nothing as empty text', set: ['name='], data: { request: { turn: 5, parts: [1, 2] }, name: '' } },
    { it: 'the last of two', set: ['request.turn=6', 'request.turn=7'], data: { request: { turn: 7, parts: [1, 2] } } },
    { it: 'into an earlier one', set: ['request={}', 'request.turn=7'], data: { request: { turn: 7 } } },
    { it: 'a key away', set: ['request.turn=null', 'gone=null'], data: { request: { parts: [1, 2] } } },
    { it: 'a key away and back', set: ['request=null', 'request.turn=1'], data: { request: { turn: 1 } } },
    {
      it: 'through what is no map',
      set: ['request.turn.file=a'],
      data: { request: { turn: { file: 'a' }, parts: [1, 2] } },
    },
  ])('sets $it', ({ set, data }) => {
    expect(overlay(source, set).data).toEqual(data)
  })

  it.each([
    {
      it: 'inside a value',
      set: ['request.turn={file: 5}'],
      path: ['request', 'turn', 'file'],
      at: '--set request.turn:1:8',
    },
    { it: 'in the file where nothing is set', set: ['model=o3'], path: ['request', 'turn'], at: 'f.yaml:1:17' },
    { it: 'in the last of two', set: ['a=1', 'a=[2, 3]'], path: ['a', 1], at: '--set a:1:5' },
    { it: 'in the file beside a setting', set: ['request.turn=1'], path: ['request', 'parts', 0], at: 'f.yaml:1:28' },
    { it: 'above a setting in the file', set: ['request.turn=1'], path: ['request'], at: 'f.yaml:1:10' },
  ])('places a fault $it', ({ set, path, at }) => {
    expect(overlay(source, set).locate(problem(path)).at).toBe(at)
  })

  it.each([
    'request.turn',
    '=5',
    '.turn=5',
    'request.=5',
    'request..turn=5',
    '__proto__.polluted=1',
    'a.__proto__.b=1',
  ])('refuses %s', setting => {
    expect(faultsOf(() => overlay(source, [setting]))).toMatchObject([{ code: 'BAD_SET' }])
    expect({}).not.toHaveProperty('polluted')
  })

  it.each(['a.constructor.b', 'constructor.prototype.polluted', 'toString'])('takes %s for any other key', key => {
    const value = key.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), 1)
    expect(overlay(source, [`${key}=1`]).data).toEqual(Object.assign({}, source.data, value))
    expect({}).not.toHaveProperty('polluted')
  })

  // A cluster has one price and one speed: what is typed takes the place of what the file has.
  it.each([
    { set: ['self_host.throughput={ref: a}'], kept: ['gpu', 'term', 'usd_per_hour', 'lost', 'throughput'] },
    { set: ['self_host.usd_per_gpu_hour=2'], kept: ['gpu', 'lost', 'capacity', 'usd_per_gpu_hour'] },
    { set: ['self_host.owned.kw=1'], kept: ['gpu', 'capacity', 'owned'] },
    { set: ['self_host.nodes=2'], kept: ['gpu', 'term', 'usd_per_hour', 'lost', 'capacity', 'nodes'] },
    {
      set: ['self_host.throughput={ref: a}', 'self_host.capacity=1/day'],
      kept: ['gpu', 'term', 'usd_per_hour', 'lost', 'capacity', 'throughput'],
    },
  ])('keeps of a cluster, after $set, no key that it replaces', ({ set, kept }) => {
    const cluster = parseSource(
      'f.yaml',
      'self_host: {gpu: h100, term: spot, usd_per_hour: 4, lost: 0, capacity: 5}\n',
      'always',
    )
    expect(overlay(cluster, set).data).toEqual({ self_host: expect.anything() })
    const { self_host } = overlay(cluster, set).data as { self_host: object }
    expect(Object.keys(self_host)).toEqual(kept)
  })

  it('leaves the source as it was', () => {
    overlay(source, ['request.parts.0=100'])
    expect(source.data).toEqual({ request: { turn: 5, parts: [1, 2] } })
  })
})

describe('what no schema could judge', () => {
  it.each<{ it: string; text: string; at: string; code?: string }>([
    { it: 'an anchor that holds itself', text: 'tags: &a {x: *a}', at: '1:14' },
    { it: 'an anchor that holds itself further in', text: 'a: &a\n  - {b: [1, *a]}', at: '2:13' },
    { it: 'a whole document that holds itself', text: '&a\nb: *a', at: '2:4' },
    { it: 'an inner anchor of the same name is another value', text: 'a: &a {b: &a 1, c: *a}', at: '' },
    { it: 'one value in two places', text: 'a: &a {b: 1}\nc: [*a, *a]', at: '' },
    { it: '__proto__ as a key', text: 'a: {b: {__proto__: 1}}', at: '1:9', code: 'UNKNOWN_KEY' },
    { it: '__proto__ in JSON, escaped', text: '{"a": {"\\u005f_proto__": 1}}', at: '1:8', code: 'UNKNOWN_KEY' },
    { it: '__proto__ as a value', text: 'a: __proto__', at: '' },
    { it: 'other names of every object', text: '{constructor: 1, toString: {then: 2}, hasOwnProperty: 3}', at: '' },
    { it: 'an ordered mapping', text: 'budget: !!omap [per_month: 5]', at: '1:16' },
    { it: 'a set', text: 'budget: !!set {per_month}', at: '1:15' },
    { it: 'bytes', text: 'a: !!binary aGk=', at: '1:13' },
    { it: 'a plain type by its name', text: 'a: !!str 5\nb: !!map {c: !!int 5}', at: '' },
  ])('$it', ({ text, at, code = 'SYNTAX' }) => {
    expect(faultsOf(() => parseSource('f.yaml', text, 'always')).map(fault => `${fault.code} ${fault.at}`)).toEqual(
      at === '' ? [] : [`${code} f.yaml:${at}`],
    )
  })
})
