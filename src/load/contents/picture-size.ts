/** Width and height, pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The size of a picture, from the first bytes of a PNG, GIF, WebP or JPEG file.
 *
 * @returns `null`: it is none of these, or damaged
 */
export const pictureSize = (bytes: Uint8Array): Size | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const { magic, at, read } of FORMATS) {
    if (![...magic].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))) continue
    try {
      const size = read(view)
      return size && size.width > 0 && size.height > 0 ? size : null
    } catch (error) {
      // The file ends before its size.
      if (error instanceof RangeError) return null
      throw error
    }
  }
  return null
}

interface Format {
  readonly magic: string
  readonly at: number
  readonly read: (view: DataView) => Size | null
}

const FORMATS: readonly Format[] = [
  // IHDR is the first chunk: its length and name, then the size.
  { magic: '\x89PNG\r\n\x1a\n', at: 0, read: view => ({ width: view.getUint32(16), height: view.getUint32(20) }) },
  { magic: 'GIF8', at: 0, read: view => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }) },
  // Lossy: a frame header of 10 bytes; lossless: 14 bits each, less 1; extended: 24 bits each, less 1.
  {
    magic: 'WEBPVP8 ',
    at: 8,
    read: view => ({ width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }),
  },
  {
    magic: 'WEBPVP8L',
    at: 8,
    read: view => {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    },
  },
  {
    magic: 'WEBPVP8X',
    at: 8,
    read: view => ({
      width: (view.getUint32(24, true) & 0xffffff) + 1,
      height: (view.getUint32(26, true) >>> 8) + 1,
    }),
  },
  { magic: '\xff\xd8\xff', at: 0, read: view => frameOf(view) },
]

/** Markers among those of frames, C0 to CF, that are of tables. */
const TABLES = [0xc4, 0xc8, 0xcc]

/** The first frame header of a JPEG file, behind segments that each state their length. */
const frameOf = (view: DataView): Size | null => {
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && !TABLES.includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    // A fill byte stands alone.
    at += marker === 0xff ? 1 : 2 + Math.max(2, view.getUint16(at + 2))
  }
}
