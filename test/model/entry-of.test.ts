import { expect, it } from 'vitest'
import { entryOf } from '../../src/model/entry-of.ts'

it('is what the mapping says, and nothing that every object has', () => {
  const mapping = { a: 1, undefined: 2 }
  expect(entryOf(mapping, 'a')).toBe(1)
  for (const name of ['b', 'constructor', 'toString', '__proto__', 'hasOwnProperty', '']) {
    expect(entryOf(mapping, name), name).toBeUndefined()
  }
})
