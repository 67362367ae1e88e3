import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { agree, counted, plural } from '../../src/model/plural.ts'
import { repository } from '../fake-io.ts'

it.each<[number | string, string]>([
  [0, '0 nodes'],
  [1, '1 node'],
  ['1', '1 node'],
  ['1-2', '1-2 nodes'],
  ['1.5', '1.5 nodes'],
  ['1,001', '1,001 nodes'],
])('%s', (count, text) => {
  expect(plural(count, 'node')).toBe(text)
  expect(agree(count, 'is', 'are')).toBe(text === '1 node' ? 'is' : 'are')
})

it('nowhere else is a noun made to agree with its count', () => {
  const found = readdirSync(join(repository, 'src/report'), { encoding: 'utf8', recursive: true }).filter(
    name =>
      name.endsWith('.ts') &&
      /=== '?1'? \? '\w+' : '\w+'/.test(readFileSync(join(repository, 'src/report', name), 'utf8')),
  )
  expect(found).toEqual([])
})

it.each<[number | bigint, string]>([
  [1, '1 node'],
  [999, '999 nodes'],
  [13_333_333, '13,333,333 nodes'],
  [2n ** 60n, '1,152,921,504,606,846,976 nodes'],
])('%s, thousands grouped', (count, text) => {
  expect(counted(count, 'node')).toBe(text)
})
