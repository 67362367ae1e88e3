import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IdReader } from '../../../src/load/replay/block-ids.ts'
import { emptyBlocks } from '../../../src/replay/cache/blocks.ts'

const KEY = Buffer.from('"hash_ids"')

/** The ids of a list, or what is wrong. */
const read = (reader: IdReader, list: string): bigint[] | string => {
  const blocks = emptyBlocks(1)
  const found = reader.read(Buffer.from(`{"hash_ids": ${list}}`), KEY, blocks)
  if (typeof found === 'string') return found
  return Array.from(
    { length: blocks.count },
    (_, i) => (BigInt(blocks.high[i] ?? 0) << 32n) | BigInt(blocks.low[i] ?? 0),
  )
}

/** Numbers around every power of 10 and 2, and any. */
const number = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.tuple(fc.nat(20), fc.integer({ min: -2, max: 2 })).map(([digits, by]) => 10n ** BigInt(digits) + BigInt(by)),
    fc.tuple(fc.nat(64), fc.integer({ min: -2, max: 2 })).map(([bits, by]) => 2n ** BigInt(bits) + BigInt(by)),
    fc.nat(1000).map(BigInt),
  )
  .map(value => (value < 0n ? 0n : value))
const separator = fc.constantFrom(',', ', ', ' , ', ',\t')

it('numbers are read whole, and one of more than 64 bits is refused, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(fc.array(number, { maxLength: 12 }), { maxLength: 4 }), separator, (lists, comma) => {
      const reader = new IdReader()
      for (const ids of lists) {
        const found = read(reader, `[${ids.join(comma)}]`)
        if (ids.every(id => id < 2n ** 64n)) expect(found).toEqual(ids)
        else expect(found).toBe('an id is above 64 bits')
      }
    }),
    { numRuns: 2000 },
  )
})

it('numbers below 0 are those of signed 64 bits', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 12 }), ids => {
      expect(read(new IdReader(), `[${ids.join(', ')}]`)).toEqual(ids.map(id => BigInt.asUintN(64, id)))
    }),
  )
})

it('16 hexadecimal digits are read as they are', () => {
  const id = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
  fc.assert(
    fc.property(fc.array(fc.array(id, { maxLength: 12 }), { maxLength: 4 }), separator, (lists, comma) => {
      const reader = new IdReader()
      for (const ids of lists) {
        const texts = ids.map(one => `"${one.toString(16).padStart(16, '0')}"`)
        expect(read(reader, `[${texts.join(comma)}]`)).toEqual(ids)
      }
    }),
  )
})

it.each([
  { list: '["0123456789abcdef", "0123456789abcdeg", "0123456789abcdef"]', what: /is of another form/ },
  { list: '["0123456789abcdef", "0123456789ABCDEF", "0123456789abcdef"]', what: /is of another form/ },
  { list: '["0123456789abcdef", "0123456789abcde", "0123456789abcdef"]', what: /is of another form/ },
  { list: '["0123456789abcdef", 1, "0123456789abcdef"]', what: /is a number, and those before it are texts/ },
  { list: '["0123456789abcdef" "0123456789abcdef"]', what: /is not of whole numbers or texts/ },
  { list: '["0123456789abcdef", "0123456789abcdef]', what: /no end/ },
  { list: '["0123456789abcdef", ', what: /neither a whole number nor a text/ },
  { list: '[1, 02, 3]', what: /begins with 0/ },
  { list: '[1, 100000000000000000000, 3]', what: /above 64 bits/ },
  { list: '[1, 12345678901 , 3.5]', what: /is not of whole numbers or texts/ },
])('$list is refused', ({ list, what }) => {
  expect(read(new IdReader(), list)).toMatch(what)
})
