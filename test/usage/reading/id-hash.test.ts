import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashBytes, hashText } from '../../../src/usage/reading/id-hash.ts'

const ofText = (id: string): string => {
  const hash = new Int32Array(2)
  hashText(id, hash, 0)
  return hash.join(' ')
}

/** The hash of what JSON has between quotes; `null`: it must be decoded first. */
const ofBytes = (written: string): string | null => {
  const bytes = Buffer.from(`{"id":"${written}"}`)
  const hash = new Int32Array(2)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return hashBytes(view, 7, bytes.length - 2, hash, 0) ? hash.join(' ') : null
}

const plain = fc.string({ unit: fc.constantFrom(...'aZ09-_/[]^{~ '), maxLength: 70 })

describe('the hash of an id', () => {
  it('is the same of its text and of its bytes', () => {
    fc.assert(
      fc.property(plain, id => {
        expect(ofBytes(id)).toBe(ofText(id))
      }),
    )
  })

  it.each([['ü'], ['aaaü'], ['a\\n'], ['aaaa\\u0061'], ['\\\\\\\\'], ['aaaaaaa日本']])(
    'is not made of the bytes of %s, which are not its letters',
    written => expect(ofBytes(written)).toBeNull(),
  )

  it('differs for ids that differ in any of their letters, also in their highest bits alone', () => {
    const letters = ['0', 'P', 'p']
    const ids = Array.from({ length: 3 ** 8 }, (_, n) =>
      n
        .toString(3)
        .padStart(8, '0')
        .replace(/\d/g, digit => letters[Number(digit)] ?? ''),
    )
    const others = ['', '\0', '\0\0', 'a', 'a\0', 'ü', 'ü\0', 'Aü', '䅵', '𐀀', '\ud800']
    const all = [...ids, ...others]
    expect(new Set(all.map(ofText)).size).toBe(all.length)
    // Of numbers that are random, 6,561 of 32 bits have 5 in a thousand chances of one that comes twice.
    for (const half of [0, 1]) expect(new Set(ids.map(id => ofText(id).split(' ')[half])).size).toBeGreaterThan(6558)
  })
})
