import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors/index.ts'
import { combine, parseVary } from '../../src/plan/sweep-values.ts'

const valuesOf = (values: string): readonly string[] => parseVary([`key=${values}`])[0]?.values ?? []

const refusals = (...vary: string[]): string[] => {
  try {
    parseVary(vary)
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code, what }) => `${code} ${what}`)
    throw error
  }
  return []
}

describe('parseVary', () => {
  it.each<[values: string, found: string[]]>([
    ['350,700,1400', ['350', '700', '1400']],
    [' 350 , 700 ', ['350', '700']],
    ['0.5x,1x,2x', ['0.5x', '1x', '2x']],
    ['none', ['none']],
    ['350,350', ['350']],
    ['none,{policy: prefix, ttl: 1h},[a, b]', ['none', '{policy: prefix, ttl: 1h}', '[a, b]']],
    ['"a, b",c', ['"a, b"', 'c']],
    ["it's,so", ["it's", 'so']],
    ['../a.md,../b.md', ['../a.md', '../b.md']],
    ['2026-01-01,2026-11-29', ['2026-01-01', '2026-11-29']],
  ])('%s', (values, found) => {
    expect(valuesOf(values)).toEqual(found)
  })

  it.each<[values: string, found: string[]]>([
    ['1K..4K/1K', ['1K', '2K', '3K', '4K']],
    ['1..10/4', ['1', '5', '9']],
    ['5..5/1', ['5']],
    ['1K..2K/500', ['1000', '1500', '2000']],
    ['0.1..0.3/0.1', ['0.1', '0.2', '0.3']],
    ['80%..90%/5%', ['80%', '85%', '90%']],
    ['30s..2m/45s', ['30s', '75s', '120s']],
    ['1m..3m/1m', ['1m', '2m', '3m']],
    ['$1..$2/$0.5', ['1', '1.5', '2']],
    ['0.5x..2x/0.5x', ['0.5x', '1.0x', '1.5x', '2.0x'].map(one => one.replace('.0', ''))],
    ['-10%..+10%/10%', ['-10%', '+0%', '+10%']],
    ['100,1..3/1', ['100', '1', '2', '3']],
  ])('the range %s', (values, found) => {
    expect(valuesOf(values)).toEqual(found)
  })

  it('takes a thousand cells and no more', () => {
    expect(refusals('a=1..1000/1')).toEqual([])
    expect(refusals('a=1..1001/1')).toEqual(['USAGE the range 1..1001/1 has more than 1000 values'])
    expect(refusals('a=1..40/1', 'b=1..25/1')).toEqual([])
    expect(refusals('a=1..40/1', 'b=1..26/1')).toEqual(['USAGE the values make 1040 cells, more than 1000'])
    expect(refusals('a=0..1e9/1')).toEqual([])
    expect(refusals(`a=0..${'9'.repeat(90)}/0.001`)).toHaveLength(1)
  })

  it.each<[vary: string[], what: string]>([
    [[], 'one key or two, found none'],
    [['a=1', 'b=1', 'c=1'], 'found 3'],
    [['a=1', 'a=2'], 'names a twice'],
    [['request.output'], 'is no key=values'],
    [['=1'], 'is no key=values'],
    [['a='], 'an empty value'],
    [['a=1,,2'], 'an empty value'],
    [['a=1K..8K'], 'has no step'],
    [['a=8K..1K/1K'], 'runs backwards'],
    [['a=1..5/0'], 'must be above 0'],
    [['a=1K..5s/1'], 'several units'],
    [['pricing=a,b'], 'one price book'],
  ])('refuses %j: %s', (vary, what) => {
    expect(refusals(...vary)).toEqual([expect.stringContaining(what)])
  })
})

it('combine has every pair once, the second key changing first', () => {
  const keys = [
    { key: 'a', values: ['1', '2'] },
    { key: 'b', values: ['x', 'y', 'z'] },
  ]
  expect(combine(keys).map(pair => pair.join(''))).toEqual(['1x', '1y', '1z', '2x', '2y', '2z'])
})
