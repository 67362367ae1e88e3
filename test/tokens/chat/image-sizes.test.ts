import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  byCappedSquares,
  byCrops,
  byMultiples,
  byPatches,
  byRows,
  byTiles,
} from '../../../src/tokens/chat/image-sizes.ts'

const side = fc.integer({ min: 1, max: 20_000 })
const size = fc.record({ width: side, height: side })

it('a picture of one pixel is one square', () => {
  const one = { width: 1, height: 1 }
  expect(byTiles(one, { base: 85, tile: 170 })).toBe(255)
  expect(byPatches(one, 1536)).toBe(1)
  expect(byCappedSquares(one, { edge: 1568, cap: 1568 })).toBe(1)
  expect(byCrops(one)).toBe(258)
  // And a mark on either end; and one at the end of the row.
  expect(byMultiples(one, 28)).toBe(3)
  expect(byRows(one, { side: 28, edge: 1540 })).toBe(2)
})

it('no picture has more than the cap', () => {
  fc.assert(
    fc.property(size, given => {
      expect(byPatches(given, 1536)).toBeLessThanOrEqual(1536)
      expect(byCappedSquares(given, { edge: 1568, cap: 1568 })).toBeLessThanOrEqual(1568)
      // 2048 × 768 are 4 × 2 tiles.
      expect(byTiles(given, { base: 0, tile: 1 })).toBeLessThanOrEqual(8)
    }),
  )
})

it('turned round it has the same squares', () => {
  fc.assert(
    fc.property(size, ({ width, height }) => {
      const [a, b] = [
        { width, height },
        { width: height, height: width },
      ]
      expect(byPatches(a, 1536)).toBe(byPatches(b, 1536))
      expect(byTiles(a, { base: 85, tile: 170 })).toBe(byTiles(b, { base: 85, tile: 170 }))
      expect(byCappedSquares(a, { edge: 1568, cap: 1568 })).toBe(byCappedSquares(b, { edge: 1568, cap: 1568 }))
      expect(byCrops(a)).toBe(byCrops(b))
    }),
  )
})
