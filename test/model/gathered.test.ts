import { expect, it } from 'vitest'
import { gathered } from '../../src/model/gathered.ts'

it('lists the values of each key, keys and values in their order', () => {
  const groups = gathered([
    ['b', 1],
    ['a', 2],
    ['b', 3],
    ['constructor', 4],
  ])
  expect([...groups]).toEqual([
    ['b', [1, 3]],
    ['a', [2]],
    ['constructor', [4]],
  ])
})
