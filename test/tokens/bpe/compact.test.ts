import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packTokens, unpackTokens } from '../../../src/tokens/bpe/compact.ts'

const token = fc.uint8Array({ maxLength: 20 })

it('unpacks what it packed', () => {
  fc.assert(
    fc.property(fc.array(token), fc.boolean(), fc.boolean(), (all, hasLefts, whole) => {
      const tokens = {
        bytes: Uint8Array.from(all.flatMap(one => [...one])),
        lengths: Uint8Array.from(all, one => one.length),
        lefts: hasLefts ? Uint8Array.from(all, one => one.length >> 1) : null,
        whole,
      }
      expect(unpackTokens(packTokens(tokens))).toEqual(tokens)
    }),
  )
})

it('refuses a token that does not fit', () => {
  const lengths = Uint16Array.of(256)
  expect(() => packTokens({ bytes: new Uint8Array(256), lengths, lefts: null, whole: true })).toThrow(RangeError)
})
