import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addBlock, emptyBlocks } from '../../../src/replay/cache/blocks.ts'
import { IdTable } from '../../../src/replay/cache/id-table.ts'

/** Ids of few values, some of which differ in their upper half alone. */
const id = fc.record({ high: fc.constantFrom(0, 1, 0xffffffff), low: fc.nat(3000) })
const lists = fc.array(fc.array(id, { maxLength: 200 }), { maxLength: 40 })

it('numbers ids from 1 in the order met, one by one and as a list, as a map of texts does', () => {
  fc.assert(
    fc.property(lists, requests => {
      const table = new IdTable()
      const map = new Map<string, number>()
      for (const [turn, ids] of requests.entries()) {
        const blocks = emptyBlocks(1)
        for (const { high, low } of ids) addBlock(blocks, high, low)
        const keys = ids.map(({ high, low }) => `${high} ${low}`)
        const miss = keys.findIndex(key => !map.has(key))
        for (const { high, low } of ids) expect(table.find(high, low)).toBe(map.get(`${high} ${low}`) ?? 0)
        for (const key of keys) map.set(key, map.get(key) ?? map.size + 1)
        if (turn % 2 === 0) {
          const numbers = new Uint32Array(ids.length)
          const known = table.findRun(blocks, ids.length, numbers)
          expect(known).toBe(miss < 0 ? ids.length : miss)
          table.findOrAddFrom(known, blocks, ids.length, numbers)
          expect([...numbers]).toEqual(keys.map(key => map.get(key)))
        } else for (const { high, low } of ids) if (table.find(high, low) === 0) table.add(high, low)
        expect(table.size).toBe(map.size)
      }
      for (const [key, number] of map) expect(`${table.high(number)} ${table.low(number)}`).toBe(key)
      table.clear()
      for (const { high, low } of requests.flat()) expect(table.find(high, low)).toBe(0)
    }),
  )
})
