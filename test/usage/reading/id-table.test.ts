import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idTable } from '../../../src/usage/reading/id-table.ts'

it('knows the hashes that it has been given, and no others', () => {
  const word = fc.oneof(fc.constantFrom(0, -1, 1, 2 ** 31 - 1, -(2 ** 31)), fc.integer())
  // Both 0 marks a free place, and stands for the hash 0 1.
  const hash = fc.tuple(word, word).map(([high, low]) => [high, high === 0 && low === 0 ? 1 : low] as const)
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 5000 }), hashes => {
      const [table, seen] = [idTable(), new Set<string>()]
      const lows = Int32Array.from(hashes, ([, low]) => low)
      for (const [high, low] of [...hashes, ...hashes]) {
        table.touch(lows, lows.length)
        expect(table.add(high, low)).toBe(!seen.has(`${high} ${low}`))
        seen.add(`${high} ${low}`)
      }
    }),
    { numRuns: 20 },
  )
})

it('takes a hash of zeros for an id like any other', () => {
  const table = idTable()
  expect([table.add(0, 0), table.add(0, 0), table.add(5, 0)]).toEqual([true, false, true])
})
