import fc from 'fast-check'
import { expect, it } from 'vitest'
import { all, KEPT, LINES } from '../../../../src/load/usage/scan/page.ts'
import { behind, hasPiece, lengthAt, piecesOf, startOf } from '../../../../src/load/usage/scan/pieces.ts'

/** Bytes of which eight may be a number that is 0, or none. */
const byte = fc.constantFrom(0, 1, 65, 127, 128, 240, 255)
const bytes = fc.array(byte, { maxLength: 40 }).map(list => Uint8Array.from(list))

it('a piece stands where all of its bytes do, whatever they are', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.integer({ min: 0, max: 40 }), fc.boolean(), (piece, other, at, isSame) => {
      const [place, length] = [startOf(piecesOf([piece])), piece.length]
      all.fill(7, 0, 100)
      all.set(isSame ? piece : other, at)
      const stands = Buffer.compare(piece, all.subarray(at, at + length)) === 0
      expect(lengthAt(place)).toBe(length)
      expect(hasPiece(place, length, at)).toBe(stands)
    }),
    { numRuns: 2000 },
  )
})

it('a piece stands nowhere where one byte is another', () => {
  const same = Buffer.from('"prompt_tokens":')
  for (let length = 1; length <= same.length; length++) {
    const piece = same.subarray(0, length)
    const place = startOf(piecesOf([piece]))
    for (let odd = 0; odd < length; odd++) {
      all.set(piece, 3)
      all[3 + odd] = (all[3 + odd] ?? 0) ^ 1
      expect(hasPiece(place, length, 3)).toBe(false)
    }
  }
})

it('at the very end of the lines, too', () => {
  const piece = Buffer.from('the last of all')
  all.set(piece, LINES - piece.length)
  expect(hasPiece(startOf(piecesOf([piece])), piece.length, LINES - piece.length)).toBe(true)
})

it('pieces that have made room for others are put back', () => {
  const many = Array.from({ length: 9 }, (_, n) => [
    new Uint8Array(KEPT / 5).fill(n),
    Uint8Array.of(n),
    new Uint8Array(9).fill(n),
  ])
  const kept = many.map(piecesOf)
  for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 8, 4, 4]) {
    let piece = startOf(kept[n] ?? piecesOf([]))
    for (const one of many[n] ?? []) {
      all.set(one, 11)
      expect([lengthAt(piece), hasPiece(piece, one.length, 11)]).toEqual([one.length, true])
      all[11] = 99
      expect(hasPiece(piece, one.length, 11)).toBe(false)
      piece = behind(piece, one.length)
    }
  }
})
