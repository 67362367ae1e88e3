import { expect, it } from 'vitest'
import { pictureSize } from '../../../src/load/contents/picture-size.ts'

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)))

const zeros = (count: number): number[] => Array<number>(count).fill(0)

// Headers as the formats define them, of 640 × 480: 0x0280 × 0x01e0.
it.each<{ format: string; file: Uint8Array }>([
  { format: 'PNG', file: bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 0x80], [0, 0, 1, 0xe0]) },
  { format: 'GIF', file: bytes('GIF89a', [0x80, 2], [0xe0, 1]) },
  {
    format: 'WebP, lossy',
    file: bytes('RIFF', zeros(4), 'WEBPVP8 ', zeros(4), [0, 0, 0, 0x9d, 1, 0x2a], [0x80, 2], [0xe0, 1]),
  },
  {
    format: 'WebP, lossless: 639 and 479 in 14 bits each',
    file: bytes('RIFF', zeros(4), 'WEBPVP8L', zeros(4), [0x2f], [0x7f, 0xc2, 0x77, 0]),
  },
  {
    format: 'WebP, extended: 639 and 479 in 24 bits each',
    file: bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(4), zeros(4), [0x7f, 2, 0], [0xdf, 1, 0]),
  },
  {
    format: 'JPEG, behind another segment, a fill byte and a table',
    file: bytes(
      [0xff, 0xd8],
      [0xff, 0xe0, 0, 4, 9, 9],
      [0xff],
      [0xff, 0xc4, 0, 3, 9],
      [0xff, 0xc2, 0, 11, 8, 1, 0xe0, 2, 0x80, 3],
    ),
  },
])('$format', ({ file }) => {
  expect(pictureSize(file)).toEqual({ width: 640, height: 480 })
})

it.each<{ it: string; file: Uint8Array }>([
  { it: 'nothing', file: bytes() },
  { it: 'something else', file: bytes('%PDF-1.7 and more bytes') },
  { it: 'a PNG that ends early', file: bytes('\x89PNG\r\n\x1a\n', [0, 0]) },
  { it: 'a JPEG that ends early', file: bytes([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]) },
  { it: 'a JPEG of segments without a length', file: bytes([0xff, 0xd8], ...Array(50_000).fill([0xff, 0xe0, 0, 0])) },
  { it: 'a JPEG of fill bytes', file: bytes([0xff, 0xd8], Array<number>(200_000).fill(0xff)) },
  { it: 'a picture without an area', file: bytes('GIF89a', zeros(4)) },
])('$it: none', ({ file }) => {
  expect(pictureSize(file)).toBeNull()
})
