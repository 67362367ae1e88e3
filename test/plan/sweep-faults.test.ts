import { expect, it } from 'vitest'
import type { Problem } from '../../src/errors/index.ts'
import { mergeFaults } from '../../src/plan/sweep-faults.ts'
import { combine } from '../../src/plan/sweep-values.ts'

const keys = [
  { key: 'a', values: ['1', '2', '3', '4', '5'] },
  { key: 'b', values: ['x', 'y'] },
]

const wrong = (what: string, at?: string): Problem => ({
  code: 'INVALID',
  exit: 2,
  what,
  fix: 'fix it',
  ...(at === undefined ? {} : { at }),
})

const merged = (faultsOf: (values: readonly string[]) => Problem[]): string[] => {
  const cells = combine(keys).map(values => ({ values, faults: faultsOf(values) }))
  return mergeFaults(cells, keys, cells.length).map(({ what }) => what)
}

it('tells a problem of every cell once', () => {
  expect(merged(() => [wrong('no model')])).toEqual(['no model'])
})

it('tells a problem of a value once, at the value', () => {
  expect(merged(([a]) => (a === '3' ? [wrong('not 3', '--vary a:1:1')] : []))).toEqual(['not 3'])
})

it('names the values that have a problem elsewhere', () => {
  expect(merged(([a]) => (a === '3' ? [wrong('too long')] : []))).toEqual(['too long (with a=3)'])
  expect(merged(([a]) => (Number(a) > 1 ? [wrong('too long')] : []))).toEqual(['too long (with a=2, 3, 4 and 1 more)'])
  expect(merged(([a, b]) => (a === '3' && b === 'x' ? [wrong('too long')] : []))).toEqual([
    'too long (with a=3 and b=x)',
  ])
  expect(merged(([a, b]) => (a === '3' || b === 'x' ? [wrong('odd')] : []))).toEqual([
    'odd (with a=1 b=x, a=2 b=x, a=3 b=x and 3 more)',
  ])
})
